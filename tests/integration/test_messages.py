"""The log: what came in, once; what goes out; and reading it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import conversations, messages
from storage.database import Database
from storage.message_history import conversation_of
from storage.messages import OutgoingDraft, StoredMessage
from storage.tables import delivery, message
from storage.transaction import Transaction
from tests.fakes.clock import START

CHANNEL = "telegram"


def draft(text: str, **values: object) -> OutgoingDraft:
    return OutgoingDraft("send", "screen", text, f'{{"text":"{text}"}}'.encode(), **values)  # type: ignore[arg-type]  # by name


def come_in(tx: Transaction, external_id: str = "update 1", text: str = "391") -> int | None:
    entered = conversations.enter(tx, CHANNEL, "1")
    return messages.log_incoming(tx, entered.conversation_id, CHANNEL, external_id, "text", text, tx.now)


def go_out(tx: Transaction, *drafts: OutgoingDraft) -> list[int]:
    entered = conversations.enter(tx, CHANNEL, "1")
    return messages.log_outgoing(tx, entered.conversation_id, CHANNEL, drafts, tx.now)


def log(tx: Transaction, **range_: int) -> list[StoredMessage]:
    conversation_id = conversation_of(tx, CHANNEL, "1")
    assert conversation_id is not None
    return messages.history(tx, conversation_id, opened=True, **range_)


async def test_a_message_is_logged_once(database: Database) -> None:
    first = await database.write(come_in)

    second = await database.write(come_in)

    assert isinstance(first, int)
    assert second is None
    assert [each.id for each in await database.read(log)] == [first]


async def test_a_message_that_comes_many_times_at_once_is_logged_once(database: Database) -> None:
    logged = await asyncio.gather(*(database.write(come_in) for _ in range(8)))

    assert sorted(each is None for each in logged) == [False] + [True] * 7


async def test_the_same_id_of_another_channel_is_another_message(database: Database) -> None:
    await database.write(come_in)

    def elsewhere(tx: Transaction) -> int | None:
        entered = conversations.enter(tx, "webchat", "1")
        return messages.log_incoming(
            tx, entered.conversation_id, "webchat", "update 1", "text", "391", tx.now
        )

    assert await database.write(elsewhere) is not None


async def test_a_duplicate_finds_what_came_first_and_its_answers(database: Database) -> None:
    def turn(tx: Transaction) -> tuple[int | None, list[int]]:
        incoming = come_in(tx)
        return incoming, go_out(tx, draft("one", answers=incoming), draft("two", answers=incoming))

    incoming, outgoing = await database.write(turn)
    await database.write(lambda tx: go_out(tx, draft("unasked")))

    assert await database.read(lambda tx: messages.find_incoming(tx, CHANNEL, "update 1")) == incoming
    answers = await database.read(lambda tx: messages.answers_to(tx, CHANNEL, "update 1"))
    assert [(each.id, each.text, each.answers) for each in answers] == [
        (outgoing[0], "one", incoming),
        (outgoing[1], "two", incoming),
    ]


async def test_what_never_came_is_not_found(database: Database) -> None:
    assert await database.read(lambda tx: messages.find_incoming(tx, CHANNEL, "update 9")) is None
    assert await database.read(lambda tx: messages.answers_to(tx, CHANNEL, "update 9")) == []


@pytest.mark.parametrize("count", [0, 1, 2, 30])
async def test_what_goes_out_keeps_its_order(database: Database, count: int) -> None:
    texts = [f"message {number}" for number in range(count)]
    await database.write(come_in)

    ids = await database.write(lambda tx: go_out(tx, *map(draft, texts)))

    outgoing = [each for each in await database.read(log) if each.direction == "out"]
    assert [each.id for each in outgoing] == ids == sorted(ids)
    assert [(each.text, each.payload) for each in outgoing] == [
        (text, f'{{"text":"{text}"}}'.encode()) for text in texts
    ]


@pytest.mark.parametrize("count", [1, 2])
async def test_a_draft_is_written_down_whole(database: Database, count: int) -> None:
    due, until = START + timedelta(hours=1), START + timedelta(minutes=1)
    written = OutgoingDraft(
        "edit",
        "screen",
        "words",
        b"payload",
        target_external_id="55",
        cause="turn",
        due_at=due,
        urgency=3,
        lease_until=until,
        leased_by="worker",
    )
    await database.write(lambda tx: go_out(tx, *[written] * count))

    rows = await database.read(lambda tx: tx.conn.execute(select(delivery)).mappings().all())

    expected = {
        "channel": CHANNEL,
        "operation": "edit",
        "target_external_id": "55",
        "state": "pending",
        "due_at": due,
        "urgency": 3,
        "lease_until": until,
        "leased_by": "worker",
        "tries": 0,
        "external_id": None,
    }
    assert [{name: row[name] for name in expected} for row in rows] == [expected] * count


@pytest.mark.parametrize("count", [1, 2])
async def test_a_personal_payload_lies_sealed_in_the_log(database: Database, count: int) -> None:
    await database.write(lambda tx: go_out(tx, *[draft("a name", personal=True)] * count))

    rows = await database.read(lambda tx: tx.conn.execute(select(message)).mappings().all())
    opened = await database.read(log)

    assert [row["payload"] for row in rows] == [None] * count
    assert [b"a name" in row["sealed"] for row in rows] == [False] * count
    assert [(each.payload, each.personal) for each in opened] == [(b'{"text":"a name"}', True)] * count


async def test_history_keeps_sealed_what_is_not_asked_for(database: Database) -> None:
    await database.write(lambda tx: go_out(tx, draft("a name", personal=True), draft("plain")))

    def read(tx: Transaction) -> list[StoredMessage]:
        return messages.history(tx, conversation_of(tx, CHANNEL, "1") or 0)

    assert [each.payload for each in await database.read(read)] == [None, b'{"text":"plain"}']


async def test_history_is_read_page_by_page_in_both_directions(database: Database) -> None:
    ids = await database.write(lambda tx: go_out(tx, *(draft(str(number)) for number in range(10))))

    async def page(**range_: int) -> list[int]:
        return [each.id for each in await database.read(lambda tx: log(tx, limit=3, **range_))]

    assert await page() == ids[7:]
    assert await page(before_id=ids[7]) == ids[4:7]
    assert await page(after_id=ids[0]) == ids[1:4]
    assert await page(before_id=ids[0]) == []
    assert await page(after_id=ids[9]) == []


async def test_the_history_of_one_is_not_that_of_another(database: Database) -> None:
    await database.write(lambda tx: go_out(tx, draft("to the first")))
    other = await database.write(lambda tx: conversations.enter(tx, CHANNEL, "2").conversation_id)

    assert await database.read(lambda tx: messages.history(tx, other)) == []
