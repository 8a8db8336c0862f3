"""A hold: ten minutes in which a seat is yours to confirm [001].

Whether it is good is a comparison of `now` with its row; no job has to run for it to lapse.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from domain.errors import HoldOver
from domain.policy import Policy


class HoldEnd(str, Enum):
    """How a hold came to its end. The passing of access, of priority or of 18:00 is no end."""

    LAPSED = "lapsed"
    LET_GO = "let_go"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    AGED_OUT = "aged_out"
    """Not by the calendar, which waits for a live hold: a birth date was put right."""
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Hold:
    """A seat held from ``taken_at`` to before ``until``. Twins share one: it ends for both.

    ``end`` is what ended it before its time, at ``ended_at``.
    """

    taken_at: datetime
    until: datetime
    end: HoldEnd | None = None
    ended_at: datetime | None = None

    def over(self, now: datetime) -> tuple[HoldEnd, datetime] | None:
        """How and when it was over; None while it is good."""
        if self.end is not None and self.ended_at is not None:
            return self.end, self.ended_at
        return (HoldEnd.LAPSED, self.until) if now >= self.until else None

    def is_valid(self, now: datetime) -> bool:
        """Whether the seat is still this one's to confirm."""
        return self.over(now) is None

    def left(self, now: datetime) -> timedelta | None:
        """How long it is still good: nothing once it has lapsed; None when it ended in another way."""
        match self.over(now):
            case None:
                return self.until - now
            case (HoldEnd.LAPSED, _):
                return timedelta()
            case _:
                return None

    def ended(self, end: HoldEnd, now: datetime) -> Hold:
        """The hold after it was confirmed, let go or ended. Raises HoldOver when it was over."""
        over = self.over(now)
        if over is not None:
            raise HoldOver(*over)
        return replace(self, end=end, ended_at=now)


def take(now: datetime, policy: Policy) -> Hold:
    """A hold taken now, for as long as the policy in force now says."""
    return Hold(now, now + policy.hold)
