"""The database and its two doors: `write` and `read`."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, Self, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.clock import Clock, FlooredClock
from storage.errors import SchemaTooOld, translated
from storage.migrations.state import HEAD, check_schema
from storage.newest_instant import newest_instant
from storage.postgres import Postgres, postgres_engine
from storage.sqlite import reader_engine, truncate_log, writer_engine
from storage.sqlite_writer import SqliteWriter
from storage.transaction import Dialect, Transaction
from storage.url import file_of, parse_url
from storage.vault import Vault

T = TypeVar("T")


class _Doors(Protocol):
    async def write(self, work: Callable[[Transaction], Any], *, ahead: bool) -> Any: ...
    async def read(self, work: Callable[[Transaction], Any]) -> Any: ...
    async def settle_log(self) -> None: ...
    async def close(self) -> None: ...


class Database:
    """An open database. What goes through a door is a plain function of a Transaction.

    The function runs synchronously and may run more than once (a lost race, a failed commit):
    it keeps what it does to the transaction and its result, and registers anything else with
    `Transaction.after_commit`.
    """

    def __init__(self, doors: _Doors, dialect: Dialect, vault: Vault) -> None:
        self._doors = doors
        self._bells: list[Callable[[], None]] = []
        self._after_writes: list[Callable[[], None]] = []
        self.dialect = dialect
        self.vault = vault

    @classmethod
    async def open(cls, url: str, vault: Vault, clock: Clock, *, connections: int = 10) -> Self:
        """Open `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`.

        `connections` bounds the pool (on SQLite: of readers). Raises DatabaseUrlInvalid,
        StorageUnavailable, SchemaTooOld, SchemaTooNew.
        """
        parsed = parse_url(url)
        try:
            if parsed.get_backend_name() == "sqlite":
                return cls(await _open_sqlite(parsed, vault, clock, connections), "sqlite", vault)
            return cls(await _open_postgres(parsed, vault, clock, connections), "postgresql", vault)
        except (DBAPIError, OSError, PoolTimeout) as error:
            raise translated(error) from error

    async def write(self, work: Callable[[Transaction], T], *, ahead: bool = False) -> T:
        """Run `work` in one transaction; its result, once that is durable.

        `ahead`: what many wait for, one at a time; it does not stand in line with the turns.

        Raises what `work` raised, or StorageFull, StorageBusy, StorageUnavailable, StorageClosed:
        then nothing of it is kept.
        """
        belled = partial(_belled, work, self._ring) if self._bells else work
        result: T = await self._doors.write(belled, ahead=ahead)
        for each in self._after_writes:
            each()
        return result

    def call_after_writes(self, call: Callable[[], None]) -> None:
        """Call it, too, on the loop after each commit, whatever was written. It must be quick."""
        self._after_writes.append(call)

    def call_when_posted(self, bell: Callable[[], None]) -> None:
        """Call `bell`, too, on the loop after each commit that leaves a message for whoever delivers."""
        self._bells.append(bell)

    def _ring(self) -> None:
        for bell in self._bells:
            bell()

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction that refuses to write; raises as `write` does."""
        result: T = await self._doors.read(work)
        return result

    async def settle_log(self) -> None:
        """Let the log of changes beside a SQLite file begin anew: older states of its rows stand in it.

        Without effect while somebody is reading: it is only tried. Raises as `read` does.
        """
        await self._doors.settle_log()

    async def close(self) -> None:
        """Finish what was handed in, then close all connections."""
        await self._doors.close()


def _belled(work: Callable[[Transaction], T], bell: Callable[[], None], tx: Transaction) -> T:
    tx.hang(bell)
    return work(tx)


class _Sqlite:
    def __init__(self, conn: Connection, readers: AsyncEngine, vault: Vault, clock: Clock) -> None:
        self._conn, self._readers = conn, readers
        self._vault, self._clock = vault, clock
        self._writer = SqliteWriter(conn, vault, clock)

    async def write(self, work: Callable[[Transaction], Any], *, ahead: bool) -> Any:
        # All that waits is committed together: there is no line.
        return await self._writer.submit(work)

    async def read(self, work: Callable[[Transaction], Any]) -> Any:
        try:
            async with self._readers.connect() as conn:
                return await conn.run_sync(self._read, work)
        except (DBAPIError, OSError, PoolTimeout) as error:
            raise translated(error) from error

    def _read(self, conn: Connection, work: Callable[[Transaction], Any]) -> Any:
        # One transaction, so that several statements see the same state.
        conn.exec_driver_sql("BEGIN")
        try:
            return work(Transaction(conn, self._vault, "sqlite", self._clock))
        finally:
            if not conn.invalidated:  # it is when its caller was cancelled at a statement
                conn.exec_driver_sql("ROLLBACK")

    async def settle_log(self) -> None:
        try:
            async with self._readers.connect() as conn:
                await conn.run_sync(truncate_log)
        except (DBAPIError, OSError, PoolTimeout) as error:
            raise translated(error) from error

    async def close(self) -> None:
        await self._writer.close()
        await self._readers.dispose()
        self._conn.close()


async def _open_sqlite(url: URL, vault: Vault, clock: Clock, connections: int) -> _Sqlite:
    path = file_of(url)
    if not path.exists():
        # Opening would make an empty file; `migrate` alone may do that.
        raise SchemaTooOld(None, HEAD)
    conn = writer_engine(path).connect()
    try:
        check_schema(conn)
        floored = FlooredClock(clock, newest_instant(conn))
    except BaseException:
        conn.close()
        raise
    return _Sqlite(conn, reader_engine(path, connections), vault, floored)


async def _open_postgres(url: URL, vault: Vault, clock: Clock, connections: int) -> Postgres:
    engine = postgres_engine(url, connections)
    try:
        async with engine.connect() as conn:
            await conn.run_sync(check_schema)
            floored = FlooredClock(clock, await conn.run_sync(newest_instant))
    except BaseException:
        await engine.dispose()
        raise
    return Postgres(engine, vault, floored, connections)
