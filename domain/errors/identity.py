"""Who somebody is, and who may enter or help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.errors.base import Refused


class IdentityRefused(Refused):
    """Who asks may not, or has not shown enough."""


class WayIn(str, Enum):
    """How somebody shows that an IIN is theirs."""

    CONFIRM_A_PHONE = "confirm_a_phone"
    CODE_TO_CONFIRMED_PHONE = "code_to_confirmed_phone"
    PASSWORD_AND_CODE_TO_NEW_PHONE = "password_and_code_to_new_phone"
    STAFF_SAW_DOCUMENT = "staff_saw_document"


@dataclass(unsafe_hash=True)
class ProofNeeded(IdentityRefused):
    """None of the ways in was gone; any one of `ways` would do."""

    ways: tuple[WayIn, ...]


@dataclass(unsafe_hash=True)
class PhonesMissing(IdentityRefused):
    """So many confirmed phones are missing."""

    missing: int


@dataclass(unsafe_hash=True)
class PasswordBadLength(IdentityRefused):
    """A cabinet password has `least` to `most` characters."""

    length: int
    least: int
    most: int


@dataclass(unsafe_hash=True)
class PasswordWrong(IdentityRefused):
    """Not the cabinet's password. `tries_left` is at least one."""

    tries_left: int


@dataclass(unsafe_hash=True)
class PasswordUnchanged(IdentityRefused):
    """The new password is the present one."""


@dataclass(unsafe_hash=True)
class PasswordsDiffer(IdentityRefused):
    """The new password was repeated otherwise than it was typed first."""


@dataclass(unsafe_hash=True)
class BarredAfterPhoneChange(IdentityRefused):
    """A phone was changed: nothing is withdrawn or given up before `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class BarredAfterJoining(IdentityRefused):
    """The register joined this parent beside another: nothing is withdrawn or given up before `until`."""

    until: datetime


class UndoFault(str, Enum):
    """Why a phone change is not undone."""

    NOT_THE_OLD_NUMBER = "not_the_old_number"
    TOO_LATE = "too_late"
    ALREADY_UNDONE = "already_undone"


@dataclass(unsafe_hash=True)
class UndoNotAllowed(IdentityRefused):
    """The phone change stays."""

    reason: UndoFault


class SecondParentFault(str, Enum):
    """Why somebody is not joined as a child's parent."""

    NOT_AGREED = "not_agreed"
    """The first parent is asked, and can answer before `until`."""
    DECLINED = "declined"
    """The first parent said no; it can be asked again from `until`."""
    TWO_ALREADY = "two_already"
    YOURSELF = "yourself"
    JOINED_ALREADY = "joined_already"


@dataclass(unsafe_hash=True)
class SecondParentRefused(IdentityRefused):
    """Not joined: neither the register nor the first parent says so, or there is nobody to be joined."""

    reason: SecondParentFault
    until: datetime | None = None


class HelperFault(str, Enum):
    """Why a phone is not named as a helper's."""

    OWN_PHONE = "own_phone"
    ONE_ALREADY = "one_already"
    NAME_TOO_LONG = "name_too_long"


@dataclass(unsafe_hash=True)
class HelperRefused(IdentityRefused):
    """Not named as a helper."""

    reason: HelperFault
