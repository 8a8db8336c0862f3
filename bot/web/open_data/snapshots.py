"""What is there as a whole: read at most once a minute, however many different questions are asked of it.

Places and the figures of the months are dear: they are reckoned at most every ten minutes, and months long
over once a day.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Generic, TypeVar

from bot.web.open_data.cache import rest_of_minute
from domain.local_time import local_date, start_of
from storage.database import Database
from storage.open_data.months import Figures, figures
from storage.open_data.named import NamedTerritories, named
from storage.open_data.places import Places, places
from storage.open_data.queues import QueueLength, lengths
from storage.open_data.wanted import Wanted
from storage.transaction import Transaction

MONTHS = 13
DEAR_GOOD_FOR = timedelta(minutes=10).total_seconds()
OLD = timedelta(days=120)
"""A month that began so long ago is read once a day."""

T = TypeVar("T")
Lasts = Callable[[datetime], float]
Months = Sequence[tuple[str, Sequence[Figures]]]


@dataclass(frozen=True, slots=True)
class Everything:
    """What data sets that are there as a whole are made of, as far as it was asked for."""

    as_of: datetime
    queues: Sequence[QueueLength] = ()
    places: Sequence[Places] = ()
    months: Months = ()


class Snapshot(Generic[T]):
    """Keeps one thing as of an instant. Who asks while it is found out waits for it."""

    def __init__(
        self,
        find_out: Callable[[], Awaitable[tuple[datetime, T]]],
        lasts: Lasts,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find_out = find_out
        self._lasts = lasts
        self._monotonic = monotonic
        self._kept: tuple[datetime, T] | None = None
        self._until = 0.0
        self._lock = asyncio.Lock()

    async def get(self) -> tuple[datetime, T]:
        """Since when it is true, and what it is. Raises what finding out raises."""
        async with self._lock:
            if self._kept is None or self._monotonic() >= self._until:
                self._kept = await self._find_out()
                self._until = self._monotonic() + self._lasts(self._kept[0])
            return self._kept


class Snapshots:
    """All of them, over a database. `lasts`: how many seconds what is read is good for."""

    def __init__(self, database: Database, lasts: Lasts = rest_of_minute) -> None:
        self._database = database
        self._named = self._of(named, lasts)
        self._queues = self._of(lengths, lasts)
        dear: Lasts = (lambda _: DEAR_GOOD_FOR) if lasts is rest_of_minute else lasts
        self._places = self._of(places, dear)
        self._months = Snapshot(self._reckoned, dear)
        self._old: dict[date, tuple[date, Sequence[Figures]]] = {}

    async def named(self) -> NamedTerritories:
        """The territories."""
        return (await self._named.get())[1]

    async def everything(self, name: str) -> Everything:
        """What the data set of that name is made of."""
        match name:
            case "queue":
                as_of, queues = await self._queues.get()
                return Everything(as_of, queues=queues)
            case "places":
                as_of, found = await self._places.get()
                return Everything(as_of, places=found)
            case _:
                as_of, months = await self._months.get()
                return Everything(as_of, months=months)

    def _of(self, read: Callable[[Transaction], T], lasts: Lasts) -> Snapshot[T]:
        def with_time(tx: Transaction) -> tuple[datetime, T]:
            return tx.now, read(tx)

        async def find_out() -> tuple[datetime, T]:
            return await self._database.read(with_time)

        return Snapshot(find_out, lasts)

    async def _reckoned(self) -> tuple[datetime, Months]:
        """Each month is read by itself, so that nothing is held for long."""
        as_of = await self._database.read(lambda tx: tx.now)
        months = []
        first = local_date(as_of).replace(day=1)
        for _ in range(MONTHS):
            months.append((f"{first:%Y-%m}", await self._month(first, local_date(as_of))))
            first = (first - timedelta(days=1)).replace(day=1)
        return as_of, months

    async def _month(self, first: date, today: date) -> Sequence[Figures]:
        """What was issued then has come to its end long ago, or it is read anew."""
        kept_on, found = self._old.get(first, (None, ()))
        if kept_on == today:
            return found
        month = Wanted(since=start_of(first), until=start_of(_next(first)))
        found = await self._database.read(partial(figures, month=month))
        if today - first > OLD:
            self._old[first] = today, found
        return found


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
