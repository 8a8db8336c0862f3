"""The operators' list of conversations: what is in it, in which order, and by which keys it goes on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from storage import conversations
from storage.centre import inbox, inbox_people, presence
from storage.centre.inbox import Filters, Found, Key
from storage.centre.inbox_people import Within
from storage.centre.inbox_rows import rows
from storage.database import Database
from storage.ids import new_id
from storage.tables import conversation, help_request, label
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.made_up_chats import add_chat, add_line, add_operator, waits
from tests.integration.rows import add, add_parent, add_territory

ALL = Filters()


def minutes_ago(number: float) -> timedelta:
    return timedelta(minutes=number)


def walk(page: Callable[[Key | None], Found]) -> list[tuple[int, ...]]:
    """All pages of a list, each from where the one before has ended."""
    pages, key = [], None
    while True:
        found = page(key)
        pages.append(found.ids)
        key = found.next
        if key is None:
            return pages


async def test_the_newest_of_all_territories_come_first_a_page_at_a_time(database: Database) -> None:
    def work(tx: Transaction) -> tuple[list[int], list[tuple[int, ...]]]:
        one, two, foreign = (add_territory(tx, code) for code in ("one", "two", "foreign"))
        add_chat(tx, foreign)
        made = [
            add_chat(tx, (one, two, None)[at % 3], at=tx.now - timedelta(minutes=at // 2)) for at in range(11)
        ]
        pages = walk(lambda key: inbox.of_territories(tx, [one, two], ALL, key, most=4))
        return made, pages

    made, pages = await database.write(work)

    seen = [each for page in pages for each in page]
    newest_first = sorted(range(11), key=lambda at: (-(at // 2), made[at]), reverse=True)
    assert [len(page) for page in pages] == [4, 4, 3]
    assert seen == [made[at] for at in newest_first]


async def test_a_page_that_ends_with_the_last_conversation_has_none_after_it(database: Database) -> None:
    def work(tx: Transaction) -> Found:
        city = add_territory(tx)
        for _ in range(4):
            add_chat(tx, city)
        return inbox.of_territories(tx, [city], ALL, most=4)

    found = await database.write(work)

    assert (len(found.ids), found.next) == (4, None)


async def test_who_has_no_territory_is_left_out_where_only_one_is_asked_for(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, Found, Found]:
        city = add_territory(tx)
        here, _ = add_chat(tx, city), add_chat(tx, None)
        alone = inbox.of_territories(tx, [city], ALL, with_nowhere=False)
        return here, alone, inbox.of_territories(tx, [], ALL, with_nowhere=False)

    here, alone, nothing = await database.write(work)

    assert (alone.ids, nothing.ids) == ((here,), ())


@pytest.mark.parametrize(
    "filters", [Filters(language="ru"), Filters(channel="webchat"), Filters(label="жолдама")], ids=str
)
async def test_what_does_not_match_is_left_out(database: Database, filters: Filters) -> None:
    def work(tx: Transaction) -> tuple[int, list[Found]]:
        city, me = add_territory(tx), add_operator(tx)
        other, wanted = add_chat(tx, city), add_chat(tx, city, channel="webchat", language="ru")
        marked = {"id": new_id(), "conversation_id": wanted, "label": "жолдама", "at": tx.now}
        tx.conn.execute(insert(label).values(marked))
        for each in (other, wanted):
            waits(tx, each, assigned_to=me)
            add_line(tx, each, "Орын бар", by="bot", state="failed")
        within = Within([city])
        return wanted, [
            inbox.of_territories(tx, [city], filters),
            inbox_people.waiting(tx, within, filters),
            inbox_people.mine(tx, within, me, filters),
            inbox_people.failed(tx, within, filters),
        ]

    wanted, found = await database.write(work)

    assert found == [Found((wanted,), None)] * 4


async def test_a_filter_that_leaves_out_most_says_from_where_to_look_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "LOOKED_AT", 9)
    monkeypatch.setattr(inbox, "AT_LEAST", 1)

    def work(tx: Transaction) -> tuple[list[int], list[tuple[int, ...]]]:
        one, two = add_territory(tx, "one"), add_territory(tx, "two")
        kept = []
        for at in range(30):
            language = "ru" if at % 10 == 9 else "kk"
            chat = add_chat(tx, one if at < 20 else two, at=tx.now - minutes_ago(at), language=language)
            kept += [chat] if language == "ru" else []
        russian = Filters(language="ru")
        return kept, walk(lambda key: inbox.of_territories(tx, [one, two], russian, key, most=2))

    kept, pages = await database.write(work)

    assert [each for page in pages for each in page] == kept
    assert () in pages  # one that found nothing, and went on


@pytest.mark.parametrize("at_least", [1, 2, 8])
async def test_a_filtered_page_is_filled_though_one_territory_has_all_that_is_new(
    database: Database, monkeypatch: pytest.MonkeyPatch, at_least: int
) -> None:
    monkeypatch.setattr(inbox, "LOOKED_AT", 3)
    monkeypatch.setattr(inbox, "AT_LEAST", at_least)

    def work(tx: Transaction) -> tuple[list[int], list[tuple[int, ...]]]:
        large, small = add_territory(tx, "large"), add_territory(tx, "small")
        made = [
            add_chat(tx, small if at % 6 == 5 else large, at=tx.now - minutes_ago(at), language="ru")
            for at in range(12)
        ]
        russian = Filters(language="ru")
        return made, walk(lambda key: inbox.of_territories(tx, [large, small], russian, key, most=5))

    made, pages = await database.write(work)

    assert pages == [tuple(made[:5]), tuple(made[5:10]), tuple(made[10:])]


async def test_the_longest_waiting_come_first(database: Database) -> None:
    def work(tx: Transaction) -> tuple[list[int], list[tuple[int, ...]], int]:
        city, foreign = add_territory(tx), add_territory(tx, "foreign")
        long, short, nowhere = add_chat(tx, city), add_chat(tx, city), add_chat(tx, None)
        waits(tx, long, minutes=9)
        waits(tx, short, minutes=1)
        waits(tx, nowhere, minutes=5)
        waits(tx, add_chat(tx, foreign), minutes=7)
        waits(tx, add_chat(tx, city), waits_since=None)
        pages = walk(lambda key: inbox_people.waiting(tx, Within([city]), ALL, key, most=2))
        return [long, nowhere, short], pages, inbox_people.how_many_wait(tx, Within([city]))

    expected, pages, number = await database.write(work)

    assert pages == [tuple(expected[:2]), tuple(expected[2:])]
    assert number == 3


async def test_no_more_are_counted_than_anybody_wants_to_know(database: Database) -> None:
    def work(tx: Transaction) -> list[int]:
        city, me = add_territory(tx), add_operator(tx)
        for _ in range(4):
            waits(tx, add_chat(tx, city), assigned_to=me)
        within = Within([city])
        return [
            count
            for most in (3, 4, 5)
            for count in (
                inbox_people.how_many_wait(tx, within, most),
                inbox_people.how_many_mine(tx, within, me, most),
            )
        ]

    assert await database.write(work) == [3, 3, 4, 4, 4, 4]


async def test_mine_is_what_is_assigned_to_me_and_what_i_drive_until_that_ends(database: Database) -> None:
    def work(tx: Transaction) -> tuple[list[int], Found]:
        city, me, another = add_territory(tx), add_operator(tx), add_operator(tx, "another")
        assigned, over, driven, not_any_more, anothers = (
            add_chat(tx, city, at=tx.now - minutes_ago(at)) for at in range(5)
        )
        waits(tx, assigned, assigned_to=me)
        closed = waits(tx, over, assigned_to=me)
        tx.conn.execute(update(help_request).where(help_request.c.id == closed).values(state="closed"))
        waits(tx, anothers, assigned_to=another)
        for chat, until in ((driven, tx.now + timedelta(microseconds=1)), (not_any_more, tx.now)):
            drives = {"driven_by": me, "driven_until": until}
            tx.conn.execute(update(conversation).where(conversation.c.id == chat).values(drives))
        return [assigned, driven], inbox_people.mine(tx, Within([city]), me, ALL)

    expected, found = await database.write(work)

    assert list(found.ids) == expected


@pytest.mark.parametrize(("minutes", "is_mine"), [(4.99, True), (5, False), (60, False)])
async def test_a_question_that_silence_has_taken_from_me_is_not_mine_any_more(
    database: Database, minutes: float, is_mine: bool
) -> None:
    def work(tx: Transaction) -> tuple[int, Found, int, str | None]:
        city, me = add_territory(tx), add_operator(tx, "saule")
        chat = add_chat(tx, city)
        waits(tx, chat, minutes=minutes, assigned_to=me)
        within = Within([city])
        mine = inbox_people.mine(tx, within, me, ALL)
        counted = inbox_people.how_many_mine(tx, within, me)
        return chat, mine, counted, rows(tx, [chat], START)[chat].assigned_to

    chat, mine, counted, assigned_to = await database.write(work)

    expected = ((chat,), 1, "saule") if is_mine else ((), 0, None)
    assert (mine.ids, counted, assigned_to) == expected


async def test_what_did_not_arrive_is_listed_until_something_is_sent_again(database: Database) -> None:
    def work(tx: Transaction) -> tuple[list[int], list[tuple[int, ...]]]:
        city = add_territory(tx)
        made_good, first, answered, given_up = (add_chat(tx, city) for _ in range(4))
        for chat, state in (
            (made_good, "failed"),
            (first, "failed"),
            (answered, "failed"),
            (given_up, "given_up"),
        ):
            add_line(tx, chat, "Жолдама", by="bot", state=state)
        add_line(tx, made_good, "Жолдама", by="bot", state="sent")
        add_line(tx, answered, "Қашан?")
        pages = walk(lambda key: inbox_people.failed(tx, Within([city]), ALL, key, most=2))
        return [given_up, answered, first], pages

    expected, pages = await database.write(work)

    assert pages == [tuple(expected[:2]), tuple(expected[2:])]


async def test_a_row_tells_who_waits_who_is_on_it_and_the_last_line(database: Database) -> None:
    def work(tx: Transaction) -> tuple[object, ...]:
        city, me, driver = add_territory(tx), add_operator(tx, "saule"), add_operator(tx, "aigul")
        chat = add_chat(tx, city, "Сұрағым бар", channel="webchat", language="ru", parent_id=add_parent(tx))
        waits(tx, chat, minutes=4, assigned_to=me)
        add_line(tx, chat, "Мен\nкөріп  тұрмын " + "!" * 500, by="operator", state="given_up")
        drives = {"driven_by": driver, "driven_until": tx.now + timedelta(minutes=10)}
        tx.conn.execute(update(conversation).where(conversation.c.id == chat).values(drives))
        add(tx, label, conversation_id=chat, label="жолдама", at=tx.now)
        presence.here(tx, chat, driver, START, typing=True)
        row = rows(tx, [chat, 12345], START)[chat]
        assert row.last is not None
        return (
            (row.territory_id == city, row.channel, row.language, row.signed_in, row.waits_since),
            (row.assigned_to, row.driven_by, row.failed, row.labels),
            [(each.login, each.types) for each in row.present],
            (row.last.text[:18], len(row.last.text) <= 160, row.last.by),
        )

    found = await database.write(work)

    assert found == (
        (True, "webchat", "ru", True, START - timedelta(minutes=4)),
        ("saule", "aigul", True, ("жолдама",)),
        [("aigul", True)],
        ("Мен көріп тұрмын !", True, "operator"),
    )


async def test_of_whoever_waits_the_question_is_shown_whatever_the_bot_has_said_since(
    database: Database,
) -> None:
    def work(tx: Transaction) -> list[tuple[str, str]]:
        asked, chat = tx.now - minutes_ago(5), add_chat(tx, None, "Сәлем", at=tx.now - minutes_ago(9))
        add_line(tx, chat, "Жолдама қайда?", at=asked)
        add_line(tx, chat, "Сұрағыңыз сақталды", by="bot", at=asked)
        add_line(tx, chat, "Мен әлі осындамын", at=asked + timedelta(seconds=1))
        waits(tx, chat, minutes=5)
        waiting = rows(tx, [chat], START)[chat].last
        tx.conn.execute(update(help_request).values(waits_since=None))
        answered = rows(tx, [chat], START)[chat].last
        assert waiting is not None
        assert answered is not None
        return [(each.text, each.by) for each in (waiting, answered)]

    assert await database.write(work) == [
        ("Жолдама қайда?", "parent"), ("Мен әлі осындамын", "parent"),
    ]  # fmt: skip


async def test_a_drive_that_has_ended_by_itself_is_not_shown(database: Database) -> None:
    def work(tx: Transaction) -> str | None:
        chat, driver = add_chat(tx, None), add_operator(tx)
        drives = {"driven_by": driver, "driven_until": tx.now}
        tx.conn.execute(update(conversation).where(conversation.c.id == chat).values(drives))
        return rows(tx, [chat], START)[chat].driven_by

    assert await database.write(work) is None


async def test_a_conversation_that_moves_is_listed_where_it_has_moved_to(database: Database) -> None:
    def work(tx: Transaction) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        old, new = add_territory(tx, "old"), add_territory(tx, "new")
        entered = conversations.enter(tx, "telegram", "7")
        conversations.update_contact(tx, entered.contact_id, territory_id=old)
        add_line(tx, entered.conversation_id, "Сәлем")
        conversations.update_contact(tx, entered.contact_id, territory_id=new)
        before, after = (inbox.of_territories(tx, [each], ALL).ids for each in (old, new))
        return before, after, entered.conversation_id

    before, after, chat = await database.write(work)

    assert (before, after) == ((), (chat,))
