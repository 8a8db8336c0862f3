"""What the domain refuses with. Typed fields, no text for people, no secrets in the fields.

Refused
├── IinRefused
│   ├── IinMalformed            not twelve digits
│   ├── IinBadCentury           seventh digit is not 1..6
│   ├── IinBadDate              the first six digits are no date
│   └── IinBadCheckDigit        a digit is mistyped
├── DocumentMalformed           number of an identity document
├── PhoneRefused
│   ├── PhoneMalformed          not a telephone number
│   └── PhoneNotMobile          a number, but no mobile one of Kazakhstan
├── AgeRefused
│   ├── NotBornYet              birth date after today
│   └── TooOld                  past the age limit
├── TerritoryRefused
│   ├── TerritoryUnknown        no such territory in the tree
│   └── TreeBroken              the rows do not make a tree
├── PolicyRefused
│   ├── PolicyInvalid           a field of a policy is wrong
│   └── NoPolicyInForce         nothing was in force yet
└── IdentityRefused
    ├── ProofNeeded             who asks has not shown who they are
    ├── PhonesMissing           fewer confirmed phones than the policy wants
    ├── PasswordBadLength       cabinet password too short or too long
    ├── BarredAfterPhoneChange  nothing is withdrawn or given up for 72 hours
    ├── UndoNotAllowed          not the old number, or too late
    └── SecondParentNotAgreed   neither the register nor the first parent names them
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


class Refused(Exception):
    """The domain refuses. The class says why, its fields say what an answer needs.

    Refusals are values: two with equal fields are equal. They are not frozen, because Python
    itself writes to an exception on its way up (`__traceback__`).
    """

    def __str__(self) -> str:
        return repr(self)


# --- IIN and identity documents -------------------------------------------------------------


class IinRefused(Refused):
    """What was typed is no IIN."""


@dataclass(unsafe_hash=True)
class IinMalformed(IinRefused):
    """Not twelve digits. `length` counts what is left without spaces and dashes."""

    length: int
    only_digits: bool


@dataclass(unsafe_hash=True)
class IinBadCentury(IinRefused):
    """The seventh digit, of century and sex, is not 1..6."""

    digit: int


@dataclass(unsafe_hash=True)
class IinBadDate(IinRefused):
    """The first six digits are no date of that century."""


@dataclass(unsafe_hash=True)
class IinBadCheckDigit(IinRefused):
    """The last digit does not follow from the first eleven."""


@dataclass(unsafe_hash=True)
class DocumentMalformed(Refused):
    """No number of an identity document: wrong length or foreign characters."""

    length: int
    only_letters_and_digits: bool


# --- Age ------------------------------------------------------------------------------------


class AgeRefused(Refused):
    """A child of this age cannot join a queue."""


@dataclass(unsafe_hash=True)
class NotBornYet(AgeRefused):
    """The birth date lies after today."""

    birth_date: date


@dataclass(unsafe_hash=True)
class TooOld(AgeRefused):
    """Past the age limit since the day `since`."""

    limit_years: int
    since: date


# --- Policy ---------------------------------------------------------------------------------


class PolicyRefused(Refused):
    """A policy is wrong or absent."""


class PolicyFault(str, Enum):
    """What is wrong with a field of a policy."""

    UNKNOWN_FIELD = "unknown_field"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_CHOICE = "not_a_choice"
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"


@dataclass(unsafe_hash=True)
class PolicyInvalid(PolicyRefused):
    """`field` is the path to the wrong value: `privileges[2].proof`."""

    field: str
    reason: PolicyFault


@dataclass(unsafe_hash=True)
class NoPolicyInForce(PolicyRefused):
    """No policy of the territory was in force at that instant."""

    at: datetime
