"""The clock as storage sees it: handed in, never read from the system here."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells `now`: an aware UTC datetime, never earlier than what it told before."""

    def read(self, server_time: datetime | None) -> datetime:
        """`server_time` is the database server's own time, or None where there is no server."""


class FlooredClock:
    """A clock that never tells less than what the database has already written down.

    After a restart with the machine's clock set back, or the database server's, the newest instant in the
    log is all that keeps `now` from going back.
    """

    def __init__(self, clock: Clock, floor: datetime) -> None:
        self._clock = clock
        self._floor = floor

    def read(self, server_time: datetime | None) -> datetime:
        """The inner clock's time, or the floor while that is later."""
        return max(self._clock.read(server_time), self._floor)
