"""The one place that reads a clock."""

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol


class Clock(Protocol):
    """Tells the time for decisions. Never goes back."""

    def read(self, server_time: datetime | None = None) -> datetime:
        """The present instant in UTC; a database server's own time, if handed in, is taken for it."""


def real_now() -> datetime:
    """The machine's time in UTC: for leases, cookies, limits and logs, never for rules."""
    return datetime.now(UTC)


class SystemClock:
    """The machine's (or the database server's) clock, held from going back."""

    def __init__(self) -> None:
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._lock = Lock()

    def read(self, server_time: datetime | None = None) -> datetime:
        moment = server_time or real_now()
        with self._lock:
            self._latest = max(self._latest, self._shown(moment))
            return self._latest

    def _shown(self, moment: datetime) -> datetime:
        return moment


class WouldGoBack(Exception):
    """The demo clock was asked to go back."""


class DemoClock(SystemClock):
    """A clock that can be moved forward. It runs on from where it was put."""

    def __init__(self, at: datetime | None = None) -> None:
        super().__init__()
        self._offset = timedelta(0) if at is None else at - real_now()

    @property
    def ahead(self) -> timedelta:
        """By how much it is ahead of the machine's; negative where it is behind."""
        return self._offset

    def move_to(self, instant: datetime) -> None:
        """Put the clock to an instant. Raises WouldGoBack for one that is past."""
        if instant < self.read():
            raise WouldGoBack
        self._offset = instant - real_now()

    def move_on_to(self, instant: datetime) -> None:
        """Put the clock to an instant, unless it has come further by itself."""
        self._offset = max(self._offset, instant - real_now())

    def advance(self, span: timedelta) -> None:
        """Move the clock by a span. Raises WouldGoBack for a negative one."""
        if span < timedelta(0):
            raise WouldGoBack
        self._offset += span

    def _shown(self, moment: datetime) -> datetime:
        return moment + self._offset
