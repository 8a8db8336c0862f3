"""Dead letters: seen, and sent again."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from bot.clock import real_now
from storage import deliveries, letters
from storage.database import Database
from storage.deliveries import TOO_LATE, Settled
from storage.letters import Heap
from storage.shares import Room
from storage.tables import delivery, message
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.delivering import RememberingSender, delivering, say, until

LONG_AGO = START - timedelta(days=30)


async def lose(database: Database, chat: str, state: str, reason: str) -> int:
    """A message to a chat that did not arrive; its id."""
    posted = await database.write(partial(say, chat=chat, texts=(f"to {chat}",), worker="one"))
    lost = Settled.failed if state == "failed" else Settled.given_up
    outcome = lost(posted[0].message_id, "one", reason)
    await database.write(lambda tx: deliveries.settle(tx, [outcome]))
    return posted[0].message_id


async def test_what_did_not_arrive_is_counted_by_its_reason(database: Database) -> None:
    for chat in ("1", "2"):
        await lose(database, chat, "failed", "400 Bad Request")
    await lose(database, "3", "given_up", "TimeoutError")

    found = await database.read(partial(letters.heaps, since=LONG_AGO))
    later = await database.read(partial(letters.heaps, since=START + timedelta(microseconds=1)))

    assert found == [
        Heap("telegram", "failed", "400 Bad Request", 2, START, START),
        Heap("telegram", "given_up", "TimeoutError", 1, START, START),
    ]
    assert later == []


async def test_those_of_a_reason_are_sent_again_in_their_order_and_once(database: Database) -> None:
    await lose(database, "1", "given_up", "502 Bad Gateway")
    await lose(database, "2", "failed", "400 Bad Request")
    await lose(database, "3", "given_up", "502 Bad_Gateway")
    sender = RememberingSender()

    again = partial(letters.send_again, now_real=real_now(), since=LONG_AGO, reason="502")
    numbers = [await database.write(again) for _ in range(2)]
    async with delivering(database, sender, "two") as worker:
        await until(lambda: len(sender.shown) == 2 and worker.idle)

    assert numbers == [2, 0]
    assert sender.shown == [("1", "to 1"), ("3", "to 3")]
    [left] = await database.read(partial(letters.heaps, since=LONG_AGO))
    assert left.reason == "400 Bad Request"


async def test_a_channel_can_be_chosen(database: Database) -> None:
    await lose(database, "1", "failed", "x")

    again = partial(letters.send_again, now_real=real_now(), since=LONG_AGO)

    assert await database.write(partial(again, channel="sms")) == 0
    assert await database.write(partial(again, channel="telegram")) == 1


async def test_what_came_too_late_or_was_forgotten_is_not_sent_again(database: Database) -> None:
    await lose(database, "1", "given_up", TOO_LATE)
    forgotten = await lose(database, "2", "failed", "x")
    emptied = update(message).where(message.c.id == forgotten).values(payload=None)
    await database.write(lambda tx: tx.conn.execute(emptied).rowcount)

    again = partial(letters.send_again, now_real=real_now(), since=LONG_AGO)

    assert await database.write(again) == 0


async def test_what_is_sent_again_has_all_its_tries_before_it(database: Database) -> None:
    await lose(database, "1", "given_up", "x")
    await database.write(partial(letters.send_again, now_real=real_now(), since=LONG_AGO))

    def lease(tx: Transaction) -> deliveries.Found:
        soon = real_now() + timedelta(seconds=1)
        return deliveries.lease_due(tx, {"telegram": Room(9, 9)}, "two", soon, soon + timedelta(minutes=1))

    found = await database.write(lease)

    assert [each.tries for each in found.leased] == [0]
    assert await database.read(lambda tx: tx.conn.execute(select(delivery.c.error)).scalar()) is None


async def test_what_is_lost_once_more_while_others_are_sent_again_is_not_sent_a_third_time(
    database: Database,
) -> None:
    lost = await lose(database, "1", "failed", "400 Bad Request")
    again = partial(letters.send_again, now_real=real_now(), since=LONG_AGO)
    assert await database.write(again) == 1

    leased = update(delivery).where(delivery.c.message_id == lost).values(leased_by="one")
    await database.write(lambda tx: tx.conn.execute(leased).rowcount)
    await database.write(lambda tx: deliveries.settle(tx, [Settled.failed(lost, "one", "400 Bad Request")]))

    assert await database.write(again) == 0
    assert await database.write(partial(again, now_real=real_now())) == 1


@pytest.mark.parametrize(("state", "number"), [("pending", 0), ("sent", 0), ("delivered", 0), ("failed", 2)])
async def test_who_was_told_by_another_way_is_not_told_twice(
    database: Database, state: str, number: int
) -> None:
    def told_twice(tx: Transaction) -> None:
        say(tx, "1", ("by Telegram",), None, notice_id=7)
        say(tx, "1", ("by SMS",), None, channel="sms", notice_id=7)
        of_channel = delivery.c.channel == "sms"
        tx.conn.execute(update(delivery).where(~of_channel).values(state="failed"))
        tx.conn.execute(update(delivery).where(of_channel).values(state=state))

    await database.write(told_twice)

    again = partial(letters.send_again, now_real=real_now(), since=LONG_AGO)

    assert await database.write(again) == number
