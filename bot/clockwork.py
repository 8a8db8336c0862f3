"""The clockwork: asks again and again what is due, and tidies up.

Nothing that decides waits for it: what a turn needs before, the turn makes. What was missed while nothing
ran is found at the next look, however long ago it was due; two clockworks on one database do each thing once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import NamedTuple, TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import real_now
from bot.duties import DAILY, DUTIES, Duty
from domain.local_time import local_date
from storage import due, outages
from storage.database import Database
from storage.due import Due
from storage.errors import StorageError
from storage.transaction import Transaction

LOOK_EVERY = timedelta(seconds=2)
MOST_ROUNDS = 10
"""What one thing makes due is made in the same look; what goes on and on waits for the next."""

T = TypeVar("T")
log = structlog.get_logger("clockwork")


class Job(NamedTuple):
    """Something that is done again and again, beginning at once. It keeps its faults to itself."""

    name: str
    every: timedelta
    work: Callable[[], Awaitable[object]]


class _Seen(NamedTuple):
    """What a look found: the instant, and when the next of each kind falls due."""

    now: datetime
    due: Mapping[Due, datetime]


class Clockwork:
    """One process's clockwork. `others` are jobs that it runs beside its own."""

    def __init__(
        self,
        database: Database,
        *others: Job,
        duties: Mapping[Due, Duty] = DUTIES,
        really: Callable[[], datetime] = real_now,
    ) -> None:
        self._database = database
        self._jobs = (Job("due", LOOK_EVERY, self.look), *others)
        self._duties = duties
        self._real_now = really
        self._one_at_a_time = asyncio.Lock()
        self._running: dict[str, asyncio.Task[object]] = {}
        self._done_on: dict[str, date] = {}

    async def run(self) -> None:
        """Go on until cancelled."""
        # A look that comes late still comes, and several that were missed are one.
        defaults = {"misfire_grace_time": None, "coalesce": True}
        scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        for job in self._jobs:
            seconds, first = job.every.total_seconds(), real_now()
            scheduler.add_job(self._start, "interval", [job], seconds=seconds, next_run_time=first)
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)
            await self._stop()

    async def look(self) -> None:
        """Make everything that is due now. A database that is away is asked the next time."""
        async with self._one_at_a_time:
            await self._kept("outage", self._note_look())
            for _ in range(MOST_ROUNDS):
                if not await self._round():
                    return

    async def next_before(self, target: datetime) -> datetime | None:
        """The next instant after now at which something falls due, if that is before `target`."""
        at = await self._database.read(lambda tx: due.next_after(tx, tx.now))
        return at if at is not None and at < target else None

    async def _start(self, job: Job) -> None:
        """Begin a job beside the scheduler, which would end it with an error; not while it still runs."""
        before = self._running.get(job.name)
        if before is None or before.done():
            self._running[job.name] = asyncio.ensure_future(job.work())

    async def _stop(self) -> None:
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _round(self) -> int:
        """Do each duty that is due; how much that was."""
        seen = await self._kept("look", self._see())
        if seen is None:
            return 0
        done = 0
        today = local_date(seen.now)
        for name, work in DAILY.items():
            if self._done_on.get(name) == today:
                continue
            made = await self._kept(name, work(self._database))
            if made is not None:
                self._done_on[name], done = today, done + made
        for kind, duty in self._duties.items():
            if kind in seen.due and seen.due[kind] <= seen.now:
                done += await self._kept(kind.value, duty(self._database)) or 0
        return done

    async def _note_look(self) -> None:
        """Write down that somebody looks: what nobody saw for long is an outage."""
        really = self._real_now()
        if not await self._database.read(partial(outages.must_note, really=really)):
            return
        found = await self._database.write(partial(outages.note_look, really=really))
        if found is not None:
            minutes = round(found.length.total_seconds() / 60)
            log.error("nobody looked for a long time", outage=found.id, minutes=minutes)

    async def _see(self) -> _Seen:
        def see(tx: Transaction) -> _Seen:
            return _Seen(tx.now, due.earliest(tx))

        return await self._database.read(see)

    async def _kept(self, what: str, work: Awaitable[T]) -> T | None:
        """The result; None after a fault, which keeps nothing else from being done."""
        try:
            return await work
        except StorageError as fault:
            log.warning("due things wait", what=what, fault=type(fault).__name__)
        except Exception:
            log.error("a duty broke", what=what, exc_info=True)
        return None
