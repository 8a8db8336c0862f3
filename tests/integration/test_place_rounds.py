"""Marks and digests: found without counting, told once, by whichever clockwork comes first."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.clockwork import Clockwork
from domain.application import Happening, QueueClass
from domain.local_time import instant_at, local_date
from domain.notice import Told
from domain.place_news import PlaceNews
from domain.rounds import A_WEEK, BEGINS, Round
from storage import applications, guardians, notices, profiles
from storage.application_changes import set_status
from storage.bulk import fill_queue
from storage.database import Database
from storage.queues import queue_for
from storage.submitting import submit
from storage.tables import place_crossing, place_watch
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.queue_people import People
from tests.integration.seat_town import Town

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass
class Family:
    """Parents and their applications."""

    parents: list[int]
    applications: list[int]


@pytest.fixture
async def town(database: Database) -> Town:
    return await database.write(Town.found)


async def look(database: Database, times: int = 1) -> None:
    """So many clockworks look at once."""
    await asyncio.gather(*(Clockwork(database).look() for _ in range(times)))


def next_eight(clock: SetClock) -> datetime:
    """The next 08:00."""
    today = instant_at(local_date(clock.at), BEGINS[Round.MARKS])
    return today if today > clock.at else instant_at(local_date(clock.at) + DAY, BEGINS[Round.MARKS])


async def morning(database: Database, clock: SetClock, times: int = 1) -> None:
    """It is 08:00 of the next day."""
    clock.at = next_eight(clock)
    await look(database, times)


async def crowd(database: Database, town: Town, clock: SetClock, many: int) -> list[int]:
    """So many children of one parent in the queue, since long ago, the first first."""

    def work(tx: Transaction) -> list[int]:
        since = (clock.at - timedelta(days=100) + timedelta(minutes=n) for n in range(many))
        new = [town.people.application(tx, birth_year=2024, submitted_at=at) for at in since]
        fill_queue(tx, queue_for(tx, town.territory_id, new[0].kind, 2024), new)
        found = applications.live_of_parent(tx, town.people.parent_id)
        return [each.id for each in sorted(found, key=lambda each: each.submitted_at)]

    return await database.write(work)


async def family(database: Database, town: Town, *, children: int = 1, parents: int = 1) -> Family:
    """A family whose children have just joined the queue, at its end."""

    def work(tx: Transaction) -> Family:
        own = [People.arrive(tx).parent_id for _ in range(parents)]
        of = []
        for n in range(children):
            at = tx.now - timedelta(minutes=children - n)
            new = town.people.application(tx, birth_year=2024, parent_id=own[0], submitted_at=at)
            of.append(submit(tx, new).application_id)
            for each in own:
                guardians.join(tx, each, new.child_id, "agreed", tx.now)
        return Family(own, of)

    return await database.write(work)


async def behind(
    database: Database, town: Town, clock: SetClock, many: int, *, children: int = 1, parents: int = 1
) -> tuple[list[int], Family]:
    """A crowd of so many, and a family that has just come behind it; the queue was looked at once."""
    ahead = await crowd(database, town, clock, many)
    own = await family(database, town, children=children, parents=parents)
    await look(database)
    return ahead, own


async def happens(database: Database, what: Happening, ids: Iterable[int]) -> None:
    """The same to each of these applications."""

    def work(tx: Transaction) -> None:
        for each in ids:
            found = applications.lock(tx, each)
            assert found is not None
            set_status(tx, found, what)

    await database.write(work)


async def leave(database: Database, ids: Iterable[int]) -> None:
    """These go to the archive."""
    await happens(database, Happening.WITHDRAWN, ids)


async def joins(database: Database, town: Town, many: int) -> list[int]:
    """So many out of queue come to the front."""

    def work(tx: Transaction) -> list[int]:
        return [town.applies(tx, QueueClass.OUT_OF_QUEUE).application_id for _ in range(many)]

    return await database.write(work)


async def told(database: Database, parent_id: int, kind: Told) -> list[list[dict[str, Any]]]:
    """What a parent was told of that kind, oldest first: the items of each notice."""
    page = await database.read(lambda tx: notices.page(tx, parent_id, 50))
    return [list(each.data["items"]) for each in reversed(page) if each.kind is kind]


async def told_at(database: Database, parent_id: int) -> datetime:
    """When a parent was told the last."""
    [newest] = await database.read(lambda tx: notices.page(tx, parent_id, 1))
    return newest.at


async def marks(database: Database, parent_id: int) -> list[list[tuple[int, int]]]:
    """Places and marks that a parent was told."""
    found = await told(database, parent_id, Told.PLACE_MARK)
    return [[(each["place"], each["mark"]) for each in items] for items in found]


async def week(database: Database, clock: SetClock, times: int = 1) -> None:
    """Seven mornings."""
    for _ in range(A_WEEK):
        await morning(database, clock, times)


async def chooses(database: Database, parent_id: int, chosen: PlaceNews) -> None:
    await database.write(lambda tx: profiles.set_place_news(tx, parent_id, chosen))


async def test_a_mark_is_told_at_08_00_and_not_a_second_before(
    database: Database, town: Town, clock: SetClock
) -> None:
    ahead, own = await behind(database, town, clock, 100)
    await morning(database, clock)
    await leave(database, ahead[:1])

    clock.at = next_eight(clock) - SECOND
    await look(database)
    before = await marks(database, own.parents[0])
    clock.at += SECOND
    await look(database)

    assert (before, await marks(database, own.parents[0])) == ([], [[(100, 100)]])


async def test_a_mark_is_told_once_and_again_only_after_a_long_way_back(
    database: Database, town: Town, clock: SetClock
) -> None:
    ahead, own = await behind(database, town, clock, 30)
    await morning(database, clock)
    await leave(database, ahead[:21])
    await morning(database, clock)
    first = await marks(database, own.parents[0])

    some = await joins(database, town, 5)
    await morning(database, clock)
    await leave(database, some)
    await morning(database, clock)
    near = await marks(database, own.parents[0])
    more = await joins(database, town, 6)
    await morning(database, clock)
    await leave(database, more)
    await morning(database, clock)

    assert (first, near) == ([[(10, 10)]], [[(10, 10)]])
    assert await marks(database, own.parents[0]) == [[(10, 10)], [(10, 10)]]


async def test_two_clockworks_tell_a_mark_once_to_both_parents_of_siblings_together(
    database: Database, town: Town, clock: SetClock
) -> None:
    ahead = await crowd(database, town, clock, 11)
    own = await family(database, town, children=2, parents=2)
    await look(database, times=2)
    await morning(database, clock, times=2)
    await leave(database, ahead[:3])

    await morning(database, clock, times=2)
    await look(database, times=2)

    assert [await marks(database, each) for each in own.parents] == [[[(9, 10), (10, 10)]]] * 2
    assert await database.read(lambda tx: tx.conn.execute(select(place_crossing)).all()) == []


async def test_the_place_that_was_told_with_the_number_is_not_told_again(
    database: Database, town: Town, clock: SetClock
) -> None:
    await crowd(database, town, clock, 4)
    await look(database)
    await morning(database, clock)

    own = await family(database, town)
    await morning(database, clock)

    assert await marks(database, own.parents[0]) == []


async def test_a_morning_that_nobody_was_there_for_is_made_up_for_once(
    database: Database, town: Town, clock: SetClock
) -> None:
    ahead, own = await behind(database, town, clock, 10)
    await morning(database, clock)
    await leave(database, ahead[:1])

    clock.at += 3 * DAY + timedelta(hours=5)
    await look(database)
    await look(database)

    assert await marks(database, own.parents[0]) == [[(10, 10)]]


async def test_who_was_away_and_comes_back_is_not_told_the_same_mark(
    database: Database, town: Town, clock: SetClock
) -> None:
    ahead, own = await behind(database, town, clock, 10)
    await morning(database, clock)
    await leave(database, ahead[:1])
    await morning(database, clock)

    await happens(database, Happening.REFERRED, own.applications)
    await morning(database, clock)
    await happens(database, Happening.GIVEN_UP, own.applications)
    await morning(database, clock)

    assert await marks(database, own.parents[0]) == [[(10, 10)]]


async def test_a_queue_in_which_nothing_happened_is_passed_over(
    database: Database, town: Town, clock: SetClock
) -> None:
    async def looked_at() -> list[datetime]:
        found = select(place_watch.c.looked_at)
        return list(await database.read(lambda tx: tx.conn.execute(found).scalars().all()))

    await crowd(database, town, clock, 3)
    await look(database)
    await morning(database, clock)
    at = clock.at

    await morning(database, clock)
    quiet = await looked_at()
    await joins(database, town, 1)
    await morning(database, clock)

    assert (quiet, await looked_at()) == ([at], [at + 2 * DAY])


async def test_once_a_week_both_parents_are_told_how_far_and_why(
    database: Database, town: Town, clock: SetClock
) -> None:
    ahead, own = await behind(database, town, clock, 160, children=2, parents=2)
    await leave(database, ahead[:4])
    await joins(database, town, 1)

    await week(database, clock, times=2)

    for each in own.parents:
        [items] = await told(database, each, Told.PLACE_MOVED)
        assert [(item["before"], item["after"]) for item in items] == [(161, 158), (162, 159)]
        assert [[reason["places"] for reason in item["reasons"]] for item in items] == [[-4, 1]] * 2
    days = {await told_at(database, each) for each in own.parents}
    assert len(days) == 1


async def test_a_week_in_which_nothing_moved_is_not_told(
    database: Database, town: Town, clock: SetClock
) -> None:
    ahead, own = await behind(database, town, clock, 160)
    await leave(database, ahead[:2])
    await week(database, clock)

    await joins(database, town, 1)
    gone = await joins(database, town, 1)
    await leave(database, [*gone, ahead[2]])
    await week(database, clock)

    assert len(await told(database, own.parents[0], Told.PLACE_MOVED)) == 1


@pytest.mark.parametrize(
    ("chosen", "weekly", "at_marks"),
    [(PlaceNews.WEEKLY, 1, 1), (PlaceNews.MARKS, 0, 1), (PlaceNews.OFF, 0, 0)],
)
async def test_each_parent_is_told_as_often_as_they_chose(
    database: Database, town: Town, clock: SetClock, chosen: PlaceNews, weekly: int, at_marks: int
) -> None:
    ahead, own = await behind(database, town, clock, 11, parents=2)
    await chooses(database, own.parents[0], chosen)
    await morning(database, clock)
    await leave(database, ahead[:2])

    await week(database, clock)

    kinds = (Told.PLACE_MOVED, Told.PLACE_MARK)
    counted = [[len(await told(database, each, kind)) for kind in kinds] for each in own.parents]
    assert counted == [[weekly, at_marks], [1, 1]]


async def test_a_week_away_is_made_up_for_with_one_digest(
    database: Database, town: Town, clock: SetClock
) -> None:
    ahead, own = await behind(database, town, clock, 160)
    await leave(database, ahead[:2])

    clock.at += 20 * DAY
    await look(database, times=2)
    await look(database)

    assert len(await told(database, own.parents[0], Told.PLACE_MOVED)) == 1
