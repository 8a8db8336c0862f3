"""How parents found that they were helped: what is counted, where, since when; and by which indexes."""

from datetime import timedelta

from sqlalchemy import update

from storage.centre import stars
from storage.centre.stars import Stars, Unhappy
from storage.database import Database
from storage.tables import conversation
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.plans import asked_by, plan_for_any, plans
from tests.integration.rows import add_territory
from tests.integration.starred import closed

SECOND = timedelta(seconds=1)
NOTHING = Stars(0, {1: 0, 2: 0, 3: 0, 4: 0, 5: 0})


async def test_a_question_counts_from_the_second_at_which_the_period_begins(database: Database) -> None:
    def work(tx: Transaction) -> dict[str, Stars]:
        for at, given in ((START - SECOND, 1), (START, 2), (START + SECOND, 5)):
            closed(tx, 7, at, stars=given)
        return stars.by_closer(tx, START, ())

    assert await database.write(work) == {"staff:7": Stars(2, {1: 0, 2: 1, 3: 0, 4: 0, 5: 1})}


async def test_what_was_closed_before_the_period_is_no_bad_one_of_it_however_late_it_is_rated(
    database: Database,
) -> None:
    def work(tx: Transaction) -> tuple[list[int], list[int]]:
        closed(tx, 7, START - SECOND, stars=1, rated_at=START + SECOND)
        last = closed(tx, 7, START, stars=1)
        found = stars.unhappy(tx, START, (), None, 9)
        return [last], [each.conversation_id for each in found]

    wanted, found = await database.write(work)

    assert found == wanted


async def test_those_that_are_not_rated_count_as_closed_and_the_parents_own_not_at_all(
    database: Database,
) -> None:
    def work(tx: Transaction) -> dict[str, Stars]:
        closed(tx, 7, START)
        closed(tx, 7, START, stars=4)
        closed(tx, 7, START, stars=5)
        closed(tx, 8, START)
        closed(tx, None, START)
        return stars.by_closer(tx, START, ())

    found = await database.write(work)

    spread = {1: 0, 2: 0, 3: 0, 4: 1, 5: 1}
    assert found == {"staff:7": Stars(3, spread), "staff:8": Stars(1, NOTHING.spread)}
    assert (found["staff:7"].rated, found["staff:7"].mean, found["staff:8"].mean) == (2, 4.5, None)
    assert stars.together(found.values()) == Stars(4, spread)


async def test_nothing_closed_is_nothing(database: Database) -> None:
    found = await database.read(lambda tx: stars.by_closer(tx, START, (1, 2)))

    assert found == {}
    assert stars.together(found.values()) == NOTHING
    assert await database.read(lambda tx: stars.unhappy(tx, START, (1, 2), None, 9)) == []


async def test_a_question_counts_where_it_was_asked_and_of_nowhere_everywhere(database: Database) -> None:
    def work(tx: Transaction) -> list[tuple[int, int]]:
        here, there = add_territory(tx, "here"), add_territory(tx, "there")
        for place in (here, there, there, None):
            closed(tx, 7, START, place=place, stars=1)
        reaches: tuple[list[int], ...] = ([here], [there], [here, there], [])
        return [
            (
                stars.together(stars.by_closer(tx, START, each).values()).closed,
                len(stars.unhappy(tx, START, each, None, 9)),
            )
            for each in reaches
        ]

    assert await database.write(work) == [(2, 2), (3, 3), (4, 4), (1, 1)]


async def test_a_chat_that_has_moved_beyond_the_reach_does_not_open(database: Database) -> None:
    def work(tx: Transaction) -> list[tuple[bool, bool]]:
        here, there = add_territory(tx, "here"), add_territory(tx, "there")
        chat = closed(tx, 7, START, place=here, stars=2)
        [before] = stars.unhappy(tx, START, [here], None, 9)
        tx.conn.execute(update(conversation).where(conversation.c.id == chat).values(territory_id=there))
        [after] = stars.unhappy(tx, START, [here], None, 9)
        return [(before.opens, after.opens)]

    assert await database.write(work) == [(True, False)]


async def test_bad_ones_come_page_by_page_each_once_the_newest_first(database: Database) -> None:
    def work(tx: Transaction) -> tuple[list[int], list[Unhappy]]:
        chats = [closed(tx, 7, START, stars=1 + n % 2, rated_at=START + n * SECOND) for n in range(5)]
        for given in (3, 4, 5):
            closed(tx, 7, START, stars=given, rated_at=START + 9 * SECOND)
        seen: list[Unhappy] = []
        while page := stars.unhappy(tx, START, (), seen[-1].key if seen else None, 2):
            seen += page
        return chats[::-1], seen

    wanted, seen = await database.write(work)

    assert [each.conversation_id for each in seen] == wanted
    assert [each.stars for each in seen] == [1, 2, 1, 2, 1]


async def test_those_of_one_instant_are_not_lost_between_two_pages(database: Database) -> None:
    def work(tx: Transaction) -> tuple[set[int], list[int]]:
        chats = {closed(tx, 7, START, stars=1) for _ in range(3)}
        seen: list[Unhappy] = []
        while page := stars.unhappy(tx, START, (), seen[-1].key if seen else None, 2):
            seen += page
        return chats, [each.conversation_id for each in seen]

    chats, seen = await database.write(work)

    assert sorted(seen) == sorted(chats)


def _asks(tx: Transaction) -> None:
    stars.by_closer(tx, START, (1, 2))
    stars.unhappy(tx, START, (1, 2), None, 21)


async def test_sqlite_counts_by_the_index_alone_and_finds_the_bad_ones_by_theirs(sqlite: Database) -> None:
    counting, listing = await sqlite.read(lambda tx: plans(tx, _asks))

    assert "SEARCH help_request USING COVERING INDEX ix_help_request_stars (closed_at>?)" in counting
    assert "SEARCH help_request USING INDEX ix_help_request_unhappy (" in listing
    assert "TEMP B-TREE FOR ORDER BY" not in listing


async def test_postgresql_goes_by_the_same_indexes_whatever_is_asked(postgres: Database) -> None:
    def work(tx: Transaction) -> list[str]:
        tx.conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
        tx.conn.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        return [plan_for_any(tx, *asked) for asked in asked_by(tx, _asks)]

    counting, listing = await postgres.write(work)

    assert "Index Only Scan using ix_help_request_stars on help_request" in counting
    assert "Index Scan Backward using ix_help_request_unhappy on help_request" in listing
    assert "Sort" not in listing
