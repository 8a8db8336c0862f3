"""PostgreSQL: a pool of connections; a lost race for locks is run again."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import greenlet_spawn

from storage.clock import Clock
from storage.errors import StorageBusy, sqlstate, translated
from storage.transaction import Transaction
from storage.vault import Vault

T = TypeVar("T")

MOST_TRIES = 5
LONGEST_WAIT = 10.0
"""Seconds to wait for a free connection."""
AHEAD = 1
"""Connections kept for what goes ahead of the turns."""

_LOST_RACES = {"40001", "40P01"}
_SERVER_SETTINGS = {
    "application_name": "kezek",
    "timezone": "UTC",
    "jit": "off",  # our statements are small: compiling them costs more than running them
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}


def postgres_engine(url: URL, connections: int) -> AsyncEngine:
    """Engine with up to `connections` connections and one more for what goes ahead, opened as needed."""
    return create_async_engine(
        url,
        pool_size=connections + AHEAD,
        max_overflow=0,
        pool_timeout=LONGEST_WAIT,
        connect_args={"server_settings": _SERVER_SETTINGS, "timeout": 10},
    )


class Postgres:
    """Both doors of a PostgreSQL database."""

    def __init__(self, engine: AsyncEngine, vault: Vault, clock: Clock, connections: int) -> None:
        self._engine = engine
        self._read_engine = engine.execution_options(postgresql_readonly=True)
        self._vault, self._clock = vault, clock
        # First come, first served: the pool lets whoever comes just now past those that wait.
        self._slots = asyncio.Semaphore(connections)
        self._ahead = asyncio.Semaphore(AHEAD)

    async def write(self, work: Callable[[Transaction], T], *, ahead: bool) -> T:
        """Run `work` in a transaction, again with a new `now` when it lost a race for locks."""
        tries = 0
        while True:
            tries += 1
            attempt = _Attempt(self._vault, self._clock)
            try:
                async with self._slot(self._ahead if ahead else self._slots):
                    result: T = await greenlet_spawn(attempt.write, self._engine.sync_engine, work)
            except (DBAPIError, OSError, PoolTimeout) as error:
                if tries < MOST_TRIES and attempt.may_run_again(error):
                    await asyncio.sleep(random.uniform(0, 0.01 * 2**tries))
                    continue
                raise translated(error) from error
            loop = asyncio.get_running_loop()
            for callback in attempt.callbacks:
                loop.call_soon(callback)
            return result

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a transaction that refuses to write."""
        tries = 0
        while True:
            tries += 1
            attempt = _Attempt(self._vault, self._clock)
            try:
                async with self._slot(self._slots):
                    result: T = await greenlet_spawn(attempt.read, self._read_engine.sync_engine, work)
                return result
            except (DBAPIError, OSError, PoolTimeout) as error:
                if tries < MOST_TRIES and attempt.may_run_again(error):
                    continue
                raise translated(error) from error

    async def settle_log(self) -> None:
        """Nothing to do: what was there before is the server's own to clear away."""

    @asynccontextmanager
    async def _slot(self, slots: asyncio.Semaphore) -> AsyncIterator[None]:
        """The right to a connection. Raises StorageBusy when none gets free in time."""
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await slots.acquire()
        except TimeoutError:
            raise StorageBusy from None
        try:
            yield
        finally:
            slots.release()

    async def close(self) -> None:
        """Close the pool; transactions under way end first, as their connections come back."""
        await self._engine.dispose()


class _Attempt:
    """One try at a transaction, and how far it got. Its methods run in one greenlet from end to end:
    SQLAlchemy's own asynchronous connection would make three, and a task.
    """

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault, self._clock = vault, clock
        self._committing = False
        self.callbacks: list[Callable[[], None]] = []

    def write(self, engine: Engine, work: Callable[[Transaction], T]) -> T:
        with engine.connect() as conn:
            tx = Transaction(conn, self._vault, "postgresql", self._clock)
            conn.begin()  # what goes straight to the driver would not begin it
            try:
                result = work(tx)
                self._committing = True
                conn.commit()
            except BaseException:
                if not conn.invalidated:
                    conn.rollback()
                raise
            self.callbacks = tx.callbacks
            return result

    def read(self, engine: Engine, work: Callable[[Transaction], T]) -> T:
        with engine.connect() as conn:
            return work(Transaction(conn, self._vault, "postgresql", self._clock))

    def may_run_again(self, error: Exception) -> bool:
        """A lost race surely left nothing behind; a lost connection only before the commit."""
        if not isinstance(error, DBAPIError):
            return False
        if sqlstate(error) in _LOST_RACES:
            return True
        return error.connection_invalidated and not self._committing
