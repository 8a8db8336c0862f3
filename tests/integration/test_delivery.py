"""Delivery on real databases: at least once, in order within a chat, and nothing forgotten."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, cast

from sqlalchemy import func, select, update

from bot.clock import real_now
from bot.conversation.payloads import encode
from bot.conversation.port import TryLater, Undeliverable, Unreachable
from bot.conversation.reply import Operation, Outgoing, Screen
from bot.notifiers.delivery import BATCH, Delivery
from bot.notifiers.lane import URGENT
from storage import conversations, deliveries, messages
from storage.database import Database
from storage.deliveries import Settled
from storage.messages import OutgoingDraft
from storage.shares import Room
from storage.tables import delivery as delivery_table
from storage.tables import message
from storage.transaction import Transaction
from tests.integration.delivering import (
    PATIENCE_SECONDS,
    RememberingSender,
    delivering,
    say,
    states,
    until,
)


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


async def test_what_will_not_arrive_is_told_in_the_transaction_that_writes_it_down(
    database: Database,
) -> None:
    sender = RememberingSender(faults=[Unreachable("blocked"), Undeliverable("bad")])
    told: list[tuple[int, bool, str]] = []

    def on_lost(tx: Transaction, lost: Sequence[Settled]) -> None:
        in_the_log = select(delivery_table.c.state).where(delivery_table.c.message_id == lost[0].message_id)
        told.extend((each.message_id, each.unreachable, tx.conn.scalars(in_the_log).one()) for each in lost)

    async with delivering(database, sender, "one", on_lost=on_lost) as delivery:
        posted = await database.write(lambda tx: say(tx, "7", ("a", "b", "c"), "one"))
        delivery.accept(posted)
        await until(lambda: delivery.idle)

    assert told == [(posted[0].message_id, True, "failed"), (posted[1].message_id, False, "failed")]


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
        await database.write(partial(say, chat=str(chat), texts=("a", "b"), worker=None))

    async with delivering(database, sender, "one"), delivering(database, sender, "two"):
        await until(lambda: len(sender.shown) >= 80)

    assert sorted(sender.shown) == sorted((str(chat), text) for chat in range(40) for text in "ab")


def _end_of_leases(tx: Transaction) -> None:
    later = real_now() + timedelta(minutes=5)
    found = deliveries.lease_due(
        tx, {"telegram": Room(10, 10)}, "late", later, real_now() - timedelta(seconds=1)
    )
    assert [each.channel for each in found.leased] == ["telegram"]


async def test_a_fault_told_at_length_is_settled_too_and_the_worker_lives_on(database: Database) -> None:
    sender = RememberingSender(faults=[Undeliverable("400 Bad Request: " + "no such entity " * 40)])

    async with delivering(database, sender, "one") as delivery:
        delivery.accept(await database.write(lambda tx: say(tx, "7", ("bad",), "one")))
        await until(lambda: delivery.idle)
        await database.write(lambda tx: say(tx, "8", ("good",), None))
        await until(lambda: bool(sender.shown) and delivery.idle)

    assert await states(database, "7") == ["failed"]
    assert await states(database, "8") == ["sent"]


async def test_what_cannot_be_read_holds_up_nobody_else(database: Database) -> None:
    sender = RememberingSender()
    await database.write(partial(say_garbage, chat="7", personal=False))
    await database.write(partial(say_garbage, chat="8", personal=True))
    await database.write(lambda tx: say(tx, "9", ("through",), None))

    async with delivering(database, sender, "one") as delivery:
        await until(lambda: bool(sender.shown) and delivery.idle)

    assert sender.shown == [("9", "through")]
    assert await states(database, "9") == ["sent"]


def say_garbage(tx: Transaction, chat: str, personal: bool) -> None:
    """A message of another version, or sealed with a key that is gone."""
    entered = conversations.enter(tx, "telegram", chat)
    draft = OutgoingDraft("send", "screen", "•", b'{"of": "tomorrow"}', personal, due_at=real_now())
    [message_id] = messages.log_outgoing(tx, entered.conversation_id, "telegram", [draft], tx.now)
    if personal:
        lost = update(message).where(message.c.id == message_id).values(sealed=b"\xe1" + bytes(40))
        tx.conn.execute(lost)


@dataclass
class Held:
    """A database whose writes wait at a gate, or fail as they are told."""

    database: Database
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    faults: list[Exception] = field(default_factory=list)
    writes: int = 0

    async def write(self, work: Callable[[Transaction], Any], *, ahead: bool = False) -> Any:
        self.writes += 1
        self.arrived.set()
        await self.gate.wait()
        if self.faults:
            raise self.faults.pop(0)
        return await self.database.write(work, ahead=ahead)

    def call_when_posted(self, bell: Callable[[], None]) -> None:
        self.database.call_when_posted(bell)


async def test_what_another_turn_has_posted_is_sent_without_waiting_for_the_next_look(
    database: Database,
) -> None:
    sender = RememberingSender()
    delivery = Delivery(
        database, {"telegram": sender}, "one", lambda channel, outcome: None, poll=timedelta(hours=1)
    )
    await database.write(lambda tx: say(tx, "7", ("old",), None))
    running = asyncio.create_task(delivery.run())
    await until(lambda: len(sender.shown) == 1 and delivery.idle)

    await database.write(lambda tx: say(tx, "7", ("news",), None))
    await until(lambda: len(sender.shown) == 2 and delivery.idle)

    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_outcomes_that_were_being_written_at_a_stop_are_not_forgotten(database: Database) -> None:
    sender, held = RememberingSender(), Held(database)
    delivery = Delivery(cast(Database, held), {"telegram": sender}, "one", lambda channel, outcome: None)
    delivery.accept(await database.write(lambda tx: say(tx, "7", ("once",), "one")))
    await until(lambda: bool(sender.shown))

    running = asyncio.create_task(delivery.run())
    await held.arrived.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    held.gate.set()
    # By itself, and not only when the drain's patience is over.
    async with asyncio.timeout(PATIENCE_SECONDS):
        await delivery.drain(timedelta(hours=1))

    assert await states(database, "7") == ["sent"]


async def test_a_fault_of_our_own_in_the_worker_does_not_end_it(database: Database) -> None:
    sender, held = RememberingSender(), Held(database, faults=[ZeroDivisionError(), ZeroDivisionError()])
    held.gate.set()
    await database.write(lambda tx: say(tx, "7", ("after all",), None))

    async with delivering(cast(Database, held), sender, "one") as delivery:
        await until(lambda: bool(sender.shown) and delivery.idle)

    assert await states(database, "7") == ["sent"]


async def test_a_stop_does_not_wait_for_a_channel_that_never_answers(database: Database) -> None:
    sender = SilentSender()
    delivery = Delivery(database, {"telegram": sender}, "one", lambda channel, outcome: None)
    delivery.accept(await database.write(lambda tx: say(tx, "7", ("stuck", "behind"), "one")))
    await sender.asked.wait()

    async with asyncio.timeout(PATIENCE_SECONDS):
        await delivery.drain(timedelta(milliseconds=50))

    assert await states(database, "7") == ["pending", "pending"]


class SilentSender:
    """A channel that never answers."""

    channel = "telegram"

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        self.asked.set()
        await asyncio.Event().wait()
        return None


async def test_no_more_is_leased_than_can_be_sent_while_the_lease_lasts(database: Database) -> None:
    sender, held = SilentSender(), Held(database)
    held.gate.set()
    chats = range(2 * BATCH)
    await database.write(partial(say_to_all, chats=chats))
    delivery = Delivery(
        cast(Database, held), {"telegram": sender}, "one", lambda c, o: None, poll=timedelta(milliseconds=5)
    )

    running = asyncio.create_task(delivery.run())
    await until(lambda: sender.asked.is_set())
    await asyncio.sleep(0.05)  # ten looks
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running

    assert BATCH <= await database.write(leased_by_one) <= BATCH + URGENT
    await delivery.drain(timedelta(0))


def say_to_all(tx: Transaction, chats: range) -> None:
    for chat in chats:
        say(tx, str(chat), ("x",), None)


def leased_by_one(tx: Transaction) -> int:
    return tx.conn.execute(
        select(func.count()).select_from(delivery_table).where(delivery_table.c.leased_by == "one")
    ).scalar_one()


async def test_an_sms_in_trouble_does_not_silence_the_chat(database: Database) -> None:
    sms = RememberingSender("sms", faults=[TryLater("gateway down") for _ in range(9)])
    sender = RememberingSender()

    def write(tx: Transaction) -> None:
        entered = conversations.enter(tx, "telegram", "7")
        for channel, text in (("sms", "code"), ("telegram", "a code was sent")):
            payload = encode(
                Outgoing(Operation.SEND, Screen(text)), "+77015550101" if channel == "sms" else None
            )
            draft = OutgoingDraft("send", "screen", "•", payload, due_at=real_now())
            messages.log_outgoing(tx, entered.conversation_id, channel, [draft], tx.now)

    await database.write(write)

    async with delivering(database, sender, "one", sms) as delivery:
        await until(lambda: bool(sender.shown) and delivery.idle)

    assert sender.shown == [("7", "a code was sent")]
    assert sms.shown == []
