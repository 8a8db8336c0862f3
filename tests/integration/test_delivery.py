"""Delivery on real databases: at least once, in order within a chat, and nothing forgotten."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from bot.clock import real_now
from bot.conversation.outbox import Posted, encode
from bot.conversation.port import TryLater, Undeliverable, Unreachable
from bot.conversation.reply import Operation, Outgoing, Screen
from bot.notifiers.delivery import Delivery
from storage import conversations, deliveries, messages
from storage.database import Database
from storage.message_history import StoredMessage
from storage.messages import OutgoingDraft
from storage.transaction import Transaction

PATIENCE_SECONDS = 15


@dataclass
class RememberingSender:
    """A channel that remembers what it showed, and fails as it is told."""

    channel: str = "telegram"
    shown: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        await asyncio.sleep(0)
        if self.faults:
            raise self.faults.pop(0)
        assert outgoing.screen is not None
        self.shown.append((chat, outgoing.screen.text))
        return f"sent-{dedup_key}"


def say(tx: Transaction, chat: str, texts: tuple[str, ...], worker: str | None) -> list[Posted]:
    """Write messages to a chat as a turn does, in hand of a worker or of nobody."""
    entered = conversations.enter(tx, "telegram", chat)
    outgoing = [Outgoing(Operation.SEND, Screen(text)) for text in texts]
    lease = real_now() + timedelta(seconds=30) if worker else None
    drafts = [
        OutgoingDraft(
            "send", "screen", "•", encode(each), due_at=real_now(), lease_until=lease, leased_by=worker
        )
        for each in outgoing
    ]
    ids = messages.log_outgoing(tx, entered.conversation_id, "telegram", drafts, tx.now)
    return [
        Posted(message_id, entered.conversation_id, "telegram", chat, each)
        for message_id, each in zip(ids, outgoing, strict=True)
    ]


@asynccontextmanager
async def delivering(database: Database, sender: RememberingSender, worker: str) -> AsyncIterator[Delivery]:
    delivery = Delivery(
        database, {"telegram": sender}, worker, lambda channel, outcome: None, poll=timedelta(milliseconds=20)
    )
    running = asyncio.create_task(delivery.run())
    try:
        yield delivery
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await delivery.drain()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.01)


async def states(database: Database, chat: str) -> list[str | None]:
    def read(tx: Transaction) -> list[StoredMessage]:
        found = messages.history(tx, conversations.enter(tx, "telegram", chat).conversation_id)
        return list(found)

    return [each.state for each in await database.write(read)]


async def test_what_a_turn_hands_over_is_sent_in_its_order_and_settled(database: Database) -> None:
    sender = RememberingSender()

    async with delivering(database, sender, "one") as delivery:
        posted = await database.write(lambda tx: say(tx, "7", ("first", "second", "third"), "one"))
        delivery.accept(posted)
        await until(lambda: delivery.idle)

    assert sender.shown == [("7", "first"), ("7", "second"), ("7", "third")]
    assert await states(database, "7") == ["sent", "sent", "sent"]


async def test_what_nobody_has_in_hand_is_found_and_sent_in_order(database: Database) -> None:
    sender = RememberingSender()
    await database.write(lambda tx: say(tx, "7", ("first", "second"), None))

    async with delivering(database, sender, "one"):
        await until(lambda: len(sender.shown) == 2)

    assert sender.shown == [("7", "first"), ("7", "second")]


async def test_a_passing_fault_is_tried_again_and_what_follows_waits_for_it(database: Database) -> None:
    sender = RememberingSender(faults=[TryLater("429", after=timedelta(milliseconds=50))])

    async with delivering(database, sender, "one") as delivery:
        posted = await database.write(lambda tx: say(tx, "7", ("first", "second"), "one"))
        delivery.accept(posted)
        await until(lambda: len(sender.shown) == 2)

    assert sender.shown == [("7", "first"), ("7", "second")]


async def test_one_chat_in_trouble_does_not_hold_up_another(database: Database) -> None:
    sender = RememberingSender(faults=[TryLater("busy", after=timedelta(hours=1))])

    async with delivering(database, sender, "one") as delivery:
        delivery.accept(await database.write(lambda tx: say(tx, "7", ("stuck",), "one")))
        delivery.accept(await database.write(lambda tx: say(tx, "8", ("through",), "one")))
        await until(lambda: delivery.idle)

    assert sender.shown == [("8", "through")]
    assert await states(database, "7") == ["pending"]


async def test_a_fault_of_our_own_code_is_tried_again_and_does_not_stop_the_worker(
    database: Database,
) -> None:
    sender = RememberingSender(faults=[ZeroDivisionError()])

    async with delivering(database, sender, "one") as delivery:
        delivery.accept(await database.write(lambda tx: say(tx, "7", ("after all",), "one")))
        await until(lambda: bool(sender.shown))

    assert sender.shown == [("7", "after all")]


async def test_an_unreachable_person_and_a_refused_message_are_settled_as_failed(database: Database) -> None:
    sender = RememberingSender(faults=[Unreachable("blocked"), Undeliverable("bad")])

    async with delivering(database, sender, "one") as delivery:
        delivery.accept(await database.write(lambda tx: say(tx, "7", ("a", "b", "c"), "one")))
        await until(lambda: delivery.idle)

    assert await states(database, "7") == ["failed", "failed", "sent"]
    assert sender.shown == [("7", "c")]


async def test_what_a_dead_worker_had_in_hand_comes_back_when_its_lease_ends(database: Database) -> None:
    sender = RememberingSender()
    await database.write(lambda tx: say(tx, "7", ("left behind",), "dead"))
    await database.write(_end_of_leases)

    async with delivering(database, sender, "alive"):
        await until(lambda: bool(sender.shown))

    assert sender.shown == [("7", "left behind")]


async def test_two_workers_send_each_message_once(database: Database) -> None:
    sender = RememberingSender()
    for chat in range(40):
        await database.write(lambda tx, chat=chat: say(tx, str(chat), ("a", "b"), None))

    async with delivering(database, sender, "one"), delivering(database, sender, "two"):
        await until(lambda: len(sender.shown) >= 80)

    assert sorted(sender.shown) == sorted((str(chat), text) for chat in range(40) for text in "ab")


def _end_of_leases(tx: Transaction) -> None:
    later = real_now() + timedelta(minutes=5)
    leased = deliveries.lease_due(tx, ["telegram"], "late", later, real_now() - timedelta(seconds=1), 10)
    assert [each.channel for each in leased] == ["telegram"]
