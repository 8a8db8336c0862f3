"""One channel's way out: who waits to be sent on it, and who may go now.

Each channel has places of its own, so that one that answers slowly does not hold up another. A place is given
to the most urgent; where the channel has a pace, at the instant that the pacing gives.
"""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count

import structlog

from bot.clock import real_now
from bot.conversation.port import Sender
from bot.notifiers.gate import Gate, State
from bot.notifiers.left_alone import LeftAlone
from bot.notifiers.pacing import Pacing
from domain.manner import Urgency
from domain.pace import HORIZON, TOLERANCE, Asked, Given
from storage.errors import StorageError
from storage.shares import Room

UNWRITTEN = 2
"""Of so many times as many as are sent at once it may not be written yet what became of them.

While it is written for some, others are on their way: one does not wait for the other.
"""
URGENT = 8
"""So many that are urgent are leased although there is much in hand that is not."""
ASK_AGAIN_SECONDS = 1.0
"""After the database could not be asked for an instant."""
log = structlog.get_logger("delivery")


class Shut(Exception):
    """It can't be sent now: the channel is down or has asked to be left alone, or its lease will be over."""


def _future() -> asyncio.Future[float | None]:
    return asyncio.get_running_loop().create_future()


@dataclass(eq=False, slots=True)
class Waiter:
    """A message that is to go out, until `deadline` (of `time.monotonic`)."""

    conversation_id: int
    urgency: int
    deadline: float
    turn: asyncio.Future[float | None] = field(default_factory=_future)
    number: int = 0
    asks: bool = False


class Lane:
    """What waits for one channel in this process. `most` is how many messages it has in hand at most."""

    def __init__(self, sender: Sender, most: int, at_once: int, pacing: Pacing | None = None) -> None:
        self.sender = sender
        self.gate = Gate()
        self.left_alone = LeftAlone()
        self.in_hand = 0
        self._most = most
        self._pacing = pacing
        self._places = at_once
        self._unwritten = UNWRITTEN * at_once
        self._numbers = count()
        self._waiting: list[tuple[int, int, Waiter]] = []
        self._asking: asyncio.Task[None] | None = None
        self._asleep: asyncio.TimerHandle | None = None
        self._told: tuple[int, float] | None = None

    @property
    def room(self) -> Room:
        """How many more messages are to be leased. Not one by one: each look costs a transaction."""
        state = self.gate.state
        if state is State.DOWN or (state is State.PROBED and self.in_hand):
            return Room(0, 0)
        if state is State.PROBED:
            return Room(1, 1)
        usual = self._most - self.in_hand if self.in_hand <= self._most // 2 else 0
        return Room(usual, max(usual, self._most + URGENT - self.in_hand))

    @property
    def full(self) -> bool:
        """Nothing more should be taken in hand: it could not be sent while its lease lasts."""
        return self.in_hand >= 2 * self._most

    async def enter(self, waiter: Waiter) -> None:
        """Return when it is this one's turn. Raises Shut.

        Its place is given back by `leave` when it was sent, and by `written` when that is written down.
        """
        waiter.number = next(self._numbers)
        while True:
            self._join(waiter)
            at = await waiter.turn
            if at is None or time.monotonic() <= at + TOLERANCE:
                return
            # Too late for the instant it was given: another might be sent with it in one second.
            self.leave()
            self.written()
            waiter.turn = _future()

    def leave(self) -> None:
        """It was sent, or it was not: somebody else may go."""
        self.gate.undecided()
        self._places += 1
        self._let_go()

    def written(self) -> None:
        """What became of it is written: after a crash it is not sent again."""
        self._unwritten += 1
        self._let_go()

    def more_urgent(self, waiter: Waiter, urgency: int) -> None:
        """What waits behind it in its chat is more urgent than it."""
        if urgency < waiter.urgency:
            waiter.urgency = urgency
            if not waiter.turn.done():
                self._join(waiter)

    async def told_to_wait(self, conversation_id: int, span: timedelta) -> None:
        """The channel has asked us to wait. Asked for one chat after another it means all of them."""
        wall = real_now()
        self.left_alone.leave(conversation_id, wall + span, wall)
        now, before = time.monotonic(), self._told
        self._told = (conversation_id, now + span.total_seconds())
        if before is None or before[0] == conversation_id or before[1] < now:
            return
        self.gate.hold(span)
        self._let_go()
        if self._pacing is not None:
            try:
                await self._pacing.hold(span)
            except StorageError as fault:
                log.warning("others are not told to wait", fault=type(fault).__name__)

    def _join(self, waiter: Waiter) -> None:
        if not (waiter.asks or waiter.turn.done()):
            heappush(self._waiting, (waiter.urgency, waiter.number, waiter))
            self._let_go()

    def _let_go(self) -> None:
        """Give places to whom they are due."""
        if self._asking is not None:
            return
        while self._waiting and self.gate.state is State.DOWN:
            self._turn_away(heappop(self._waiting)[2])
        if self._pacing is not None:
            # Until the channel is free again, asking for anything but an answer would be in vain.
            if (
                self._waiting
                and self._free > 0
                and (not self._asleep or self._waiting[0][0] <= Urgency.ANSWER)
            ):
                self._asking = asyncio.create_task(self._ask(self._pacing))
            return
        while self._waiting and self._free > 0:
            for waiter in self._first(1):
                self._take()
                self._give(waiter, None)

    @property
    def _free(self) -> int:
        return min(self._places, self._unwritten)

    def _take(self) -> None:
        self._places -= 1
        self._unwritten -= 1

    def _first(self, most: int) -> list[Waiter]:
        """Up to `most` of those who wait, the most urgent first."""
        first: list[Waiter] = []
        while self._waiting and len(first) < most:
            urgency, _, waiter = heappop(self._waiting)
            # Who became more urgent meanwhile stands there twice.
            if urgency == waiter.urgency and not (waiter.asks or waiter.turn.done()):
                waiter.asks = True
                first.append(waiter)
        return first

    async def _ask(self, pacing: Pacing) -> None:
        """Ask for the instants of all who wait, as many as there are places."""
        try:
            first = self._first(self._free)
            given = await self._given(pacing, first)
            if pacing.held_until > time.monotonic() + HORIZON:
                self.gate.hold(timedelta(seconds=pacing.held_until - time.monotonic()))
            for waiter, instant in zip(first, given, strict=True):
                self._heed(waiter, instant)
        finally:
            self._asking = None
        if not self._asleep:
            self._let_go_later()

    async def _given(self, pacing: Pacing, first: list[Waiter]) -> list[Given]:
        asked = [Asked(each.conversation_id, each.urgency <= Urgency.ANSWER) for each in first]
        try:
            return await pacing.give(asked)
        except StorageError as fault:
            log.warning("can't agree on a pace", fault=type(fault).__name__)
        except Exception:
            log.error("agreeing on a pace broke", exc_info=True)
        return [Given(None, time.monotonic() + ASK_AGAIN_SECONDS)] * len(first)

    def _heed(self, waiter: Waiter, given: Given) -> None:
        wait = max(0.0, (given.at or given.again_at) - time.monotonic())
        loop = asyncio.get_running_loop()
        if given.at is not None:
            self._take()
            loop.call_later(wait, self._give, waiter, given.at)
            return
        waiter.asks = False
        if given.again_at > waiter.deadline or self.gate.state is State.DOWN:
            self._turn_away(waiter)
        elif given.of_chat:
            loop.call_later(wait, self._join, waiter)
        else:
            heappush(self._waiting, (waiter.urgency, waiter.number, waiter))
            self._asleep = self._asleep or loop.call_later(wait, self._wake)

    def _wake(self) -> None:
        self._asleep = None
        self._let_go()

    def _give(self, waiter: Waiter, at: float | None) -> None:
        """Its turn has come, with a place that is taken already."""
        waiter.asks = False
        if time.monotonic() < waiter.deadline and self.gate.begin():
            waiter.turn.set_result(at)
        else:
            self._turn_away(waiter)
            self._places += 1
            self._unwritten += 1
            self._let_go_later()

    def _let_go_later(self) -> None:
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._let_go)

    def _turn_away(self, waiter: Waiter) -> None:
        if not waiter.turn.done():
            waiter.turn.set_exception(Shut())
