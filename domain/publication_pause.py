"""Stretches of days on which no list is published; the first and the last day count (ours)."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

_LEAP_YEAR = 2000


class MonthDay(NamedTuple):
    """A day of any year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class YearlyPause:
    """A pause of every year; it may run over New Year. Raises ValueError for no such day."""

    first: MonthDay
    last: MonthDay

    def __post_init__(self) -> None:
        for month, day in (self.first, self.last):
            date(_LEAP_YEAR, month, day)

    def covers(self, day: date) -> bool:
        """Whether the day lies in the pause."""
        this = MonthDay(day.month, day.day)
        if self.first <= self.last:
            return self.first <= this <= self.last
        return this >= self.first or this <= self.last


@dataclass(frozen=True, slots=True)
class DatedPause:
    """A pause that happens once. Raises ValueError when it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(self.first, self.last)

    def covers(self, day: date) -> bool:
        """Whether the day lies in the pause."""
        return self.first <= day <= self.last


Pause = YearlyPause | DatedPause
AUGUST = YearlyPause(MonthDay(8, 1), MonthDay(8, 31))
