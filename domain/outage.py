"""When the service was down: what of a family's time was lost by it, and how much is given back (ours)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.local_time import local_date, start_of
from domain.working_days import WorkingCalendar

LONGEST_GAP = timedelta(minutes=5)
"""Between two looks of the clockwork: a longer one is an outage."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outage:
    """From the last look before it to the first after it; instants in UTC."""

    id: int
    began_at: datetime
    ended_at: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasted."""
        return self.ended_at - self.began_at

    def touches(self, since: datetime, until: datetime) -> bool:
        """Whether any of it lies in a span that ends before `until`."""
        return since < self.ended_at and self.began_at < until

    def touches_day(self, day: date) -> bool:
        """Whether any of it lies on that day."""
        return self.touches(start_of(day), start_of(day + _DAY))

    def later_day(self, last_day: date, calendar: WorkingCalendar) -> date:
        """The last day with as many working days more as it was down on, one at the least."""
        first, last = local_date(self.began_at), local_date(self.ended_at)
        days = (first + n * _DAY for n in range((last - first).days + 1))
        lost = sum(calendar.is_working(day) for day in days if self.touches_day(day))
        return calendar.nth_working_day_after(last_day, max(lost, 1))
