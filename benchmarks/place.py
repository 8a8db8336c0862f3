"""Places: what it costs to read, explain, join and leave as one queue grows a hundredfold.

Three databases, whose one queue holds ten thousand, a hundred thousand and a million applications, are
filled first and then asked in turn, so that all of them meet the same machine. Every figure is a whole
transaction through the doors of `storage.Database`, durable as in production.
"""

import asyncio
import gc
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.broken import BenchBroken
from benchmarks.databases import DURABLE, SECRET_KEY, durability
from benchmarks.figures import print_table
from benchmarks.place_queues import fill
from benchmarks.place_subject import ALSO, OPERATIONS, Subject
from benchmarks.programs import LOAD_CORE, SERVER_CORE, kept_to
from bot.clock import SystemClock
from storage.database import Database
from storage.keyring import Keyring
from storage.migrations.runner import migrate
from storage.tables import application
from storage.vault import Vault
from tests.postgresql_cluster import own_cluster
from tests.postgresql_server import PostgresqlServer
from tests.services import postgresql_bin

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 1000
WARM_UP = 100


def run(name: str) -> dict[str, object]:
    """Print the table of "place-sqlite" or "place-postgresql" and return the figures.

    "ratio" is the worst of the medians at a million to those at ten thousand, "ratio_p99" that of the 99th
    percentiles. Raises BenchBroken.
    """
    kind = name.removeprefix("place-")
    with ExitStack() as stack:
        urls = stack.enter_context(_urls(kind))
        stack.enter_context(kept_to(SERVER_CORE))
        subjects = asyncio.run(_measured(urls))
        _insist_on_durability(kind, urls[-1])
    return _report(name, kind, subjects)


@contextmanager
def _urls(kind: str) -> Iterator[list[str]]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="kezek-bench-") as folder:
            yield [f"sqlite+aiosqlite:///{Path(folder) / str(size)}.db" for size in SIZES]
        return
    programs = postgresql_bin()
    if programs is None:
        raise BenchBroken("PostgreSQL is not installed; `make deps` installs it")
    with kept_to(LOAD_CORE), own_cluster(programs) as cluster:
        server = PostgresqlServer(cluster.url)
        yield [server.new_database() for _ in SIZES]


def _insist_on_durability(kind: str, url: str) -> None:
    found = durability(url)
    if found != DURABLE[kind]:
        raise BenchBroken(f"{url} is not durable: {found}")


async def _measured(urls: list[str]) -> list[Subject]:
    subjects = [await _subject(size, url) for size, url in zip(SIZES, urls, strict=True)]
    gc.collect()
    gc.freeze()
    for _ in range(WARM_UP):
        await _round(subjects)
    for subject in subjects:
        subject.times.clear()
    for _ in range(ROUNDS):
        await _round(subjects)
    for subject in subjects:
        await subject.database.close()
    return subjects


async def _subject(size: int, url: str) -> Subject:
    started = perf_counter()
    await migrate(url)
    database = await Database.open(url, Vault(Keyring.from_secret(SECRET_KEY)), SystemClock())
    queue_id = await fill(database, size)
    await settle(url)
    ids = await database.read(lambda tx: list(tx.conn.execute(select(application.c.id)).scalars()))
    print(f"filled {size:,} in {perf_counter() - started:.0f} s", file=sys.stderr)
    return Subject(size, database, queue_id, ids, size + 1, Random(size))


async def settle(url: str) -> None:
    """Give PostgreSQL what it gives itself in time: statistics, and a map of what all may see."""
    if url.startswith("postgresql"):
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
        async with engine.connect() as conn:
            await conn.execute(text("VACUUM ANALYZE"))
            await conn.execute(text("CHECKPOINT"))
        await engine.dispose()


async def _round(subjects: list[Subject]) -> None:
    for name, operation in (OPERATIONS | ALSO).items():
        for subject in subjects:
            started = perf_counter()
            await operation(subject)
            spent = perf_counter() - started
            subject.times.setdefault(name, []).append(spent * 1000)


def _report(name: str, kind: str, subjects: list[Subject]) -> dict[str, object]:
    rows: list[list[object]] = []
    figures: dict[str, object] = {}
    ratios, ratios_p99 = [], []
    for operation in OPERATIONS | ALSO:
        medians, p99s = zip(*(_quantiles(subject.times[operation]) for subject in subjects), strict=True)
        ratio, ratio_p99 = medians[-1] / medians[0], p99s[-1] / p99s[0]
        if operation in OPERATIONS:
            ratios.append(ratio)
            ratios_p99.append(ratio_p99)
        cells = [f"{m:.2f} / {p:.2f}" for m, p in zip(medians, p99s, strict=True)]
        rows.append([operation, *cells, f"{ratio:.2f} / {ratio_p99:.2f}"])
        figures[operation] = {"median_ms": _rounded(medians), "p99_ms": _rounded(p99s)}
    title = f"{name}: one queue, median / 99th percentile in ms, {ROUNDS} of each, and 1M : 10k"
    print_table(title, ["", *(f"{size:,}" for size in SIZES), "ratio"], rows)
    return {
        "bench": name,
        "ratio": round(max(ratios), 2),
        "ratio_p99": round(max(ratios_p99), 2),
        "durable": DURABLE[kind],
        "operations": figures,
    }


def _quantiles(times: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    hundredths = quantiles(times, n=100)
    return hundredths[49], hundredths[98]


def _rounded(figures: tuple[float, ...]) -> list[float]:
    return [round(each, 3) for each in figures]
