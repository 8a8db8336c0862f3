"""Opening: at 07:00 the first of two hundred queues get access to twenty thousand seats.

Two databases of a hundred thousand and a million applications are opened in turn, list by list, as the
clockwork does it: what takes time is to grow with the seats and not with the queues. Then a service opens
as many lists while parents ask for their places over Telegram's webhook, as they did before in peace.
"""

import asyncio
import gc
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.broken import BenchBroken
from benchmarks.databases import DURABLE, SECRET_KEY, URLS, durability
from benchmarks.figures import print_table
from benchmarks.opening_city import SEATS, TERRITORIES, fill, publish
from benchmarks.opening_turns import Turns, turns_meanwhile
from benchmarks.place import settle
from benchmarks.programs import SERVER_CORE, kept_to
from bot.duties import DUTIES
from domain.policy import Policy
from domain.seat_list import list_for
from storage.database import Database
from storage.due import Due
from storage.keyring import Keyring
from storage.transaction import Transaction
from storage.vault import Vault
from tests.fakes.clock import SetClock

SIZES = (100_000, 1_000_000)
ROUNDS = 3


@dataclass
class Subject:
    """One database, and what was measured on it."""

    size: int
    database: Database
    clock: SetClock
    seconds: list[float] = field(default_factory=list)
    longest_job_ms: float = 0.0
    grown_mib: float = 0.0

    async def write(self, work: Callable[[Transaction], Any]) -> Any:
        """The door for writing, with how long a job holds it."""
        return await self.database.write(lambda tx: self._timed(work, tx))

    async def read(self, work: Callable[[Transaction], Any]) -> Any:
        """The door for reading."""
        return await self.database.read(work)

    async def opens(self, reported_at: datetime) -> None:
        """All lists of a day are opened."""
        planned = list_for(reported_at, Policy())
        self.clock.at = reported_at
        await publish(self.database, planned, reported_at)
        self.clock.at = planned.opens_at
        before, started = resident_mib(), perf_counter()
        opened = await DUTIES[Due.LISTS](self)  # type: ignore[arg-type]  # it has the same two doors
        self.seconds.append(perf_counter() - started)
        self.grown_mib = max(self.grown_mib, resident_mib() - before)
        if opened != TERRITORIES:
            raise BenchBroken(f"{opened} lists were opened")

    def _timed(self, work: Callable[[Transaction], Any], tx: Transaction) -> Any:
        started = perf_counter()
        try:
            return work(tx)
        finally:
            self.longest_job_ms = max(self.longest_job_ms, (perf_counter() - started) * 1000)


def run(name: str) -> dict[str, object]:
    """Measure "opening-sqlite" or "opening-postgresql".

    "ratio" is the time at a million to that at a hundred thousand, "p99_ratio" that of turns meanwhile to
    turns in peace. Raises BenchBroken.
    """
    kind = name.removeprefix("opening-")
    with ExitStack() as stack:
        urls = [stack.enter_context(URLS[kind]()) for _ in SIZES]
        if durability(urls[-1]) != DURABLE[kind]:
            raise BenchBroken(f"a commit would not survive a power cut: {durability(urls[-1])}")
        with kept_to(SERVER_CORE):
            subjects = asyncio.run(_measured(urls))
    turns = turns_meanwhile(kind)
    return _report(name, kind, subjects, turns)


async def _measured(urls: list[str]) -> list[Subject]:
    subjects = [await _subject(size, url) for size, url in zip(SIZES, urls, strict=True)]
    gc.collect()
    gc.freeze()
    first = datetime.fromisoformat("2026-11-23T10:00+05:00")
    for number in range(ROUNDS + 1):
        for subject in subjects[:: -1 if number % 2 else 1]:
            await subject.opens(first + number * timedelta(days=7))
    for subject in subjects:
        del subject.seconds[0]  # it warms up
        await subject.database.close()
    return subjects


async def _subject(size: int, url: str) -> Subject:
    started, clock = perf_counter(), SetClock()
    database = await Database.open(url, Vault(Keyring.from_secret(SECRET_KEY)), clock)
    await fill(database, size, of_one_parent=True)
    await settle(url)
    print(f"filled {size:,} in {perf_counter() - started:.0f} s", file=sys.stderr)
    return Subject(size, database, clock)


def resident_mib() -> float:
    """How much memory this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def _report(name: str, kind: str, subjects: list[Subject], turns: Turns) -> dict[str, object]:
    seconds = [median(each.seconds) for each in subjects]
    ratio, p99_ratio = seconds[1] / seconds[0], turns.p99_opening / turns.p99_rest
    rows = [
        (f"{each.size:,} applications", s, each.longest_job_ms, each.grown_mib)
        for each, s in zip(subjects, seconds, strict=True)
    ]
    title = f"{name}: {SEATS:,} seats in {TERRITORIES} territories, access made for all of them"
    print_table(title, ("", "seconds", "longest job ms", "memory + MiB"), rows)
    peace = (("at rest", turns.p99_rest, ""), ("meanwhile", turns.p99_opening, turns.seconds))
    print_table(f"{name}: turns over the webhook", ("", "p99 ms", "opened and told in s"), peace)
    return {
        "bench": name,
        "ratio": round(ratio, 2),
        "p99_ratio": round(p99_ratio, 2),
        "seconds": {str(each.size): round(s, 2) for each, s in zip(subjects, seconds, strict=True)},
        "longest_job_ms": round(max(each.longest_job_ms for each in subjects), 1),
        "memory_mib": round(max(each.grown_mib for each in subjects), 1),
        "turns": {"p99_rest_ms": round(turns.p99_rest, 1), "p99_opening_ms": round(turns.p99_opening, 1)},
        "opened_and_told_seconds": round(turns.seconds, 1),
        "durable": DURABLE[kind],
    }
