"""Delivery: what is due is leased, sent, and settled; at least once, in order within a chat."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from random import uniform

import structlog

from bot.clock import real_now
from bot.conversation.outbox import Posted, decode
from bot.conversation.port import Sender, TryLater, Undeliverable, Unreachable
from bot.notifiers.outcomes import OnLost, Outcomes, nothing_follows
from storage import deliveries
from storage.database import Database
from storage.deliveries import Leased, Settled
from storage.errors import StorageError

LEASE = timedelta(seconds=30)
POLL = timedelta(seconds=1)
BATCH = 200
MOST_TRIES = 40
"""With the pauses between them some four hours: so long may a channel be down."""
MOST_BROKEN_TRIES = 3
"""Of a message that breaks our own code: it holds up what follows it in its chat."""
DRAIN = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=10)
_LONGEST_ERROR = 64
log = structlog.get_logger("delivery")
OnSettled = Callable[[str, str], None]


class Delivery:
    """One process's delivery worker.

    A turn hands over its rows already leased, so that nothing is read again; what was left over by a
    crash or a fault is leased from the database. Chats are served side by side, one message of a chat
    after the other; outcomes are written in batches.
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
    ) -> None:
        self.worker = worker
        self._database = database
        self._senders = senders
        self._on_settled = on_settled
        self._poll_seconds = poll.total_seconds()
        self._slots = asyncio.Semaphore(at_once)
        self._chats: dict[tuple[str, str], deque[Posted]] = defaultdict(deque)
        self._in_hand: set[int] = set()
        self._tries: dict[int, int] = {}
        self._outcomes = Outcomes(database, poll, on_lost)
        self._tasks: set[asyncio.Task[None]] = set()
        self._bell = asyncio.Event()
        self._looking = False

    @property
    def idle(self) -> bool:
        """Nothing of this process is to be sent or being sent, and nothing waits to be settled."""
        looks = self._looking or self._bell.is_set()
        return not (looks or self._chats or self._outcomes.unwritten)

    def accept(self, posted: Sequence[Posted]) -> None:
        """Send rows that are committed and leased to this worker. Never blocks."""
        for each in posted:
            if each.outgoing is None or each.message_id in self._in_hand:
                continue
            self._in_hand.add(each.message_id)
            chat = (each.channel, each.to)
            busy = chat in self._chats
            self._chats[chat].append(each)
            if not busy:
                self._start(self._serve(chat))

    async def run(self) -> None:
        """Settle outcomes and look for what is due, until cancelled."""
        self._database.call_when_posted(self._bell.set)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._outcomes.write_forever())
            group.create_task(self._lease_forever())

    async def drain(self, within: timedelta = DRAIN) -> None:
        """Finish what is under way, for a stop without loose ends.

        What takes longer is left to whoever leases it next.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(within.total_seconds()):
                while self._tasks:
                    await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            await self._outcomes.write()
        except StorageError as fault:
            log.warning("outcomes can't be written", fault=type(fault).__name__)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, chat: tuple[str, str]) -> None:
        """Send one chat's messages in order. After a fault the rest waits for the database's own order."""
        waiting = self._chats[chat]
        try:
            while waiting:
                async with self._slots:
                    outcome = await self._send(waiting[0])
                self._note(chat[0], outcome)
                sent = waiting.popleft()
                if outcome.state == "pending":
                    self._give_back(waiting, outcome)
                    log.info("put off", channel=sent.channel, message=sent.message_id, why=outcome.error)
        finally:
            del self._chats[chat]

    def _give_back(self, waiting: deque[Posted], first: Settled) -> None:
        while waiting:
            later = waiting.popleft()
            due_at = first.due_at or real_now()
            self._note(later.channel, Settled.retry(later.message_id, self.worker, due_at, "behind another"))

    async def _send(self, posted: Posted) -> Settled:
        sender = self._senders.get(posted.channel)
        message_id = posted.message_id
        if sender is None or posted.outgoing is None:
            return Settled.failed(message_id, self.worker, "no such channel here")
        try:
            external_id = await sender.send(posted.to, posted.outgoing, message_id)
        except TryLater as fault:
            return self._later(message_id, fault)
        except Unreachable as fault:
            return Settled.failed(message_id, self.worker, f"unreachable: {fault}"[:_LONGEST_ERROR], True)
        except Undeliverable as fault:
            log.error("undeliverable", channel=posted.channel, message=message_id)
            return Settled.failed(message_id, self.worker, str(fault)[:_LONGEST_ERROR])
        except Exception as fault:
            # A fault of one message must not stop the others.
            log.error("sending broke", channel=posted.channel, message=message_id, exc_info=True)
            return self._later(message_id, TryLater(type(fault).__name__), MOST_BROKEN_TRIES)
        return Settled.sent(message_id, self.worker, real_now(), external_id)

    def _later(self, message_id: int, fault: TryLater, most_tries: int = MOST_TRIES) -> Settled:
        tries = self._tries.get(message_id, 0) + 1
        if tries >= most_tries:
            return Settled.given_up(message_id, self.worker, str(fault)[:_LONGEST_ERROR])
        self._tries[message_id] = tries
        pause = fault.after or min(_LONGEST_PAUSE, timedelta(seconds=2**tries)) * uniform(0.5, 1.0)
        return Settled.retry(message_id, self.worker, real_now() + pause, str(fault)[:_LONGEST_ERROR])

    def _note(self, channel: str, outcome: Settled) -> None:
        if outcome.state != "pending":
            self._tries.pop(outcome.message_id, None)
        self._in_hand.discard(outcome.message_id)
        self._on_settled(channel, outcome.state)
        self._outcomes.add(outcome)

    async def _lease_forever(self) -> None:
        """What nobody has in hand: left over by a crash, put off, or written by another process."""
        while True:
            self._looking = self._bell.is_set()
            self._bell.clear()
            leased = await self._lease()
            for each in leased:
                self._take_in_hand(each)
            self._looking = False
            if len(leased) < BATCH:
                await self._next_look()

    async def _next_look(self) -> None:
        """Until something was posted in this process, or it is time to look for what others have posted."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._poll_seconds):
                await self._bell.wait()

    async def _lease(self) -> Sequence[Leased]:
        """As many as can be sent before their lease is over: others would send the rest once more."""
        now = real_now()
        room = max(1, BATCH - len(self._in_hand))
        try:
            return await self._database.write(
                lambda tx: deliveries.lease_due(tx, tuple(self._senders), self.worker, now, now + LEASE, room)
            )
        except StorageError as fault:
            log.warning("what is due can't be read", fault=type(fault).__name__)
        except Exception:
            log.error("looking for what is due broke", exc_info=True)
        return ()

    def _take_in_hand(self, leased: Leased) -> None:
        self._tries[leased.message_id] = leased.tries
        try:
            posted = self._posted(leased)
        except Exception:
            # Written by another version, or sealed with a key that is gone.
            log.error("can't be read", channel=leased.channel, message=leased.message_id, exc_info=True)
            fault = TryLater("can't be read")
            self._note(leased.channel, self._later(leased.message_id, fault, MOST_BROKEN_TRIES))
        else:
            self.accept([posted])

    def _posted(self, leased: Leased) -> Posted:
        outgoing, to = decode(leased.payload)
        return Posted(
            leased.message_id,
            leased.conversation_id,
            leased.channel,
            to or leased.address,
            outgoing,
        )
