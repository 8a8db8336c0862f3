"""The demo's clock and what waits for the morning: moved on, the morning comes sooner.

When a message is due is written in the machine's own time, for that is what leases and pauses are measured
in. Where a clock is put forward by six hours, what it has put off to an hour of its day is due six hours
sooner, too.
"""

from datetime import datetime
from functools import partial

from bot.clock import DemoClock, real_now
from storage import put_off_messages
from storage.database import Database


class MovedClock:
    """Knows how far the clock has been put forward, and with what."""

    def __init__(self, database: Database, clock: DemoClock) -> None:
        self._database = database
        self._clock = clock
        self._ahead = clock.ahead

    async def next_before(self, target: datetime) -> datetime | None:
        """The instant of that clock at which the next that was put off is due, if that is before `target`."""
        due_at = await self._database.read(partial(put_off_messages.next_due, now_real=real_now()))
        at = None if due_at is None else due_at + self._clock.ahead
        return at if at is not None and at < target else None

    async def catch_up(self) -> None:
        """Have what was put off due as much sooner as the clock was put forward since."""
        ahead = self._clock.ahead
        if ahead == self._ahead:
            return
        sooner = partial(put_off_messages.bring_forward, now_real=real_now(), by=ahead - self._ahead)
        await self._database.write(sooner)
        self._ahead = ahead
