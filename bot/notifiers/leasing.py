"""Looking for what is due and in nobody's hand: left by a crash, put off, or written by another process."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog

from bot.clock import real_now
from bot.notifiers.lane import Lane
from bot.notifiers.outcomes import OnLost
from bot.notifiers.second_look import second_look
from storage import deliveries
from storage.database import Database
from storage.deliveries import Found, Leased
from storage.errors import StorageError
from storage.shares import Room
from storage.transaction import Transaction

log = structlog.get_logger("delivery")


class Leasing:
    """Leases for one worker as much as its lanes have room for, and hands it to `take`.

    It looks when the bell is rung, and once in each `poll` for what others have written.
    """

    def __init__(
        self,
        database: Database,
        worker: str,
        lanes: Callable[[], Mapping[str, Lane]],
        take: Callable[[Leased], None],
        on_lost: OnLost,
        poll: timedelta,
        lasts: timedelta,
    ) -> None:
        self._database = database
        self._worker = worker
        self._lanes = lanes
        self._take = take
        self._on_lost = on_lost
        self._poll_seconds = poll.total_seconds()
        self._lasts = lasts
        self._bell = asyncio.Event()
        self._looking = False
        self._more: set[str] = set()
        self._served: Mapping[str, int] = {}

    @property
    def idle(self) -> bool:
        """No look is under way or asked for."""
        return not (self._looking or self._bell.is_set())

    def look(self) -> None:
        """Something was posted: look for it now. Never blocks."""
        self._bell.set()

    def there_is_more(self, channel: str) -> None:
        """Something of the channel was put back: it is to be leased when there is room."""
        self._more.add(channel)

    def there_is_room(self, channel: str) -> None:
        """Look, if there was more of it than there had been room for."""
        if channel in self._more:
            self._bell.set()

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            self._looking = self._bell.is_set()
            self._bell.clear()
            lanes = self._lanes()
            rooms = {channel: room for channel, lane in lanes.items() if (room := lane.room).urgent}
            found = await self._lease(rooms) if rooms else None
            if found is not None:
                self._more = _used_up(rooms, found)
                for each in found.leased:
                    self._take(each)
            self._looking = False
            if not any(lanes[channel].room.usual for channel in self._more):
                await self._next_look()

    async def _next_look(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._poll_seconds):
                await self._bell.wait()

    async def _lease(self, rooms: Mapping[str, Room]) -> Found | None:
        try:
            found = await self._database.write(partial(self._leased, rooms=rooms, served=self._served))
        except StorageError as fault:
            log.warning("what is due can't be read", fault=type(fault).__name__)
            return None
        except Exception:
            log.error("looking for what is due broke", exc_info=True)
            return None
        self._served = found.served
        return found

    def _leased(self, tx: Transaction, rooms: Mapping[str, Room], served: Mapping[str, int]) -> Found:
        now = real_now()
        found = deliveries.lease_due(tx, rooms, self._worker, now, now + self._lasts, served)
        found = second_look(tx, found, self._worker)
        if found.lost:
            self._on_lost(tx, found.lost)
        return found


def _used_up(rooms: Mapping[str, Room], found: Found) -> set[str]:
    """The channels of which as many came as there was room for: there may be more."""
    came = dict.fromkeys(rooms, len(found.lost))
    for each in found.leased:
        came[each.channel] += 1
    return {channel for channel, room in rooms.items() if came[channel] >= room.usual}
