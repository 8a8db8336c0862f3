"""A PostgreSQL server for the tests: the one that is there, or one of their own.

KEZEK_TEST_POSTGRESQL names a server in which databases may be made. Without it the usual local
one is tried, then a cluster of our own is started from the installed programs, fsync as usual.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import asyncpg

from storage.migrations.state import HEAD
from storage.tables import metadata
from tests.postgresql_cluster import answers, own_cluster
from tests.services import postgresql_bin

USUAL = "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres"
# One for the process: two folders of tests may each have opened the same server.
_NUMBERS = count(1)
_DELETES = "; ".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
# The audit refuses to forget anything while its trigger watches.
_EMPTY = f"ALTER TABLE audit DISABLE TRIGGER USER; {_DELETES}; ALTER TABLE audit ENABLE TRIGGER USER"


class PostgresqlServer:
    """A running server. Makes databases, and removes all it has made when it is closed."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._made: list[str] = []
        self._free: list[str] = []

    def new_database(self, template: str | None = None) -> str:
        """The URL of a new database, empty or a copy of the one that `template` is the URL of."""
        name = f"kezek_test_{os.getpid()}_{next(_NUMBERS)}"
        copied = f" TEMPLATE {template.rpartition('/')[2]}" if template else ""
        asyncio.run(self._execute(f"CREATE DATABASE {name}{copied}"))
        self._made.append(name)
        return f"{self._url.rpartition('/')[0]}/{name}"

    def lend(self, template: str) -> str:
        """The URL of a database like the template, to be given back: used before, or new."""
        return self._free.pop() if self._free else self.new_database(template)

    def take_back(self, url: str) -> None:
        """Empty a lent database for the next test: much quicker than to drop it and make another.

        One whose schema was changed is not lent again.
        """
        if asyncio.run(_emptied(url)):
            self._free.append(url)

    def close(self) -> None:
        """Drop every database that was made here."""
        drops = [f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in self._made]
        asyncio.run(self._execute(*drops))

    async def _execute(self, *statements: str) -> None:
        conn = await asyncpg.connect(self._url.replace("+asyncpg", ""))
        try:
            for statement in statements:
                await conn.execute(statement)
        finally:
            await conn.close()


async def _emptied(url: str) -> bool:
    """Whether the database is on the newest schema, and empty now."""
    conn = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        if await conn.fetchval("SELECT to_regclass('alembic_version')") is None:
            return False
        if await conn.fetchval("SELECT version_num FROM alembic_version") != HEAD:
            return False
        await conn.execute(f"SET lock_timeout = '5s'; {_EMPTY}")
    finally:
        await conn.close()
    return True


@contextmanager
def postgresql_server() -> Iterator[PostgresqlServer | None]:
    """A server to make databases in, or None where there is none to be had."""
    named = os.environ.get("KEZEK_TEST_POSTGRESQL")
    if named or answers(USUAL):
        server = PostgresqlServer(named or USUAL)
        try:
            yield server
        finally:
            server.close()
        return
    programs = postgresql_bin()
    if programs is None:
        yield None
        return
    with own_cluster(programs) as cluster:
        yield PostgresqlServer(cluster.url)
