"""The figures of the last twelve months and this one: reckoned at most every ten minutes, whoever asks."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from domain.local_time import local_date, start_of
from storage.database import Database
from storage.open_data.months import Figures, figures
from storage.open_data.wanted import Wanted

GOOD_FOR = timedelta(minutes=10)
MONTHS = 13


@dataclass(frozen=True, slots=True)
class YearFigures:
    """By month ("2026-11"), the newest first, as of an instant."""

    as_of: datetime
    months: Sequence[tuple[str, Sequence[Figures]]]


class Year:
    """Keeps them. One reckoning at a time: the others wait for it."""

    def __init__(
        self,
        database: Database,
        good_for: timedelta = GOOD_FOR,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._good_for = good_for.total_seconds()
        self._monotonic = monotonic
        self._kept: YearFigures | None = None
        self._until = 0.0
        self._lock = asyncio.Lock()

    async def figures(self) -> YearFigures:
        """The figures. Each month is read by itself, so that nobody else waits for long."""
        async with self._lock:
            if self._kept is None or self._monotonic() >= self._until:
                self._kept = await self._reckoned()
                self._until = self._monotonic() + self._good_for
            return self._kept

    async def _reckoned(self) -> YearFigures:
        as_of = await self._database.read(lambda tx: tx.now)
        months = []
        first = local_date(as_of).replace(day=1)
        for _ in range(MONTHS):
            month = Wanted(since=start_of(first), until=start_of(_next(first)))
            months.append((f"{first:%Y-%m}", await self._database.read(partial(figures, month=month))))
            first = (first - timedelta(days=1)).replace(day=1)
        return YearFigures(as_of, months)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
