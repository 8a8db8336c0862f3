"""What operators can't do with a question, mostly because somebody else was quicker."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors.base import Refused


class LineRefused(Refused):
    """What an operator wants to do with a parent's question cannot be done."""


@dataclass(unsafe_hash=True)
class TakenByAnother(LineRefused):
    """Another operator has it in hand."""

    staff_id: int


class NothingWaits(LineRefused):
    """There is no question in this conversation, or not any more."""


@dataclass(unsafe_hash=True)
class CannotTake(LineRefused):
    """It can't be given to that one: no operator, not on duty, or without rights there."""

    staff_id: int
