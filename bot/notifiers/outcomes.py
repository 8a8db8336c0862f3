"""What became of messages that were sent: kept at hand until it is written, many at once."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import structlog

from storage import deliveries
from storage.database import Database
from storage.deliveries import Settled
from storage.errors import StorageError
from storage.transaction import Transaction

BATCH = 200
OnLost = Callable[[Transaction, Sequence[Settled]], None]
"""Told in the same transaction what will not arrive: what has to follow from it is written with it."""
log = structlog.get_logger("delivery")


class Outcomes:
    """The outcomes of one worker. What is not written in time is sent once more, so nothing is let go."""

    def __init__(self, database: Database, pause: timedelta, on_lost: OnLost) -> None:
        self._database = database
        self._on_lost = on_lost
        self._pause_seconds = pause.total_seconds()
        self._settled: list[tuple[Settled, asyncio.Future[None]]] = []
        self._wanted = asyncio.Event()

    @property
    def unwritten(self) -> int:
        """How many are at hand."""
        return len(self._settled)

    def add(self, outcome: Settled) -> asyncio.Future[None]:
        """One more; what is returned is done once it is written. Never blocks."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._settled.append((outcome, written))
        self._wanted.set()
        return written

    async def write_forever(self) -> None:
        """Write what comes, until cancelled. A database that is away is tried again."""
        # Whoever was cancelled at it may have left some.
        self._wanted.set()
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                await self.write()
            except StorageError as fault:
                log.warning("outcomes can't be written", fault=type(fault).__name__)
                await asyncio.sleep(self._pause_seconds)
                self._wanted.set()

    async def write(self) -> None:
        """Write all at hand. They stay at hand until that is done. Raises StorageError."""
        while self._settled:
            some = self._settled[:BATCH]
            batch = [outcome for outcome, _ in some]
            try:
                await self._write(batch)
            except StorageError:
                raise
            except Exception:
                log.error("outcomes are refused", exc_info=True)
                await self._write_one_by_one(batch)
            del self._settled[: len(some)]
            for _, written in some:
                if not written.done():
                    written.set_result(None)

    async def _write_one_by_one(self, batch: Sequence[Settled]) -> None:
        """So that only the guilty one is left out; its lease runs out."""
        for each in batch:
            try:
                await self._write([each])
            except StorageError:
                raise
            except Exception:
                log.error("an outcome is refused", message=each.message_id, exc_info=True)

    async def _write(self, batch: Sequence[Settled]) -> None:
        # Places are given back when this is written: behind the turns, all that goes out would wait for them.
        settle = partial(_settle, outcomes=batch, on_lost=self._on_lost)
        await self._database.write(settle, ahead=True)


def _settle(tx: Transaction, outcomes: Sequence[Settled], on_lost: OnLost) -> None:
    lost = deliveries.settle(tx, outcomes)
    if lost:
        on_lost(tx, lost)


def nothing_follows(tx: Transaction, lost: Sequence[Settled]) -> None:
    """Where nobody has to be told what will not arrive."""
