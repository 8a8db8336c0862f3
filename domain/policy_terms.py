"""The words a policy is written in: choices, periods, privileges, the contact centre."""

from dataclasses import dataclass
from datetime import time
from enum import Enum

from domain.application import QueueClass


class PublishOn(str, Enum):
    """On which days lists are published."""

    WORKING_DAYS = "working_days"
    EVERY_DAY = "every_day"


class Opens(str, Enum):
    """When a published list opens for taking seats."""

    NEXT_WORKING_DAY = "next_working_day"
    AT_PUBLICATION = "at_publication"


class ReferralMode(str, Enum):
    """What confirming a hold does: a referral at once, or one the kindergarten activates."""

    INSTANT = "instant"
    ACTIVATED = "activated"


class DayUnit(str, Enum):
    """The days a period is counted in; a calendar day is 24 hours."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True, slots=True)
class PriorityPeriod:
    """How long a list is open only for the first of the queue [003]."""

    days: int
    unit: DayUnit


THREE_WORKING_DAYS = PriorityPeriod(3, DayUnit.WORKING_DAYS)


class Proof(str, Enum):
    """Where a privilege's truth comes from: the state register, or a document staff check."""

    REGISTER = "register"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class PrivilegeRule:
    """A privilege of this territory: its code, the class it gives, and its proof."""

    code: str
    queue_class: QueueClass
    proof: Proof


def _document(code: str) -> PrivilegeRule:
    return PrivilegeRule(code, QueueClass.OUT_OF_QUEUE, Proof.DOCUMENT)


def _register(code: str) -> PrivilegeRule:
    return PrivilegeRule(code, QueueClass.FIRST_PRIORITY, Proof.REGISTER)


# [000, 003]
NATIONAL_PRIVILEGES = (
    _document("serviceman"),
    _document("special_state_body"),
    _document("state_courier"),
    _register("large_family"),
    _register("disabled_parents"),
    _register("without_parental_care"),
    _register("orphan"),
    _register("special_needs"),
)


@dataclass(frozen=True, slots=True)
class ContactHours:
    """When the contact centre answers, on the territory's clock; equal times: all day."""

    on: PublishOn
    since: time
    until: time


@dataclass(frozen=True, slots=True)
class ContactCentre:
    """Whom a parent can ask [004]. What is not there is None or empty."""

    phone: str | None = None
    whatsapp: str | None = None
    hours: ContactHours | None = None
    pages: tuple[str, ...] = ()


NO_CONTACT_CENTRE = ContactCentre()
