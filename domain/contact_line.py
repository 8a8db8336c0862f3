"""The line of those who wait for a person: opening hours, the alarm, and when silence gives a question back.

Spans are half-open, as everywhere: a centre that closes at 18:00 is open at 17:59:59 and not at 18:00:00.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from domain.local_time import instant_at, local_date, start_of
from domain.policy_terms import ContactHours, PublishOn
from domain.working_days import WorkingCalendar

PATIENCE = timedelta(minutes=3)
"""Who has waited so long while the centre was open is an alarm."""
SILENCE = timedelta(minutes=5)
"""So long the one to whom a question was given may be silent; then it is anybody's."""
STARS = range(1, 6)
"""What may be answered when we ask whether we helped."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opening:
    """When a contact centre answers. One that names no hours answers day and night, as far as we know."""

    hours: ContactHours | None
    calendar: WorkingCalendar

    def is_open(self, now: datetime) -> bool:
        """Whether somebody can be expected to answer now."""
        return self.opens_at(now) <= now

    def opens_at(self, now: datetime) -> datetime:
        """`now` while it is open, else the next instant at which it opens."""
        since, _ = next(self._from(now))
        return max(since, now)

    def alarm_at(self, since: datetime) -> datetime:
        """When whoever waits since then has waited too long; only the time while it is open counts."""
        left = PATIENCE
        for begins, ends in self._from(since):
            begins = max(begins, since)
            if begins + left < ends:
                return begins + left
            left -= ends - begins
        raise AssertionError("days do not end")

    def _from(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans in which it is open, from the one that now lies in, or the next."""
        hours = self.hours
        if hours is None:
            yield now, datetime.max.replace(tzinfo=now.tzinfo)
            return
        # The span of yesterday may go on over midnight.
        for days in count(-1):
            day = local_date(now) + days * _DAY
            if hours.on is PublishOn.WORKING_DAYS and not self.calendar.is_working(day):
                continue
            if hours.since == hours.until:
                begins, ends = start_of(day), start_of(day + _DAY)
            else:
                last = day if hours.since < hours.until else day + _DAY
                begins, ends = instant_at(day, hours.since), instant_at(last, hours.until)
            if now < ends:
                yield begins, ends


def is_silent(waits_since: datetime | None, assigned_at: datetime, now: datetime) -> bool:
    """Whether the one to whom a question was given has left a waiting parent without a word for too long."""
    return waits_since is not None and max(waits_since, assigned_at) + SILENCE <= now
