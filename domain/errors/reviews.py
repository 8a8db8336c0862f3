"""A review that can't be taken or decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from domain.errors.base import Refused


class ReviewFault(str, Enum):
    """What is wrong with a review."""

    TOO_LONG = "too_long"
    NO_WORDS = "no_words"
    LINK = "link"
    NUMBER = "number"
    STARS = "stars"


@dataclass(unsafe_hash=True)
class ReviewRefused(Refused):
    """A review that can't be taken as it is; `length` and `longest` in characters."""

    fault: ReviewFault
    length: int = 0
    longest: int = 0


class NotEnrolledThere(Refused):
    """No child of this parent is enrolled in that kindergarten."""


class ReviewChanged(Refused):
    """The review is not the one that was looked at: it was written anew, or taken away."""
