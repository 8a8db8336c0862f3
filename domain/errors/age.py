"""Too old, or not born yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.errors.base import Refused


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
