"""The one thread that writes to a SQLite file, many jobs a commit.

A commit waits for the disk, whatever it holds. So all that is waiting is run in one transaction,
a savepoint for each job, and nobody hears of a result before the commit. A job's own exception
undoes that job alone. When the commit fails, or SQLite has undone the whole transaction by itself
(a full disk), every job is run again, each in a transaction of its own: only the guilty one fails.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

from sqlalchemy import Connection

from storage.clock import Clock
from storage.errors import StorageBusy, StorageClosed, from_sqlite, translated
from storage.transaction import Transaction
from storage.vault import Vault

MOST_JOBS = 64
LONGEST_BATCH = 0.020
"""Seconds in which a batch still takes in jobs that have just arrived."""


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[Transaction], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None
    callbacks: list[Callable[[], None]] = field(default_factory=list)


class _Undone(Exception):
    """The transaction is gone, with everything the batch has done so far."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(cause)
        self.cause = cause


class SqliteWriter:
    """Runs jobs in the order in which they are submitted. Belongs to the loop it is made on."""

    def __init__(self, conn: Connection, vault: Vault, clock: Clock) -> None:
        raw = conn.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self._conn, self._raw = conn, raw
        self._vault, self._clock = vault, clock
        self._loop = asyncio.get_running_loop()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closing = False
        self._thread = Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def submit(self, work: Callable[[Transaction], Any]) -> Any:
        """Run `work` and return its result once it is durable; raises what it raised.

        StorageFull, StorageBusy, StorageUnavailable, StorageClosed. A caller that is cancelled
        while it waits cannot know whether its job was still done.
        """
        if self._closing:
            raise StorageClosed
        job = _Job(work, self._loop.create_future())
        self._jobs.put(job)
        return await job.future

    async def close(self) -> None:
        """Finish what was submitted, then stop."""
        if not self._closing:
            self._closing = True
            self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            batch = [first]
            try:
                self._run_together(batch)
            except _Undone as undone:
                self._run_alone(batch, undone.cause)
            self._answer(batch)
            del batch, first

    def _run_together(self, batch: list[_Job]) -> None:
        """Run the batch's first job and, in the same transaction, those that wait behind it."""
        deadline = monotonic() + LONGEST_BATCH
        self._begin(batch)
        try:
            self._attempt(batch[0])
            while len(batch) < MOST_JOBS and monotonic() < deadline:
                job = self._next()
                if job is None:
                    break
                batch.append(job)
                self._attempt(job)
            self._raw.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise _Undone(from_sqlite(error)) from error

    def _next(self) -> _Job | None:
        try:
            job = self._jobs.get_nowait()
        except Empty:
            return None
        if job is None:
            self._jobs.put(None)  # the sign to stop: left for the outer loop
        return job

    def _begin(self, batch: list[_Job]) -> None:
        try:
            self._raw.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            cause = from_sqlite(error)
            if isinstance(cause, StorageBusy):
                # Another process holds the file: who waits behind would wait as long again, each.
                while len(batch) < MOST_JOBS and (job := self._next()) is not None:
                    batch.append(job)
            raise _Undone(cause) from error

    def _attempt(self, job: _Job) -> None:
        """Run one job in a savepoint; _Undone when that took the whole transaction away."""
        tx = Transaction(self._conn, self._vault, "sqlite", self._clock)
        self._raw.execute("SAVEPOINT job")
        try:
            job.result, job.error = job.work(tx), None
            job.callbacks = tx.callbacks
        except Exception as error:
            job.result, job.error = None, translated(error)
            if not self._raw.in_transaction:
                raise _Undone(job.error) from error
            self._raw.execute("ROLLBACK TO job")
        self._raw.execute("RELEASE job")

    def _run_alone(self, batch: list[_Job], cause: Exception) -> None:
        """Run each job in a transaction of its own, after the common one was lost to `cause`."""
        if len(batch) == 1 or isinstance(cause, StorageBusy):
            for job in batch:
                job.result, job.error = None, cause
            return
        for job in batch:
            try:
                self._raw.execute("BEGIN IMMEDIATE")
                self._attempt(job)
                self._raw.execute("COMMIT")
            except _Undone as undone:
                self._roll_back()
                job.result, job.error = None, undone.cause
            except sqlite3.Error as error:
                self._roll_back()
                job.result, job.error = None, from_sqlite(error)

    def _roll_back(self) -> None:
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")

    def _answer(self, batch: list[_Job]) -> None:
        """Hand the whole batch to the loop with one wake-up."""
        try:
            self._loop.call_soon_threadsafe(_settle, self._loop, batch)
        except RuntimeError:
            return  # the loop has been closed: nobody is waiting any more


def _settle(loop: asyncio.AbstractEventLoop, batch: list[_Job]) -> None:
    for job in batch:
        if job.error is None:
            for callback in job.callbacks:
                loop.call_soon(callback)
        if job.future.done():
            continue  # its caller was cancelled
        if job.error is None:
            job.future.set_result(job.result)
        else:
            job.future.set_exception(job.error)
