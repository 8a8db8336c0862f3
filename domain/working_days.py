"""Working days: Monday to Friday less the public holidays of Kazakhstan.

Days off moved by the government and the weekends worked for them count as they were
declared; a policy adds those that the calendar does not know yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """The national calendar with a territory's own exceptions, which win over it.

    Raises ValueError when a day is both off and working.
    """

    days_off: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        both = self.days_off & self.working_days
        if both:
            raise ValueError(sorted(both))

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day."""
        if day in self.days_off:
            return False
        return day in self.working_days or day in _national_working_days(day.year)

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after the day."""
        return self.nth_working_day_after(day, 1)

    def nth_working_day_after(self, day: date, n: int) -> date:
        """The n-th working day strictly after the day. Raises ValueError for n < 1."""
        return self._nth(_walk(day, _DAY), n)

    def nth_working_day_before(self, day: date, n: int) -> date:
        """The n-th working day strictly before the day. Raises ValueError for n < 1."""
        return self._nth(_walk(day, -_DAY), n)

    def _nth(self, days: Iterator[date], n: int) -> date:
        if n < 1:
            raise ValueError(n)
        left = n
        for day in days:
            left -= self.is_working(day)
            if not left:
                return day
        raise AssertionError("days do not end")


def _walk(day: date, step: timedelta) -> Iterator[date]:
    while True:
        day += step
        yield day


@lru_cache(maxsize=64)
def _national_working_days(year: int) -> frozenset[date]:
    # Here and not above: the import costs a tenth of a second, and commands that never ask
    # for a working day should not pay it.
    from holidays import country_holidays

    # A day off in January may be worked for in the December before.
    calendar = country_holidays("KZ", years=(year, year + 1))
    days_off, worked_weekends = set(calendar), calendar.weekend_workdays
    days = (date(year, 1, 1) + _DAY * n for n in range(366))
    return frozenset(
        day
        for day in days
        if day.year == year
        and (day in worked_weekends if day.weekday() >= _SATURDAY else day not in days_off)
    )
