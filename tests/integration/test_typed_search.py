"""Looking for words: page by page, in reach, between dates; PostgreSQL asks the index for what is rare."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from bot.indexing import fill_index
from domain.search_words import sought_in
from storage.centre import typed_search
from storage.centre.typed_search import Found, Sought, search
from storage.database import Database
from storage.tables import message
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.chats import a_chat
from tests.integration.plans import asked_by, plan_for_any, plan_of, steps
from tests.integration.rows import add_territory

MINUTE = timedelta(minutes=1)


async def said(database: Database, chat: int, *texts: str, since: datetime = START) -> list[int]:
    """Texts of a parent, a minute after each other, in the index; their numbers."""

    def work(tx: Transaction) -> list[int]:
        row = {"conversation_id": chat, "direction": "in", "channel": "telegram", "kind": "text"}
        rows = [row | {"text": each, "at": since + MINUTE * number} for number, each in enumerate(texts)]
        add = insert(message).returning(message.c.id, sort_by_parameter_order=True)
        return list(tx.conn.execute(add, rows).scalars())

    numbers = await database.write(work)
    await fill_index(database)
    return numbers


async def look(database: Database, typed: str, limit: int = 50, **sought: Any) -> Found:
    within = sought.pop("within", ())
    return await database.read(lambda tx: search(tx, Sought(sought_in(typed), within, **sought), limit))


async def through(database: Database, typed: str, limit: int, **sought: Any) -> list[list[int]]:
    """All the pages, as somebody goes through them."""
    pages: list[list[int]] = []
    before = None
    while True:
        page = await look(database, typed, limit, before=before, **sought)
        pages.append([each.message_id for each in page.hits])
        before = page.before
        if before is None:
            return pages


@pytest.fixture
async def chat(database: Database) -> int:
    """A conversation of nobody's."""
    return await database.write(lambda tx: a_chat(tx, None))


async def test_pages_follow_each_other_without_a_gap(database: Database, chat: int) -> None:
    numbers = await said(database, chat, *["жолдама"] * 7)

    pages = await through(database, "жолдама", 3)

    assert pages == [numbers[6:3:-1], numbers[3:0:-1], numbers[:1]]


async def test_a_page_that_is_just_full_is_the_last(database: Database, chat: int) -> None:
    await said(database, chat, *["жолдама"] * 3)

    assert (await look(database, "жолдама", 3)).before is None


async def test_a_hit_says_where_when_and_by_whom(database: Database) -> None:
    city = await database.write(lambda tx: add_territory(tx))
    chat = await database.write(lambda tx: a_chat(tx, None, territory_id=city))
    [number] = await said(database, chat, "Жолдама <b>қайда</b>?")

    [hit] = (await look(database, "жолдама", within=[city])).hits

    assert hit == typed_search.Hit(number, chat, START, "parent", "telegram", city, "Жолдама <b>қайда</b>?")


async def test_only_what_is_in_reach_is_found(database: Database) -> None:
    def three_chats(tx: Transaction) -> tuple[int, int, list[int]]:
        one, other = add_territory(tx, "one"), add_territory(tx, "other")
        chats = [a_chat(tx, None, address=str(each), territory_id=each) for each in (one, other)]
        return one, other, [*chats, a_chat(tx, None, address="nowhere")]

    one, other, chats = await database.write(three_chats)
    [in_one], [in_other], [nowhere] = [await said(database, each, "жолдама") for each in chats]

    assert await through(database, "жолдама", 9, within=[one]) == [[nowhere, in_one]]
    assert await through(database, "жолдама", 9, within=[one], nowhere=False) == [[in_one]]
    assert await through(database, "жолдама", 9, within=[one, other]) == [[nowhere, in_other, in_one]]
    assert await through(database, "жолдама", 9, within=[], nowhere=False) == [[]]


async def test_dates_are_kept_to_the_second(database: Database, chat: int) -> None:
    day = timedelta(days=1)
    before, first = await said(database, chat, "жолдама", "жолдама", since=START - MINUTE)
    [last] = await said(database, chat, "жолдама", since=START + day - timedelta(seconds=1))
    [after] = await said(database, chat, "жолдама", since=START + day)

    assert await through(database, "жолдама", 9, since=START, until=START + day) == [[last, first]]
    assert await through(database, "жолдама", 9, since=START + day) == [[after]]
    assert await through(database, "жолдама", 9, until=START) == [[before]]
    assert await through(database, "жолдама", 1, since=START - MINUTE, until=START + day) == [
        [last],
        [first],
        [before],
    ]


async def test_numbers_in_another_order_than_the_times_are_found_between_dates(
    database: Database, chat: int
) -> None:
    [later] = await said(database, chat, "жолдама", since=START + timedelta(seconds=2))
    [earlier] = await said(database, chat, "жолдама", since=START)

    assert later < earlier
    assert await through(database, "жолдама", 9, until=START + timedelta(seconds=1)) == [[earlier]]
    assert await through(database, "жолдама", 9, since=START + timedelta(seconds=1)) == [[later]]


@pytest.mark.parametrize("word", ["жолдама", "жол", "в", "12"])
async def test_the_same_is_found_however_far_is_gone_through(
    database: Database, chat: int, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["жолдама 12" if number % 5 == 0 else "в очереди" for number in range(40)]
    numbers = await said(database, chat, *texts)
    fits = [
        number
        for number, each in zip(numbers, texts, strict=True)
        if any(part.startswith(word) for part in each.split())
    ]
    found = []
    for newest, frequent, most in ((4, 50, 50), (4, 0, 50), (4, 50, 2), (4000, 50, 5000)):
        monkeypatch.setattr(typed_search, "NEWEST", newest)
        monkeypatch.setattr(typed_search, "FURTHER", 6)
        monkeypatch.setattr(typed_search, "FREQUENT", frequent)
        monkeypatch.setattr(typed_search, "MOST_HITS", most)
        pages = await through(database, word, 3)
        found.append([number for page in pages for number in page])

    assert found == [sorted(fits, reverse=True)] * 4


async def test_what_takes_too_long_says_how_far_it_got(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_search, "NEWEST", 3)
    monkeypatch.setattr(typed_search, "FURTHER", 4)
    monkeypatch.setattr(typed_search, "FREQUENT", 0)
    small = await postgres.write(lambda tx: add_territory(tx))
    here = await postgres.write(lambda tx: a_chat(tx, None, territory_id=small))
    elsewhere = await postgres.write(lambda tx: a_chat(tx, None, address="1002"))
    [old] = await said(postgres, here, "жолдама")
    await said(postgres, elsewhere, *["жолдама"] * 9, since=START + MINUTE)

    first = await look(postgres, "жолдама", within=[small], nowhere=False)
    second = await look(postgres, "жолдама", within=[small], nowhere=False, before=first.before)

    assert (first.hits, first.looked_to) == ([], START + 3 * MINUTE)
    assert ([each.message_id for each in second.hits], second.looked_to) == ([old], None)


async def test_a_rare_word_is_asked_of_the_index_and_a_frequent_one_is_not(postgres: Database) -> None:
    chat = await postgres.write(lambda tx: a_chat(tx, None))
    await postgres.write(lambda tx: many_messages(tx, chat))
    await fill_index_at_once(postgres)

    rare, rare_plans = await explained(postgres, "сирек")
    frequent, frequent_plans = await explained(postgres, "балабақша")

    assert len(rare.hits) == 1
    assert any("Bitmap Index Scan on ix_typed_words" in plan for plan in rare_plans)
    assert not any("Seq Scan on typed" in plan for plan in (*rare_plans, *frequent_plans))
    assert len(frequent.hits) == 50
    assert not any("ix_typed_words" in plan for plan in frequent_plans)
    assert all("Index Scan Backward using pk_typed" in plan for plan in frequent_plans)


async def test_only_the_conversations_of_what_was_found_are_looked_at(postgres: Database) -> None:
    chat = await postgres.write(lambda tx: a_chat(tx, None))
    await postgres.write(lambda tx: many_messages(tx, chat))
    await postgres.write(many_chats)
    await fill_index_at_once(postgres)

    def work(tx: Transaction) -> tuple[Found, list[int]]:
        found: list[Found] = []
        asked = asked_by(tx, lambda tx: found.append(search(tx, Sought(sought_in("сирек"), [1, 2]), 50)))
        every = [step for each in asked if "@@" in each[0] for step in steps(tx, *each)]
        of_chats = [step for step in every if step.get("Relation Name") == "conversation"]
        return found[0], [int(step["Actual Rows"] * step["Actual Loops"]) for step in of_chats]

    found, rows = await postgres.read(work)

    assert len(found.hits) == 1
    assert rows == [0, 1]


async def test_nothing_but_the_words_is_asked_of_an_index_though_dates_are_not_known_yet(
    postgres: Database,
) -> None:
    chat = await postgres.write(lambda tx: a_chat(tx, None))
    await postgres.write(lambda tx: many_messages(tx, chat))
    await fill_index_at_once(postgres)

    def work(tx: Transaction) -> list[str]:
        asked = asked_by(tx, lambda tx: search(tx, Sought(sought_in("сирек"), []), 50))
        return [plan_for_any(tx, *each) for each in asked if "MATERIALIZED" in each[0]]

    [plan] = await postgres.read(work)

    assert "Bitmap Index Scan on ix_typed_words" in plan
    assert not any(index in plan for index in ("ix_typed_at", "pk_typed"))


def many_chats(tx: Transaction) -> None:
    """Five thousand, in which nothing was said."""
    for statement in (
        "INSERT INTO contact (id, channel, address, created_at) "
        "SELECT i, 'telegram', 'many-' || i, now() FROM generate_series(1, 5000) i",
        "INSERT INTO conversation (id, contact_id, step_token) "
        "SELECT id, id, 0 FROM contact WHERE address LIKE 'many-%'",
        "ANALYZE conversation",
    ):
        tx.conn.exec_driver_sql(statement)


def many_messages(tx: Transaction, chat: int) -> None:
    """Twenty thousand, with one word in all of them and another in the first alone."""
    tx.conn.execute(
        text(
            "INSERT INTO message (conversation_id, direction, at, channel, kind, text) "
            "SELECT :chat, 'in', now() - make_interval(secs => 20000 - i), 'telegram', 'text', "
            "CASE WHEN i = 1 THEN 'сирек' ELSE 'балабақша ' || i END FROM generate_series(1, 20000) i"
        ),
        {"chat": chat},
    )


async def fill_index_at_once(database: Database) -> None:
    """The index as the clockwork would leave it, and counted by the database."""
    words = (
        "INSERT INTO typed (message_id, conversation_id, at, by, words) "
        "SELECT id, conversation_id, at, 'parent', "
        "array_to_tsvector(string_to_array(replace(text, 'қ', 'к'), ' ')) FROM message"
    )

    def work(tx: Transaction) -> None:
        for statement in (words, "ANALYZE typed"):
            tx.conn.exec_driver_sql(statement)

    await database.write(work)


async def explained(database: Database, typed: str) -> tuple[Found, list[str]]:
    """What is found, and the plans of the statements that went through the index's table for it."""

    def work(tx: Transaction) -> tuple[Found, list[str]]:
        found: list[Found] = []
        asked = asked_by(tx, lambda tx: found.append(search(tx, Sought(sought_in(typed), []), 50)))
        return found[0], [plan_of(tx, *each) for each in asked if "@@" in each[0]]

    return await database.read(work)
