"""When a family is reminded: before a referral ends, before a hold does, on the last evening of an access.

The hours are those of section 9 of the rules, on the territory's clock and by its calendar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from domain.local_time import instant_at, local_date
from domain.working_days import WorkingCalendar

_DAY = timedelta(days=1)
EVENING = time(19)
BEFORE_HOLD_ENDS = timedelta(minutes=2)


class Step(str, Enum):
    """The reminders before a referral ends, in their order."""

    TWO_WORKING_DAYS = "two_working_days"
    """Two working days before the last day, at 10:00."""
    EVENING_BEFORE = "evening_before"
    """At 19:00."""
    LAST_MORNING = "last_morning"
    """At 08:00 of the last day."""
    LAST_AFTERNOON = "last_afternoon"
    """At 16:00 of it."""


_ORDER = tuple(Step)


@dataclass(frozen=True, slots=True)
class Rung:
    """A step and its instant, in UTC."""

    step: Step
    at: datetime


def ladder(last_day: date, calendar: WorkingCalendar) -> tuple[Rung, ...]:
    """The reminders before the end of that last day, the first first."""
    return (
        Rung(Step.TWO_WORKING_DAYS, instant_at(calendar.nth_working_day_before(last_day, 2), time(10))),
        Rung(Step.EVENING_BEFORE, instant_at(last_day - _DAY, EVENING)),
        Rung(Step.LAST_MORNING, instant_at(last_day, time(8))),
        Rung(Step.LAST_AFTERNOON, instant_at(last_day, time(16))),
    )


def fallen_due(rungs: Sequence[Rung], since: datetime, now: datetime, told: Step | None) -> Rung | None:
    """The newest that fell due after `since`; none where that was told. What was missed before it is gone."""
    newest = next((each for each in reversed(rungs) if since < each.at <= now), None)
    if newest is None or (told is not None and _ORDER.index(newest.step) <= _ORDER.index(told)):
        return None
    return newest


def next_after(rungs: Sequence[Rung], now: datetime) -> Rung | None:
    """The next to come."""
    return next((each for each in rungs if each.at > now), None)


def last_evening(ends_at: datetime) -> datetime:
    """When those with an access that ends then are reminded of it: 19:00 of the day before."""
    return instant_at(local_date(ends_at) - _DAY, EVENING)


def evenings_begun_before(now: datetime) -> datetime:
    """Every access that ends before this instant has its last evening, and no other."""
    today = local_date(now)
    begun = now >= instant_at(today, EVENING)
    return instant_at(today + (2 if begun else 1) * _DAY, time(0))
