"""Runs errands after the commit and brings their answers back as the next incoming of the conversation."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog

from bot.clock import real_now
from bot.conversation.errand import ErrandFailed, Runner
from bot.conversation.incoming import Address, ErrandDone, Incoming
from bot.conversation.port import TakesIncoming
from storage import errands
from storage.database import Database
from storage.errands import Errand
from storage.errors import StorageError

LEASE = timedelta(seconds=30)
PAUSE = timedelta(seconds=1)
STOP_SECONDS = 2.0
"""How long a stop waits for errands under way. Others come back when their lease ends."""
_BATCH = 50
log = structlog.get_logger("errands")


class ErrandRunner:
    """Leases errands that are due, runs each with its port, tries again until its time is over."""

    def __init__(
        self, database: Database, conversation: TakesIncoming, runners: Mapping[str, Runner], worker: str
    ) -> None:
        self._database = database
        self._conversation = conversation
        self._runners = runners
        self._worker = worker
        self._wake = asyncio.Event()
        self._looking = False
        self._running: set[asyncio.Task[None]] = set()

    def accept(self, errand_ids: Sequence[int]) -> None:
        """New errands are committed: look at once."""
        if errand_ids:
            self._wake.set()

    @property
    def idle(self) -> bool:
        """Nothing is under way and nothing new was handed in."""
        return not (self._running or self._looking or self._wake.is_set())

    async def run(self) -> None:
        """Go on until cancelled. A database that is away is asked again."""
        try:
            while True:
                await self._look()
                with suppress(TimeoutError):
                    async with asyncio.timeout(PAUSE.total_seconds()):
                        await self._wake.wait()
        finally:
            await self._end_running()

    async def _look(self) -> None:
        self._looking = True
        self._wake.clear()
        try:
            await self._start_due()
        except StorageError as fault:
            log.warning("errands can't be read", fault=type(fault).__name__)
        except Exception:
            log.error("looking for errands broke", exc_info=True)
        finally:
            self._looking = False

    async def _end_running(self) -> None:
        """An answer that is there is still brought; what waits for one is left."""
        if self._running:
            await asyncio.wait(self._running, timeout=STOP_SECONDS)
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _start_due(self) -> None:
        now = real_now()
        leased = await self._database.write(
            lambda tx: errands.lease_due(tx, self._worker, now, now + LEASE, _BATCH)
        )
        for errand in leased:
            task = asyncio.create_task(self._run_one(errand))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _run_one(self, errand: Errand) -> None:
        try:
            await self._run_and_bring(errand)
        except StorageError as fault:
            log.warning("what became of an errand was not kept", fault=type(fault).__name__)
        except Exception:
            log.error("an errand's answer was not taken", kind=errand.kind, exc_info=True)

    async def _run_and_bring(self, errand: Errand) -> None:
        try:
            answer = await self._answer(errand)
        except TimeoutError:
            await self._failed(errand, "timeout")
        except ErrandFailed:
            await self._failed(errand, "unavailable")
        except Exception:
            # A fault of ours, or a request of another version: whoever waits must hear of it, too.
            log.error("an errand broke", kind=errand.kind, exc_info=True)
            await self._failed(errand, "unavailable")
        else:
            await self._bring(errand, answer, None)

    async def _answer(self, errand: Errand) -> dict[str, Any]:
        runner = self._runners[errand.kind]
        if errand.request is None:
            log.error("an errand's request can't be opened", kind=errand.kind)
            raise ErrandFailed
        async with asyncio.timeout(runner.patience.total_seconds()):
            return await runner.run(errand.request)

    async def _failed(self, errand: Errand, reason: str) -> None:
        now = real_now()
        retry_at = now + PAUSE * (2 ** min(errand.tries, 6))
        if retry_at < errand.gives_up_at:
            await self._database.write(
                lambda tx: errands.retry(tx, errand.id, self._worker, retry_at, reason)
            )
        else:
            await self._bring(errand, None, reason)

    async def _bring(self, errand: Errand, answer: dict[str, object] | None, failure: str | None) -> None:
        """The answer is a turn of its own, which also closes the errand."""
        content = ErrandDone(errand.id, errand.kind, errand.step_token, answer, failure)
        address = Address(errand.channel, errand.address)
        await self._conversation.take(Incoming(address, f"errand:{errand.id}", content))
