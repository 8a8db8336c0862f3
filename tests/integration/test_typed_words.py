"""The index of what persons write: filled from the log, late numbers too, once, and emptied by an erasure."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update

from bot.indexing import fill_index
from domain.search_words import sought_in
from storage import wiping
from storage.centre import typed_words
from storage.centre.typed_search import Found, Sought, search
from storage.database import Database
from storage.tables import message, typed, typed_mark
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.chats import a_chat
from tests.integration.plans import plans


def says(tx: Transaction, chat: int, text: str, at: datetime = START, **columns: Any) -> int:
    """A parent writes something; its number."""
    row = {"conversation_id": chat, "direction": "in", "at": at, "channel": "telegram", "kind": "text"}
    added = insert(message).values(**row | {"text": text} | columns).returning(message.c.id)
    number: int = tx.conn.execute(added).scalar_one()
    return number


async def say(database: Database, chat: int, *texts: str, at: datetime = START, **columns: Any) -> list[int]:
    return await database.write(lambda tx: [says(tx, chat, each, at, **columns) for each in texts])


async def found(database: Database, *words: str, **sought: Any) -> list[int]:
    """The numbers of the messages with these words, the newest first."""
    page = await look(database, " ".join(words), **sought)
    return [each.message_id for each in page.hits]


async def look(database: Database, typed: str, limit: int = 50, **sought: Any) -> Found:
    return await database.read(
        lambda tx: search(tx, Sought(sought_in(typed), sought.pop("within", ()), **sought), limit)
    )


@pytest.fixture
async def chat(database: Database) -> int:
    """A conversation of nobody's."""
    return await database.write(lambda tx: a_chat(tx, None))


async def test_what_persons_write_is_found_and_nothing_else(database: Database, chat: int) -> None:
    [asked] = await say(database, chat, "Балабақшаға кезек қашан?")
    [answered] = await say(database, chat, "балабақша дүйсенбіде", direction="out", kind="operator")
    for kind, direction in (("screen", "out"), ("press", "in"), ("errand", "in"), ("notice", "out")):
        await say(database, chat, "балабақша", direction=direction, kind=kind)
    await say(database, chat, "/балабақша", "/check балабақша")

    assert await fill_index(database) == 2

    assert await found(database, "балабакша") == [answered, asked]
    assert await found(database, "балабақша", by=typed_words.BY_PARENT) == [asked]
    assert await found(database, "балабақша", by=typed_words.BY_STAFF) == [answered]
    assert await found(database, "балабақша", "қашан") == [asked]
    assert await found(database, "жолдама") == []


async def test_a_message_without_a_word_is_no_trouble(database: Database, chat: int) -> None:
    await say(database, chat, "👍", "'", '"); --', "••••••")

    assert await fill_index(database) == 4
    assert await found(database, "кезек") == []
    assert await fill_index(database) == 0


async def test_all_of_a_long_log_is_taken_in_and_nothing_twice(database: Database, chat: int) -> None:
    many = 2 * typed_words.SOME + 7
    await say(database, chat, *["бір"] * many)

    assert await fill_index(database) == many
    assert await fill_index(database) == 0
    assert (
        await database.read(lambda tx: tx.conn.execute(select(func.count()).select_from(typed)).scalar())
        == many
    )


async def test_a_number_that_comes_to_light_later_is_taken_in(
    database: Database, chat: int, clock: SetClock
) -> None:
    [late, early] = await say(database, chat, "кейін", "бұрын")
    await database.write(partial(hide, late))
    await fill_index(database)
    clock.advance(typed_words.SETTLED - timedelta(seconds=1))
    await fill_index(database)

    await database.write(partial(show, late))

    assert await fill_index(database) == 1
    assert await found(database, "кейін") == [late]
    assert await found(database, "бұрын") == [early]


async def test_what_is_settled_is_not_gone_through_again(
    database: Database, chat: int, clock: SetClock
) -> None:
    numbers = await say(database, chat, "бір", "екі")
    await fill_index(database)
    before = await mark(database)
    clock.advance(typed_words.SETTLED)

    await fill_index(database)

    assert before == 0
    assert await mark(database) == numbers[-1]
    assert not await database.read(typed_words.has_news)


async def test_a_look_at_a_log_without_news_reads_none_of_it(database: Database, chat: int) -> None:
    await say(database, chat, *["бір"] * 300)
    await fill_index(database)

    def work(tx: Transaction) -> str:
        if tx.dialect == "postgresql":
            tx.conn.execute(text("ANALYZE message"))
        [plan] = plans(tx, typed_words.has_news)
        return plan

    plan = await database.write(work)

    by_its_end = {"postgresql": "Scan Backward using pk_message", "sqlite": "SEARCH message"}
    assert by_its_end[database.dialect] in plan
    assert not any(scan in plan for scan in ("Seq Scan on message", "SCAN message"))


async def test_two_who_fill_it_at_once_take_everything_in_once(database: Database, chat: int) -> None:
    await say(database, chat, *["бір"] * 300)

    taken = await asyncio.gather(*(fill_index(database) for _ in range(4)))

    assert sum(taken) == 300
    assert len(await found(database, "бір", limit=400)) == 300


async def test_an_erased_conversation_is_found_by_no_word(database: Database, chat: int) -> None:
    gone = await say(database, chat, "құпия", "сөз құпия")
    other = await database.write(lambda tx: a_chat(tx, None, address="1002"))
    [kept] = await say(database, other, "құпия емес")
    await fill_index(database)

    await database.write(lambda tx: wiping.wipe_said(tx, chat, 0, gone[-1]))

    assert await found(database, "құпия") == [kept]
    assert await fill_index(database) == 0
    assert await found(database, "құпия") == [kept]


async def test_whoever_empties_messages_waits_for_whoever_takes_them_in(postgres: Database) -> None:
    chat = await postgres.write(lambda tx: a_chat(tx, None))
    [secret] = await say(postgres, chat, "құпия")
    filled = asyncio.Event()
    loop = asyncio.get_running_loop()

    def fills_slowly(tx: Transaction) -> None:
        typed_words.fill_some(tx)
        loop.call_soon(filled.set)
        tx.conn.exec_driver_sql("SELECT pg_sleep(0.3)")

    filling = asyncio.create_task(postgres.write(fills_slowly))
    await filled.wait()
    await postgres.write(lambda tx: wiping.wipe_said(tx, chat, 0, secret))
    await filling

    assert await found(postgres, "құпия") == []


def hide(number: int, tx: Transaction) -> None:
    """As if the turn of this message had not been committed yet."""
    tx.conn.execute(update(message).where(message.c.id == number).values(kind="uncommitted"))


def show(number: int, tx: Transaction) -> None:
    tx.conn.execute(update(message).where(message.c.id == number).values(kind="text"))


async def mark(database: Database) -> int:
    return await database.read(lambda tx: tx.conn.execute(select(typed_mark.c.up_to)).scalar_one())
