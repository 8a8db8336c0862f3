"""What an application can't do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.errors.base import Refused

if TYPE_CHECKING:
    from domain.application import Happening, Status


class ApplicationRefused(Refused):
    """Not possible with this application."""


@dataclass(unsafe_hash=True)
class StatusForbids(ApplicationRefused):
    """An application of this status cannot have that happen to it."""

    status: Status
    happening: Happening


@dataclass(unsafe_hash=True)
class AlreadyApplied(ApplicationRefused):
    """One live application per child, territory and queue kind; `number` only for the child's own parent."""

    number: int | None


@dataclass(unsafe_hash=True)
class CannotPause(ApplicationRefused):
    """A pause means nothing with this status."""

    status: Status


@dataclass(unsafe_hash=True)
class SeatInHand(ApplicationRefused):
    """A seat is held, asked for or referred to by the application of this number."""

    number: int
