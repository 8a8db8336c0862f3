"""Rounds: what is gone through once a day, for everybody whose day it is (ours).

A round begins at its hour of the territory's clock. One that nobody began in time is made as soon as
somebody looks, once for all the days that were missed.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from domain.local_time import instant_at, local, local_date

_DAY = timedelta(days=1)


class Round(str, Enum):
    """What is gone through."""

    MARKS = "marks"
    """Whose place has come to a mark (section 9)."""
    DIGESTS = "digests"
    """Whose place has moved in a week."""
    STILL_WANTED = "still_wanted"
    """Of whom nothing has been heard in a quarter: whether a place is still wanted."""


BEGINS: dict[Round, time] = {Round.MARKS: time(8), Round.DIGESTS: time(8), Round.STILL_WANTED: time(10)}
A_WEEK = 7
"""Days between two digests of one family. Families have different days, so that not all are told at once."""

A_QUARTER = 91
"""Days between two looks at one parent; each has a day of their own. Whoever was heard of within so many
days is not asked."""

ASKED_LATELY = A_QUARTER // 2
"""Days in which nobody is asked a second time, whatever days are made up for."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a round is made for: those after `after`, up to and with `through`."""

    after: date
    through: date

    def shares(self, of: int) -> list[int]:
        """Which shares of everybody have their day in them, where each share has every `of`-th day."""
        many = min((self.through - self.after).days, of)
        return sorted((self.through - each * _DAY).toordinal() % of for each in range(many))


def latest_day(which: Round, now: datetime) -> date:
    """The newest day on which the round's hour has come."""
    today = local_date(now)
    return today if local(now).time() >= BEGINS[which] else today - _DAY


def begins_after(which: Round, day: date) -> datetime:
    """When the round of the next day begins, in UTC."""
    return instant_at(day + _DAY, BEGINS[which])
