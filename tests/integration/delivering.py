"""A delivery at work on a real database, and channels that remember and fail as they are told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.clock import real_now
from bot.conversation.outbox import Posted
from bot.conversation.payloads import encode
from bot.conversation.reply import Letter, Operation, Outgoing, Screen
from bot.notifiers.delivery import Delivery
from storage import conversations, messages
from storage.database import Database
from storage.message_history import StoredMessage
from storage.messages import OutgoingDraft
from storage.transaction import Transaction

PATIENCE_SECONDS = 30


@dataclass
class RememberingSender:
    """A channel that remembers what it showed, and fails as it is told: once for each of `faults`, then
    always with `always`. `asked` counts all it was asked.
    """

    channel: str = "telegram"
    shown: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    always: Exception | None = None
    asked: int = 0

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        await asyncio.sleep(0)
        self.asked += 1
        if self.faults:
            raise self.faults.pop(0)
        if self.always is not None:
            raise self.always
        assert outgoing.screen is not None
        self.shown.append((chat, outgoing.screen.text))
        return f"sent-{dedup_key}"


def say(
    tx: Transaction,
    chat: str,
    texts: tuple[str, ...],
    worker: str | None,
    channel: str = "telegram",
    letter: Letter | None = None,
    **values: Any,
) -> list[Posted]:
    """Write messages to a chat as a turn does, in hand of a worker or of nobody."""
    entered = conversations.enter(tx, channel, chat)
    outgoing = [Outgoing(Operation.SEND, Screen(text), letter=letter) for text in texts]
    lease = real_now() + timedelta(seconds=30) if worker else None
    leased: dict[str, Any] = {"due_at": real_now(), "lease_until": lease, "leased_by": worker}
    drafts = [OutgoingDraft("send", "screen", "•", encode(each), **(leased | values)) for each in outgoing]
    ids = messages.log_outgoing(tx, entered.conversation_id, channel, drafts, tx.now)
    return [
        Posted(message_id, entered.conversation_id, channel, chat, each)
        for message_id, each in zip(ids, outgoing, strict=True)
    ]


@asynccontextmanager
async def delivering(
    database: Database, sender: RememberingSender, worker: str, *others: RememberingSender, **options: Any
) -> AsyncIterator[Delivery]:
    """A worker that runs, looking fifty times a second."""
    senders = {each.channel: each for each in (sender, *others)}
    options = {"poll": timedelta(milliseconds=20), **options}
    delivery = Delivery(database, senders, worker, lambda channel, outcome: None, **options)
    running = asyncio.create_task(delivery.run())
    try:
        yield delivery
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await delivery.drain()


async def until(condition: Callable[[], bool]) -> None:
    """Return once it is so; TimeoutError when that takes too long."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.01)


async def states(database: Database, chat: str) -> list[str | None]:
    """Of each message of a chat what became of it."""

    def read(tx: Transaction) -> list[StoredMessage]:
        found = messages.history(tx, conversations.enter(tx, "telegram", chat).conversation_id)
        return list(found)

    return [each.state for each in await database.write(read)]
