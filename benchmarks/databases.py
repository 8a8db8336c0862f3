"""Databases to measure on: a SQLite file, or a PostgreSQL server of our own on the load's core."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, text

from benchmarks.broken import BenchBroken
from benchmarks.programs import LOAD_CORE, kept_to
from bot.clock import SystemClock
from storage.database import Database
from storage.keyring import Keyring
from storage.migrations.runner import migrate
from storage.postgres import postgres_engine
from storage.sqlite import writer_engine
from storage.transaction import Transaction
from storage.url import file_of, parse_url
from storage.vault import Vault
from tests.postgresql_cluster import own_cluster
from tests.postgresql_server import PostgresqlServer
from tests.services import postgresql_bin

SECRET_KEY = "a secret for the time of a bench"

T = TypeVar("T")


@contextmanager
def sqlite_url() -> Iterator[str]:
    """The URL of a new file with our schema."""
    with tempfile.TemporaryDirectory(prefix="kezek-bench-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/kezek.db"
        asyncio.run(migrate(url))
        yield url


@contextmanager
def postgresql_url() -> Iterator[str]:
    """The URL of a new database with our schema, on a server with usual settings. Raises BenchBroken."""
    programs = postgresql_bin()
    if programs is None:
        raise BenchBroken("PostgreSQL is not installed; `make deps` installs it")
    with kept_to(LOAD_CORE), own_cluster(Path(programs)) as cluster:
        url = PostgresqlServer(cluster.url).new_database()
        asyncio.run(migrate(url))
        yield url


URLS: dict[str, Callable[[], AbstractContextManager[str]]] = {
    "sqlite": sqlite_url,
    "postgresql": postgresql_url,
}


def write(url: str, work: Callable[[Transaction], T]) -> T:
    """Run `work` in one transaction of that database."""

    async def run() -> T:
        async with _opened(url) as database:
            return await database.write(work)

    return asyncio.run(run())


def read(url: str, work: Callable[[Transaction], T]) -> T:
    """The same for what only reads."""

    async def run() -> T:
        async with _opened(url) as database:
            return await database.read(work)

    return asyncio.run(run())


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = await Database.open(url, Vault(Keyring.from_secret(SECRET_KEY)), SystemClock())
    try:
        yield database
    finally:
        await database.close()


def let_settle(url: str) -> None:
    """Do at once what a PostgreSQL server does by itself within a minute after a load: count what is there.

    Until then its planner takes the tables for empty. SQLite needs nothing.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        return

    async def settle() -> None:
        engine = postgres_engine(parsed, 1)
        async with engine.connect() as conn:
            alone = await conn.execution_options(isolation_level="AUTOCOMMIT")
            await alone.execute(text("VACUUM ANALYZE"))
        await engine.dispose()

    asyncio.run(settle())


def durability(url: str) -> dict[str, str]:
    """The settings on which it rests that a commit survives a power cut, as a writer gets them."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        with writer_engine(file_of(parsed)).connect() as conn:
            return _shown(conn, "PRAGMA journal_mode", "PRAGMA synchronous")

    async def ask() -> dict[str, str]:
        engine = postgres_engine(parsed, 1)
        async with engine.connect() as conn:
            shown = await conn.run_sync(_shown, "SHOW fsync", "SHOW synchronous_commit")
        await engine.dispose()
        return shown

    return asyncio.run(ask())


def _shown(conn: Connection, *questions: str) -> dict[str, str]:
    return {each.split()[1]: str(conn.execute(text(each)).scalar()) for each in questions}


DURABLE = {
    "sqlite": {"journal_mode": "wal", "synchronous": "2"},
    "postgresql": {"fsync": "on", "synchronous_commit": "on"},
}
"""What `durability` has to say."""
