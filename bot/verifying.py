"""Asks the state register about those it has not confirmed yet, and again when its word is old.

While it was down, names were typed: the applications count and are compared later. The asking
stands outside of every transaction; each answer is written in one of its own.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot import register_answers
from bot.clock import real_now
from bot.ports.state_register import Person, PersonUnknown, RegisterDown, StateRegister
from bot.register_answers import Verdict
from storage import register_asking, verification
from storage.database import Database
from storage.errors import StorageError
from storage.register_asking import Asked
from storage.transaction import Transaction

BATCH = 50
AT_ONCE = 8
LOOK_EVERY = timedelta(seconds=10)
PATIENCE = timedelta(seconds=10)
"""So long the register may take for one person."""
log = structlog.get_logger("verifying")


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long somebody is not asked about, on the machine's clock.

    `claim` is longer than a whole batch can take: what a dead worker had claimed is asked for after it.
    """

    claim: timedelta = timedelta(minutes=5)
    outage: timedelta = timedelta(minutes=10)
    longest_outage: timedelta = timedelta(hours=1)
    disagreement: timedelta = timedelta(days=1)

    def after_outages(self, tries: int) -> timedelta:
        """Twice as long after each outage in a row, the first being 1."""
        return min(self.longest_outage, self.outage * (1 << min(tries - 1, 10)))


class Verifying:
    """One process's worker. Several claim different people, so each is asked about by one of them."""

    def __init__(
        self,
        database: Database,
        register: StateRegister,
        pauses: Pauses | None = None,
        clock: Callable[[], datetime] = real_now,
    ) -> None:
        self._database = database
        self._register = register
        self._pauses = pauses or Pauses()
        self._clock = clock
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._wake = asyncio.Event()
        self._looking = False
        self._seems_down = False
        self._more = False

    @property
    def idle(self) -> bool:
        """Nobody is being asked about, and nobody is to be looked for at once."""
        return not (self._looking or self._more or self._wake.is_set())

    def time_was_moved(self) -> None:
        """A demo's clock was put forward: ask at once, without regard to pauses on the machine's clock."""
        self._wake.set()

    async def run(self) -> None:
        """Go on until cancelled. A database that is away is asked again."""
        while True:
            await self._round_kept()
            if not self._more:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY.total_seconds()):
                        await self._wake.wait()

    async def round(self) -> int:
        """Ask about those who are due now, each beside the others; how many answers came.

        While the register seems to be down one person is asked about and not fifty. Raises StorageError.
        """
        limit = 1 if self._seems_down else BATCH
        asked = await self._database.write(partial(self._claim, limit))
        answered = sum(await asyncio.gather(*(self._ask(each) for each in asked)))
        self._seems_down = bool(asked) and not answered
        self._more = answered > 0 and len(asked) == limit
        # Answers about parent and child at the same instant do not see each other.
        await self._database.write(verification.clear_marks)
        return answered

    async def _round_kept(self) -> None:
        """A round whose faults end nothing."""
        self._looking, self._more = True, False
        moved = self._wake.is_set()
        self._wake.clear()
        try:
            if moved:
                self._seems_down = False
                await self._database.write(register_asking.forget_pauses)
            await self.round()
        except StorageError as fault:
            log.warning("who is to be asked about can't be read", fault=type(fault).__name__)
        except Exception:
            log.error("looking for whom to ask about broke", exc_info=True)
        finally:
            self._looking = False

    def _claim(self, limit: int, tx: Transaction) -> Sequence[Asked]:
        now = self._clock()
        return register_asking.claim(tx, now, now + self._pauses.claim, limit)

    async def _ask(self, asked: Asked) -> bool:
        """Whether the register gave an answer, and it is kept."""
        try:
            async with self._slots:
                answer = await self._answer(asked)
            await self._database.write(partial(self._take, asked, answer))
        except (RegisterDown, TimeoutError):
            await self._put_off(asked)
        except StorageError as fault:
            # Asked about again when the claim has run out.
            log.warning("an answer was not kept", fault=type(fault).__name__)
        except Exception:
            # A fault of one person's must not stop the others, nor come again every minute.
            log.error("an answer broke", whose=asked.subject.whose.value, exc_info=True)
            await self._put_off(asked)
        else:
            return True
        return False

    async def _answer(self, asked: Asked) -> Person | None:
        """The person, None for nobody. Raises RegisterDown or TimeoutError."""
        if asked.iin is None:
            log.error("an IIN can't be opened", whose=asked.subject.whose.value)
            raise RegisterDown
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await self._register.lookup(asked.iin)
        except PersonUnknown:
            return None

    def _take(self, asked: Asked, answer: Person | None, tx: Transaction) -> None:
        """The claim is given back first: of two workers that bring an answer, one does nothing."""
        due_at = self._clock() + self._pauses.disagreement
        if not register_asking.settle(tx, asked, due_at):
            return
        verdict = register_answers.take(tx, asked.subject, answer)
        if verdict is Verdict.AGREES:
            register_asking.ask_anew(tx, asked.subject)

    async def _put_off(self, asked: Asked) -> None:
        tries = asked.tries + 1
        due_at = self._clock() + self._pauses.after_outages(tries)
        try:
            await self._database.write(lambda tx: register_asking.settle(tx, asked, due_at, tries))
        except StorageError as fault:
            log.warning("a pause was not kept", fault=type(fault).__name__)
