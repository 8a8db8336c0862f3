"""Delivery: what is due is leased, sent, and settled; at least once, in order within a chat."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush

import structlog

from bot.clock import real_now
from bot.conversation.outbox import Posted
from bot.conversation.payloads import decode
from bot.conversation.port import Sender, TryLater
from bot.notifiers.lane import Lane, Shut, Waiter
from bot.notifiers.leasing import Leasing
from bot.notifiers.outcomes import OnLost, Outcomes, nothing_follows
from bot.notifiers.pacing import pacing
from bot.notifiers.sending import MOST_BROKEN_TRIES, InHand, send, tried
from domain.manner import Urgency
from domain.pace import Pace
from storage.database import Database
from storage.deliveries import Leased, Settled
from storage.errors import StorageError

LEASE = timedelta(seconds=30)
POLL = timedelta(seconds=1)
BATCH = 512
DRAIN = timedelta(seconds=5)
ASKED_TO_WAIT = "asked to wait"
"""Why a message was put off that was not tried: the channel has asked to leave its chat alone."""
_PACED_SECONDS = 2
"""So much of what a pace lets through is in hand: what is more urgent, or another's share, comes soon."""
_NO_PACES: Mapping[str, Pace] = {}
log = structlog.get_logger("delivery")
OnSettled = Callable[[str, str], None]


@dataclass(slots=True)
class _Chat:
    """What is in hand for one chat: one after the other, the most urgent first."""

    waiting: list[InHand] = field(default_factory=list)
    waiter: Waiter | None = None


class Delivery:
    """One process's delivery worker.

    A turn hands over its rows already leased, so that nothing is read again; what was left over by a
    crash or a fault is leased from the database. Chats are served side by side, one message of a chat
    after the other, each when what became of the one before it is written down: after a crash no more than
    that one is sent twice. Outcomes are written in batches.
    """

    def __init__(
        self,
        database: Database,
        senders: Mapping[str, Sender],
        worker: str,
        on_settled: OnSettled,
        at_once: int = 64,
        poll: timedelta = POLL,
        on_lost: OnLost = nothing_follows,
        paces: Mapping[str, Pace] = _NO_PACES,
        lease: timedelta = LEASE,
    ) -> None:
        self.worker = worker
        self._database = database
        self._senders = senders
        self._on_settled = on_settled
        self._at_once = at_once
        self._paces = paces
        self._lease_lasts = lease
        self._lanes: dict[str, Lane] = {}
        self._chats: dict[tuple[str, str], _Chat] = {}
        self._in_hand: set[int] = set()
        self._outcomes = Outcomes(database, poll, on_lost)
        self._tasks: set[asyncio.Task[None]] = set()
        self._leasing = Leasing(
            database, worker, lambda: self.lanes, self._take_in_hand, on_lost, poll, lease
        )

    @property
    def idle(self) -> bool:
        """Nothing of this process is to be sent or being sent, and nothing waits to be settled."""
        return self._leasing.idle and not (self._chats or self._outcomes.unwritten)

    @property
    def lanes(self) -> Mapping[str, Lane]:
        """The channels that this process sends on."""
        for channel in self._senders:
            self._lane(channel)
        return self._lanes

    def accept(self, posted: Sequence[Posted]) -> None:
        """Send rows that are committed and leased to this worker. Never blocks."""
        for each in posted:
            if each.outgoing is not None:
                lease_until = each.lease_until or real_now() + self._lease_lasts
                hand = InHand(each, Urgency.ANSWER, 0, self._deadline(lease_until))
                self._take(hand)

    def look(self) -> None:
        """Something was posted: look for it now. Never blocks."""
        self._leasing.look()

    async def run(self) -> None:
        """Settle outcomes and look for what is due, until cancelled."""
        self._database.call_when_posted(self.look)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._outcomes.write_forever())
            group.create_task(self._leasing.run())

    async def drain(self, within: timedelta = DRAIN) -> None:
        """Finish what is under way, for a stop without loose ends.

        What takes longer is left to whoever leases it next.
        """
        writing = asyncio.create_task(self._outcomes.write_forever())
        with suppress(TimeoutError):
            async with asyncio.timeout(within.total_seconds()):
                while self._tasks:
                    await asyncio.gather(*self._tasks, return_exceptions=True)
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        try:
            await self._outcomes.write()
        except StorageError as fault:
            log.warning("outcomes can't be written", fault=type(fault).__name__)

    def _lane(self, channel: str) -> Lane | None:
        lane, sender = self._lanes.get(channel), self._senders.get(channel)
        if lane is not None or sender is None:
            return lane
        pace, most, paced = self._paces.get(channel), BATCH, None
        if pace is not None:
            most = max(2, min(BATCH, _PACED_SECONDS * pace.per_second))
            paced = pacing(self._database, channel, pace)
        lane = self._lanes[channel] = Lane(sender, most, self._at_once, paced)
        return lane

    def _deadline(self, lease_until: datetime) -> float:
        """When the lease is so near to its end that an answer might come after it."""
        left = lease_until - real_now() - self._lease_lasts / 3
        return time.monotonic() + left.total_seconds()

    def _take(self, hand: InHand) -> None:
        posted = hand.posted
        if posted.message_id in self._in_hand:
            return
        self._in_hand.add(posted.message_id)
        lane = self._lane(posted.channel)
        if lane is None:
            self._note(hand, None, Settled.failed(posted.message_id, self.worker, "no such channel here"))
            return
        lane.in_hand += 1
        if lane.full:
            self._put_back(hand, lane)
            return
        key = (posted.channel, posted.to)
        chat = self._chats.get(key)
        if chat is None:
            chat = self._chats[key] = _Chat()
            self._start(self._serve(key, chat, lane))
        elif chat.waiter is not None:
            lane.more_urgent(chat.waiter, hand.urgency)
        heappush(chat.waiting, hand)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, key: tuple[str, str], chat: _Chat, lane: Lane) -> None:
        """Send one chat's messages in order. After a fault the rest waits for the database's own order."""
        try:
            while chat.waiting:
                written = await self._send_next(chat, lane)
                await written
        finally:
            del self._chats[key]

    async def _send_next(self, chat: _Chat, lane: Lane) -> asyncio.Future[None]:
        first = chat.waiting[0]
        until = lane.left_alone.until(first.posted.conversation_id, real_now())
        if until is not None:
            return self._put_off(chat, lane, until)
        chat.waiter = Waiter(first.posted.conversation_id, first.urgency, first.deadline)
        try:
            await lane.enter(chat.waiter)
        except Shut:
            return self._give_back(chat, lane)
        finally:
            chat.waiter = None
        hand = heappop(chat.waiting)
        outcome = await self._sent(lane, hand)
        if outcome.state == "pending":
            self._give_back(chat, lane)
            log.info("put off", channel=hand.posted.channel, message=outcome.message_id, why=outcome.error)
        written = self._note(hand, lane, outcome)
        written.add_done_callback(lambda _: lane.written())
        return written

    async def _sent(self, lane: Lane, hand: InHand) -> Settled:
        try:
            return await send(lane, hand, self.worker)
        finally:
            lane.leave()

    def _give_back(self, chat: _Chat, lane: Lane) -> asyncio.Future[None]:
        """All that is in hand for a chat; done when the last of it is."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        written.set_result(None)
        while chat.waiting:
            written = self._put_back(heappop(chat.waiting), lane)
        return written

    def _put_off(self, chat: _Chat, lane: Lane, until: datetime) -> asyncio.Future[None]:
        """The same, until the channel wants to hear of that chat again."""
        while True:
            hand = heappop(chat.waiting)
            outcome = Settled.retry(hand.posted.message_id, self.worker, until, ASKED_TO_WAIT, counts=0)
            written = self._note(hand, lane, outcome)
            if not chat.waiting:
                return written

    def _put_back(self, hand: InHand, lane: Lane) -> asyncio.Future[None]:
        """It is leased again when there is room."""
        self._leasing.there_is_more(hand.posted.channel)
        return self._note(hand, lane, Settled.put_back(hand.posted.message_id, self.worker))

    def _note(self, hand: InHand, lane: Lane | None, outcome: Settled) -> asyncio.Future[None]:
        if outcome.counts:
            self._on_settled(hand.posted.channel, outcome.state)
        written = self._outcomes.add(outcome)
        written.add_done_callback(partial(self._let_go, hand, lane))
        return written

    def _let_go(self, hand: InHand, lane: Lane | None, _: asyncio.Future[None]) -> None:
        """What became of it is written. Not before: it would be leased, and sent, once more."""
        self._in_hand.discard(hand.posted.message_id)
        if lane is not None:
            lane.in_hand -= 1
            if lane.room.usual:
                self._leasing.there_is_room(hand.posted.channel)

    def _take_in_hand(self, leased: Leased) -> None:
        posted = Posted(leased.message_id, leased.conversation_id, leased.channel, leased.address, None)
        useless_at = (
            None if leased.useful_for is None else time.monotonic() + leased.useful_for.total_seconds()
        )
        hand = InHand(posted, leased.urgency, leased.tries, self._deadline(leased.lease_until), useless_at)
        try:
            outgoing, to = decode(leased.payload)
        except Exception:
            # Written by another version, or sealed with a key that is gone.
            log.error("can't be read", channel=leased.channel, message=leased.message_id, exc_info=True)
            self._note(hand, None, tried(hand, self.worker, TryLater("can't be read"), MOST_BROKEN_TRIES))
        else:
            hand.posted = Posted(
                leased.message_id, leased.conversation_id, leased.channel, to or leased.address, outgoing
            )
            self._take(hand)
