"""What differs by territory and by date, and which policy decides at an instant."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.errors import NoPolicyInForce, PolicyFault, PolicyInvalid
from domain.local_time import local_date
from domain.policy_checks import faults
from domain.policy_terms import (
    NATIONAL_PRIVILEGES,
    NO_CONTACT_CENTRE,
    THREE_WORKING_DAYS,
    ContactCentre,
    Opens,
    PriorityPeriod,
    PrivilegeRule,
    PublishOn,
    ReferralMode,
)
from domain.publication_pause import AUGUST, Pause
from domain.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules of one territory. Times of day are on the territory's clock.

    What was given under a policy keeps it: seats reported, holds taken and referrals issued
    write their instants down. Raises PolicyInvalid.
    """

    publish_at: time = time(18)
    publish_on: PublishOn = PublishOn.WORKING_DAYS
    opens: Opens = Opens.NEXT_WORKING_DAY
    opens_at: time = time(7)
    priority: PriorityPeriod = THREE_WORKING_DAYS
    hold: timedelta = timedelta(minutes=10)
    referral_mode: ReferralMode = ReferralMode.INSTANT
    activation_working_days: int = 2
    referral_working_days: int = 5
    extension_days: int = 30
    extensions: int = 1
    suspension_working_days: int = 10
    age_limit_years: int = 6
    confirmed_phones: int = 2
    carry_pattern: bool = False
    silent_periods: int = 2
    languages: tuple[str, ...] = ("kk", "ru")
    privileges: tuple[PrivilegeRule, ...] = NATIONAL_PRIVILEGES
    pauses: tuple[Pause, ...] = (AUGUST,)
    days_off: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()
    contact_centre: ContactCentre = NO_CONTACT_CENTRE

    def __post_init__(self) -> None:
        for field, fault in faults(self):
            raise PolicyInvalid(field, fault)

    def calendar(self) -> WorkingCalendar:
        """The working days of this territory."""
        return WorkingCalendar(self.days_off, self.working_days)

    def is_paused(self, day: date) -> bool:
        """Whether a pause of publication covers the day."""
        return any(pause.covers(day) for pause in self.pauses)

    def privilege(self, code: str) -> PrivilegeRule | None:
        """The rule of that privilege, or None where this territory does not know it."""
        return next((rule for rule in self.privileges if rule.code == code), None)


@dataclass(frozen=True, slots=True)
class DatedPolicy:
    """A policy and the day, from 00:00 in the territory, since which it counts."""

    since: date
    policy: Policy


@dataclass(frozen=True, slots=True)
class PolicyHistory:
    """All policies of a territory, oldest first. Raises PolicyInvalid for two of one day."""

    entries: tuple[DatedPolicy, ...]

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.entries, key=_since))
        if len(set(map(_since, ordered))) < len(ordered):
            raise PolicyInvalid("since", PolicyFault.DUPLICATE)
        object.__setattr__(self, "entries", ordered)

    def dated(self, instant: datetime) -> DatedPolicy:
        """The newest policy that counts at the instant. Raises NoPolicyInForce."""
        index = bisect_right(self.entries, local_date(instant), key=_since)
        if not index:
            raise NoPolicyInForce(instant)
        return self.entries[index - 1]

    def in_force(self, instant: datetime) -> Policy:
        """The rules that decide at the instant. Raises NoPolicyInForce."""
        return self.dated(instant).policy


def _since(entry: DatedPolicy) -> date:
    return entry.since
