"""Delivery: leases, the order within a chat, and what became of what was sent."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from storage import conversations, deliveries, messages, receipts
from storage.database import Database
from storage.deliveries import TOO_LATE, Leased, Settled
from storage.messages import OutgoingDraft
from storage.receipts import Receipt
from storage.shares import Room
from storage.tables import delivery
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.plans import counted
from tests.integration.rows import add_territory

CHANNEL = "telegram"
LATER = START + timedelta(minutes=1)
MUCH_LATER = START + timedelta(hours=1)


def say(chat: str, *texts: str, **values: object) -> Callable[[Transaction], list[int]]:
    def work(tx: Transaction) -> list[int]:
        entered = conversations.enter(tx, CHANNEL, chat)
        drafts = [OutgoingDraft("send", "screen", text, text.encode(), **values) for text in texts]  # type: ignore[arg-type]  # by name
        return messages.log_outgoing(tx, entered.conversation_id, CHANNEL, drafts, START)

    return work


async def lease(
    database: Database, worker: str = "first", at: datetime = START, limit: int = 10
) -> list[Leased]:
    until = at + timedelta(seconds=30)
    rooms = {CHANNEL: Room(limit, limit)}
    found = await database.write(lambda tx: deliveries.lease_due(tx, rooms, worker, at, until))
    return found.leased


def payloads(leased: list[Leased]) -> list[bytes]:
    return [each.payload for each in leased]


async def settle(database: Database, *outcomes: Settled) -> None:
    await database.write(lambda tx: deliveries.settle(tx, outcomes))


async def states(database: Database) -> list[str]:
    asked = select(delivery.c.state).order_by(delivery.c.message_id)
    return list(await database.read(lambda tx: tx.conn.execute(asked).scalars().all()))


async def test_what_is_due_is_leased_with_all_that_sending_needs(database: Database) -> None:
    [message_id] = await database.write(say("chat 1", "hello", personal=True))

    [leased] = await lease(database)

    assert leased == Leased(
        message_id=message_id,
        conversation_id=leased.conversation_id,
        contact_id=leased.contact_id,
        channel=CHANNEL,
        address="chat 1",
        operation="send",
        target_external_id=None,
        kind="screen",
        dedup_key=leased.dedup_key,
        tries=0,
        due_at=START,
        urgency=0,
        notice_id=None,
        account_of=None,
        lease_until=START + timedelta(seconds=30),
        waited=timedelta(0),
        useful_for=None,
        payload=b"hello",
    )


async def test_what_is_leased_is_not_leased_again(database: Database) -> None:
    await database.write(say("chat 1", "hello"))
    await lease(database)

    assert await lease(database, "second") == []


async def test_a_lease_that_has_ended_gives_its_message_back(database: Database) -> None:
    await database.write(say("chat 1", "hello"))
    await lease(database)

    just_before = await lease(database, "second", START + timedelta(seconds=29.999))
    at_its_end = await lease(database, "second", START + timedelta(seconds=30))

    assert payloads(just_before) == []
    assert payloads(at_its_end) == [b"hello"]


async def test_many_workers_never_lease_the_same_message(database: Database) -> None:
    for number in range(40):
        await database.write(say(f"chat {number}", f"{number}"))

    leased = await asyncio.gather(*(lease(database, f"worker {number}") for number in range(8)))

    taken = [each.message_id for batch in leased for each in batch]
    assert len(taken) == len(set(taken))
    assert len(taken) + len(await lease(database, "rest", limit=100)) == 40


async def test_only_one_message_of_a_chat_is_on_its_way(database: Database) -> None:
    await database.write(say("chat 1", "one", "two"))
    await database.write(say("chat 2", "other"))

    leased = await lease(database)

    assert payloads(leased) == [b"one", b"other"]
    assert await lease(database, "second") == []


async def test_the_next_of_a_chat_follows_when_the_first_is_settled(database: Database) -> None:
    await database.write(say("chat 1", "one", "two"))
    [first] = await lease(database)

    await settle(database, Settled.sent(first.message_id, "first", START, "55"))

    assert payloads(await lease(database)) == [b"two"]


async def test_a_message_that_waits_for_another_try_is_not_overtaken(database: Database) -> None:
    await database.write(say("chat 1", "one", "two"))
    [first] = await lease(database)

    await settle(database, Settled.retry(first.message_id, "first", LATER, "flood"))

    assert await lease(database) == []
    assert payloads(await lease(database, at=LATER)) == [b"one"]


async def test_a_reminder_for_later_holds_nothing_back(database: Database) -> None:
    await database.write(say("chat 1", "reminder", due_at=MUCH_LATER))
    await database.write(say("chat 1", "answer"))

    assert payloads(await lease(database)) == [b"answer"]


async def test_nothing_is_leased_before_it_is_due(database: Database) -> None:
    await database.write(say("chat 1", "reminder", due_at=LATER))

    assert await lease(database, at=LATER - timedelta(microseconds=1)) == []
    assert payloads(await lease(database, at=LATER)) == [b"reminder"]


async def test_the_urgent_goes_first(database: Database) -> None:
    await database.write(say("chat 1", "digest", urgency=5))
    await database.write(say("chat 2", "answer", urgency=0))

    assert payloads(await lease(database, limit=1)) == [b"answer"]


async def test_a_turn_may_lease_what_it_writes(database: Database) -> None:
    until = START + timedelta(seconds=30)
    [message_id] = await database.write(say("chat 1", "answer", lease_until=until, leased_by="turn"))

    assert await lease(database) == []
    await settle(database, Settled.sent(message_id, "turn", START, "55"))
    assert await states(database) == ["sent"]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (lambda message_id: Settled.sent(message_id, "first", START, "55"), "sent"),
        (lambda message_id: Settled.delivered(message_id, "first", START, None), "delivered"),
        (lambda message_id: Settled.retry(message_id, "first", LATER, "flood"), "pending"),
        (lambda message_id: Settled.failed(message_id, "first", "blocked"), "failed"),
        (lambda message_id: Settled.given_up(message_id, "first", "too often"), "given_up"),
    ],
)
async def test_a_settled_message_gives_its_lease_back(
    database: Database, outcome: Callable[[int], Settled], state: str
) -> None:
    await database.write(say("chat 1", "hello"))
    [leased] = await lease(database)

    await settle(database, outcome(leased.message_id))

    columns = (delivery.c.state, delivery.c.tries, delivery.c.leased_by, delivery.c.lease_until)
    row = await database.read(lambda tx: tx.conn.execute(select(*columns)).one())
    assert tuple(row) == (state, 1, None, None)


async def test_who_has_lost_the_lease_settles_nothing(database: Database) -> None:
    await database.write(say("chat 1", "hello"))
    [leased] = await lease(database, "slow")
    await lease(database, "second", LATER)

    await settle(database, Settled.failed(leased.message_id, "slow", "late"))

    assert await states(database) == ["pending"]


async def test_what_was_settled_is_not_settled_again(database: Database) -> None:
    await database.write(say("chat 1", "hello"))
    [leased] = await lease(database)
    await settle(database, Settled.sent(leased.message_id, "first", START, "55"))

    await settle(database, Settled.failed(leased.message_id, "first", "late"))

    assert await states(database) == ["sent"]


async def test_many_are_settled_at_once(database: Database) -> None:
    for number in range(3):
        await database.write(say(f"chat {number}", f"{number}"))
    one, two, three = await lease(database)

    await settle(
        database,
        Settled.failed(three.message_id, "first", "blocked"),
        Settled.sent(one.message_id, "first", START, "55"),
        Settled.retry(two.message_id, "first", LATER, "flood"),
    )

    assert await states(database) == ["sent", "pending", "failed"]
    sent_as = await database.read(lambda tx: deliveries.external_id(tx, one.message_id))
    assert sent_as == "55"


async def test_a_receipt_never_takes_back_a_stronger_one(database: Database) -> None:
    await database.write(say("chat 1", "hello"))
    [leased] = await lease(database)
    await settle(database, Settled.sent(leased.message_id, "first", START, "wamid.1"))

    def receive(tx: Transaction) -> list[bool]:
        said: tuple[Receipt, ...] = ("read", "delivered", "read", "failed")
        return [receipts.receive(tx, CHANNEL, "wamid.1", each, START) for each in said]

    changed = await database.write(receive)

    assert changed == [True, False, False, False]
    assert await states(database) == ["read"]


async def test_a_receipt_for_an_unknown_message_changes_nothing(database: Database) -> None:
    received = await database.write(lambda tx: receipts.receive(tx, CHANNEL, "wamid.9", "delivered", START))

    assert not received


def move_to(chat: str, territory_id: int) -> Callable[[Transaction], None]:
    def work(tx: Transaction) -> None:
        conversations.update_contact(
            tx, conversations.enter(tx, CHANNEL, chat).contact_id, territory_id=territory_id
        )

    return work


async def test_a_territory_with_very_many_messages_does_not_hold_up_the_few_of_another(
    database: Database,
) -> None:
    great, small = await database.write(lambda tx: (add_territory(tx, "great"), add_territory(tx, "small")))
    for number in range(30):
        await database.write(move_to(f"great {number}", great))
        await database.write(say(f"great {number}", f"great {number}"))
    for number in range(3):
        await database.write(move_to(f"small {number}", small))
        await database.write(say(f"small {number}", f"small {number}"))
    await database.write(say("nowhere", "nowhere"))

    first = payloads(await lease(database, limit=9))
    rest = payloads(await lease(database, limit=100))

    assert sorted(first) == sorted(
        [*(f"great {number}".encode() for number in range(5)), b"nowhere"]
        + [f"small {number}".encode() for number in range(3)]
    )
    assert rest == [f"great {number}".encode() for number in range(5, 30)]


async def test_a_share_that_was_served_last_is_not_served_first_again(database: Database) -> None:
    ids = await database.write(lambda tx: [add_territory(tx, code) for code in ("a", "b", "c")])
    for territory_id in ids:
        for number in range(2):
            await database.write(move_to(f"{territory_id} {number}", territory_id))
            await database.write(say(f"{territory_id} {number}", f"{territory_id}"))

    served: Mapping[str, int] = {}
    order = []
    for _ in range(6):
        rooms = {CHANNEL: Room(1, 1)}
        found = await database.write(
            partial(
                deliveries.lease_due,
                rooms=rooms,
                worker="w",
                now_real=START,
                lease_until=LATER,
                served=served,
            )
        )
        served = found.served
        order += [int(each.payload) for each in found.leased]

    assert sorted(order[:3]) == sorted(order[3:]) == sorted(ids)


async def test_in_a_chat_the_more_urgent_overtakes_what_has_not_been_sent_yet(database: Database) -> None:
    await database.write(say("chat 1", "digest", urgency=3))
    await database.write(say("chat 1", "critical", urgency=1))

    assert payloads(await lease(database)) == [b"critical"]


async def test_nobody_waits_for_a_digest_when_a_turn_answers(database: Database) -> None:
    await database.write(say("chat 1", "digest", urgency=3))
    digest_alone = await database.write(lambda tx: conversations.enter(tx, CHANNEL, "chat 1").waiting)
    await database.write(say("chat 1", "answer"))
    answer_too = await database.write(lambda tx: conversations.enter(tx, CHANNEL, "chat 1").waiting)

    assert (digest_alone, answer_too) == (False, True)


async def test_what_is_past_its_last_useful_moment_is_given_up_and_the_reason_written_down(
    database: Database, clock: SetClock
) -> None:
    until = clock.at + timedelta(minutes=2)
    await database.write(say("chat 1", "two minutes left", useful_until=until))
    await database.write(say("chat 2", "stays of use"))

    clock.advance(timedelta(minutes=2) - timedelta(microseconds=1))
    rooms = {CHANNEL: Room(10, 10)}
    before = await database.write(lambda tx: deliveries.lease_due(tx, rooms, "w", START, START))
    clock.advance(timedelta(microseconds=1))
    after = await database.write(lambda tx: deliveries.lease_due(tx, rooms, "w", START, START))

    assert (len(before.leased), before.lost) == (2, [])
    assert before.leased[0].useful_for == timedelta(microseconds=1)
    assert (payloads(after.leased), [each.error for each in after.lost]) == ([b"stays of use"], [TOO_LATE])
    asked = select(delivery.c.state, delivery.c.error).order_by(delivery.c.message_id)
    rows = await database.read(lambda tx: [tuple(row) for row in tx.conn.execute(asked)])
    assert rows == [("given_up", "too late"), ("pending", None)]


async def test_looking_where_nothing_waits_is_one_question_however_many_channels_there_are(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = {channel: Room(10, 10) for channel in ("telegram", "whatsapp", "web", "sms", "email")}
    await database.write(say("chat 1", "hello"))

    with counted(monkeypatch) as asked:
        first = await database.write(lambda tx: deliveries.lease_due(tx, rooms, "w", START, LATER))
    of_one = [each for each in asked if "delivery" in each]
    await settle(database, *(Settled.sent(each.message_id, "w", START, "1") for each in first.leased))
    with counted(monkeypatch) as asked:
        second = await database.write(lambda tx: deliveries.lease_due(tx, rooms, "w", START, LATER))
    of_none = [each for each in asked if "delivery" in each]

    assert (payloads(first.leased), second.leased) == ([b"hello"], [])
    assert (len(of_one), len(of_none)) == (6, 1)


async def test_what_is_put_back_costs_no_try_and_is_anybodys(database: Database) -> None:
    await database.write(say("chat 1", "hello"))
    [leased] = await lease(database)

    await settle(database, Settled.put_back(leased.message_id, "first"))

    [again] = await lease(database, "second")
    assert (again.message_id, again.tries, again.due_at) == (leased.message_id, 0, leased.due_at)
