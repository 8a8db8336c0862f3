"""What staff can't do in a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.errors.base import Refused


class SteeringRefused(Refused):
    """It cannot be stepped in like that."""


@dataclass(unsafe_hash=True)
class DrivenByAnother(SteeringRefused):
    """A colleague talks with the parent, until then if nothing more is said."""

    until: datetime


class AnsweredMeanwhile(SteeringRefused):
    """A colleague has answered since the page was drawn: that is read first."""


class NotDriving(SteeringRefused):
    """Nobody hands back what is not in the own hands, or not any more."""


class NobodyListens(SteeringRefused):
    """There is no messenger in which the parent would read it."""


class WhisperOutdated(SteeringRefused):
    """The bot waits for something else by now, or the step was decided upon."""


class WhisperForbidden(SteeringRefused):
    """Only the parent can take such a step, and give such an answer."""


@dataclass(unsafe_hash=True)
class WordsBadLength(SteeringRefused):
    """Words for a parent of so many characters: too few or too many."""

    length: int
    shortest: int
    longest: int
