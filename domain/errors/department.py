"""What the education department can't decide."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors.base import Refused


class DecisionRefused(Refused):
    """What an officer of the education department wants to do cannot be done."""


@dataclass(unsafe_hash=True)
class ReasonBadLength(DecisionRefused):
    """A reason of so many characters: too few or too many."""

    length: int
    shortest: int
    longest: int


class AlreadyDecided(DecisionRefused):
    """Nothing of that waits for a decision, or not any more."""


class DecisionNeeded(DecisionRefused):
    """A privilege is confirmed or refused; its task is not closed with mere words."""
