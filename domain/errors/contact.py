"""Where nobody is reached; and an objection that comes too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.errors.base import Refused


class ContactRefused(Refused):
    """What was typed leads to nobody."""


class EmailFault(str, Enum):
    """What is wrong with an e-mail address."""

    NO_AT = "no_at"
    """Not exactly one @."""
    NOT_LATIN = "not_latin"
    """A letter of another alphabet, often one that looks the same."""
    SPACES = "spaces"
    NO_DOMAIN = "no_domain"
    """Nothing that could be a domain after the @."""
    TOO_LONG = "too_long"
    OTHER = "other"
    """A character or a dot where there can be none."""


@dataclass(unsafe_hash=True)
class EmailMalformed(ContactRefused):
    """Not an e-mail address."""

    fault: EmailFault


@dataclass(unsafe_hash=True)
class AddressMalformed(ContactRefused):
    """No home address: letters are needed, and so many characters."""

    length: int
    shortest: int
    longest: int


@dataclass(unsafe_hash=True)
class ObjectionTooLate(Refused):
    """The loss of a privilege could be objected to before `until`."""

    until: datetime
