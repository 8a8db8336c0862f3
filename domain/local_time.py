"""Wall-clock rules are in the territory's zone; instants are kept in UTC.

Asia/Almaty was UTC+6 before 2024-03-01 and is UTC+5 since, so the last hour of 29.02.2024
came twice.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Almaty")
MIDNIGHT = time(0)


def local(instant: datetime) -> datetime:
    """The same instant on the territory's clock. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        # astimezone would silently take the zone of the machine.
        raise ValueError(instant)
    return instant.astimezone(ZONE)


def local_date(instant: datetime) -> date:
    """The territory's calendar day at that instant. Raises ValueError for a naive one."""
    return local(instant).date()


def instant_at(day: date, wall_clock: time) -> datetime:
    """The instant, in UTC, when the territory's clock shows that time on that day.

    A time that came twice means its first coming (ours).
    """
    return datetime.combine(day, wall_clock, tzinfo=ZONE).astimezone(UTC)


def start_of(day: date) -> datetime:
    """00:00 of the day in the territory, in UTC: the half-open end of the day before."""
    return instant_at(day, MIDNIGHT)
