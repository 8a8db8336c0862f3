"""Why not this seat; and a hold that is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.errors.base import Refused

if TYPE_CHECKING:
    from domain.application import Status
    from domain.claim import ClaimKind
    from domain.hold import HoldEnd


class TakingRefused(Refused):
    """One of the reasons that stand between an application and a seat."""


@dataclass(unsafe_hash=True)
class WrongQueue(TakingRefused):
    """The seat is for the other queue kind, or lies in another territory."""


@dataclass(unsafe_hash=True)
class WrongBirthYear(TakingRefused):
    """The group takes children of these years."""

    birth_years: frozenset[int]


@dataclass(unsafe_hash=True)
class WrongLanguage(TakingRefused):
    """The group speaks a language that the application does not name."""

    language: str


@dataclass(unsafe_hash=True)
class NotAwaiting(TakingRefused):
    """An application of this status does not wait for a seat."""

    status: Status


@dataclass(unsafe_hash=True)
class Suspended(TakingRefused):
    """On the stop-list before `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class Paused(TakingRefused):
    """Lets others pass until a parent brings it back."""


@dataclass(unsafe_hash=True)
class OtherClaim(TakingRefused):
    """The child has a seat in hand already; let that one go first."""

    kind: ClaimKind


@dataclass(unsafe_hash=True)
class BarredFromBulletin(TakingRefused):
    """A hold of this bulletin lapsed or was let go; it can be held again at `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class NotOpenYet(TakingRefused):
    """The list opens at that instant."""

    opens_at: datetime


@dataclass(unsafe_hash=True)
class OpeningNow(TakingRefused):
    """Who is among the first of the list is just being written down: a moment's work."""


@dataclass(unsafe_hash=True)
class OnlyForTheFirst(TakingRefused):
    """The list is open to the first of the queue; to everyone at `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class SeatGone(TakingRefused):
    """No seat of the bulletin is free, or it was recalled."""

    bulletin_id: int


@dataclass(unsafe_hash=True)
class NoTwins(Refused):
    """Two seats at once are for two children of one parent and one birth date."""


@dataclass(unsafe_hash=True)
class HoldOver(Refused):
    """The hold was over at `at`, in this way."""

    end: HoldEnd
    at: datetime
