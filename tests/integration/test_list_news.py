"""Lists that came out and opened to everyone: who is told, when, and once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clockwork import Clockwork
from domain.alerts import IN_PROSPECT, OF_WHAT_IS_LEFT, Alert
from domain.application import PauseCause
from domain.notice import Told
from storage import alerts, applications, guardians, notices
from storage.application_changes import pause
from storage.database import Database
from storage.seats.reporting import recall
from storage.submitting import submit
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.queue_people import People
from tests.integration.seat_town import BY, Town

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
FRIDAY_18_00 = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
THURSDAY_07_00 = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
BOTH = (Told.LIST_PUBLISHED, Told.OPEN_TO_EVERYONE)


@pytest.fixture
async def town(database: Database) -> Town:
    return await database.write(Town.found)


async def look(database: Database, times: int = 1) -> None:
    """So many clockworks look at once."""
    await asyncio.gather(*(Clockwork(database).look() for _ in range(times)))


async def parents(database: Database, town: Town, many: int, **given: Any) -> list[int]:
    """So many parents with a child each in the queue, the first first."""

    def work(tx: Transaction) -> list[int]:
        own = [People.arrive(tx).parent_id for _ in range(many)]
        for number, each in enumerate(own):
            at = tx.now - timedelta(hours=many - number)
            wanted = {"languages": ("kk",), "birth_year": 2024, "parent_id": each, "submitted_at": at}
            new = town.people.application(tx, **(wanted | given))
            submit(tx, new)
            guardians.join(tx, each, new.child_id, "agreed", tx.now)
        return own

    return await database.write(work)


async def subscriber(database: Database, town: Town, **wanted: Any) -> int:
    """A parent without an application, who subscribes to such seats."""

    def work(tx: Transaction) -> int:
        own = People.arrive(tx).parent_id
        alerts.add(tx, own, Alert(territory_id=town.territory_id, **wanted))
        return own

    return await database.write(work)


async def told(database: Database, parent_id: int, *kinds: Told) -> list[dict[str, Any]]:
    """What a parent was told of these kinds, oldest first."""
    page = await database.read(lambda tx: notices.page(tx, parent_id, 50))
    return [dict(each.data) for each in reversed(page) if each.kind in kinds]


async def so_often(database: Database, own: list[int], kind: Told) -> list[int]:
    return [len(await told(database, each, kind)) for each in own]


async def test_who_subscribed_is_told_at_18_00_and_not_a_second_before(
    database: Database, town: Town, clock: SetClock
) -> None:
    own = await subscriber(database, town, birth_year=2024)
    await database.write(lambda tx: town.reports(tx, 2))

    clock.at = FRIDAY_18_00 - SECOND
    await look(database)
    before = await told(database, own, *BOTH)
    clock.at = FRIDAY_18_00
    await look(database, times=2)
    await look(database)

    [only] = await told(database, own, *BOTH)
    assert before == []
    assert (only["seats"], only["houses"], only["items"]) == (2, ["Garden"], [])


async def test_what_is_left_is_told_when_it_opens_to_everyone(
    database: Database, town: Town, clock: SetClock
) -> None:
    own = await subscriber(database, town, birth_year=2024)
    await database.write(lambda tx: town.reports(tx, 2))
    clock.at = FRIDAY_18_00
    await look(database)
    clock.at = THURSDAY_07_00 - 3 * DAY
    await look(database)

    clock.at = THURSDAY_07_00 - SECOND
    await look(database)
    before = await so_often(database, [own], Told.OPEN_TO_EVERYONE)
    clock.at = THURSDAY_07_00
    await look(database, times=2)

    assert (before, await so_often(database, [own], Told.OPEN_TO_EVERYONE)) == ([0], [1])


@pytest.mark.parametrize(
    ("wanted", "is_told"),
    [
        ({}, True),
        ({"birth_year": 2024, "languages": frozenset({"ru"})}, True),
        ({"languages": frozenset({"kk", "ru"})}, True),
        ({"birth_year": 2023}, False),
        ({"languages": frozenset({"kk"})}, False),
        ({"houses": frozenset({1})}, False),
    ],
)
async def test_only_seats_that_are_wanted_are_told(
    database: Database, town: Town, clock: SetClock, wanted: dict[str, Any], is_told: bool
) -> None:
    own = await subscriber(database, town, **wanted)
    await database.write(lambda tx: town.reports(tx, 1, language="ru"))

    clock.at = FRIDAY_18_00
    await look(database)

    assert await so_often(database, [own], Told.LIST_PUBLISHED) == [int(is_told)]


async def test_without_a_subscription_three_are_told_for_each_seat_in_the_order_of_the_queue(
    database: Database, town: Town, clock: SetClock
) -> None:
    own = await parents(database, town, IN_PROSPECT + 2)
    [other] = await parents(database, town, 1, languages=("ru",))
    await database.write(lambda tx: town.reports(tx, 1))

    clock.at = FRIDAY_18_00
    await look(database)

    assert await so_often(database, own, Told.LIST_PUBLISHED) == [1] * IN_PROSPECT + [0, 0]
    assert await so_often(database, [other], Told.LIST_PUBLISHED) == [0]


async def test_ten_are_told_for_each_seat_that_is_left_to_everyone(
    database: Database, town: Town, clock: SetClock
) -> None:
    own = await parents(database, town, OF_WHAT_IS_LEFT + 2)
    await database.write(lambda tx: town.reports(tx, 1))
    for at in (FRIDAY_18_00, THURSDAY_07_00 - 3 * DAY, THURSDAY_07_00):
        clock.at = at
        await look(database)

    assert await so_often(database, own, Told.OPEN_TO_EVERYONE) == [1] * OF_WHAT_IS_LEFT + [0, 0]


async def test_who_is_paused_is_not_told(database: Database, town: Town, clock: SetClock) -> None:
    [own] = await parents(database, town, 1)

    def paused(tx: Transaction) -> None:
        [found] = applications.live_of_parent(tx, own)
        pause(tx, found, PauseCause.BY_PARENT)

    await database.write(paused)
    await database.write(lambda tx: town.reports(tx, 1))
    clock.at = FRIDAY_18_00
    await look(database)

    assert await so_often(database, [own], Told.LIST_PUBLISHED) == [0]


async def test_several_reasons_are_one_message(database: Database, town: Town, clock: SetClock) -> None:
    [own] = await parents(database, town, 1)

    def work(tx: Transaction) -> None:
        alerts.add(tx, own, Alert(territory_id=town.territory_id))
        alerts.add(tx, own, Alert(territory_id=town.territory_id, birth_year=2024))
        town.reports(tx, 2)
        town.reports(tx, 3, birth_years=[2023])

    await database.write(work)
    clock.at = FRIDAY_18_00
    await look(database)

    [only] = await told(database, own, Told.LIST_PUBLISHED)
    assert (only["seats"], len(only["alerts"]), len(only["items"])) == (5, 2, 1)


async def test_a_list_that_was_recalled_before_is_not_told(
    database: Database, town: Town, clock: SetClock
) -> None:
    own = await subscriber(database, town)
    reported = await database.write(lambda tx: town.reports(tx, 2))
    await database.write(lambda tx: recall(tx, reported.bulletin_id, "mistake", by=BY))

    clock.at = FRIDAY_18_00
    await look(database)

    assert await told(database, own, *BOTH) == []


@pytest.mark.parametrize(
    "late", [timedelta(hours=5), timedelta(days=20)], ids=["that evening", "weeks later"]
)
async def test_a_list_is_told_late_as_long_as_it_is_not_open_to_everyone(
    database: Database, town: Town, clock: SetClock, late: timedelta
) -> None:
    own = await subscriber(database, town)
    await database.write(lambda tx: town.reports(tx, 2))

    # The priority of a list that nobody opened counts from whoever opens it.
    clock.at = FRIDAY_18_00 + late
    await look(database)

    assert await so_often(database, [own], Told.LIST_PUBLISHED) == [1]


@pytest.mark.parametrize(("late", "times"), [(DAY - SECOND, 1), (DAY, 0)])
async def test_that_it_is_open_to_everyone_is_told_within_a_day_or_not_at_all(
    database: Database, town: Town, clock: SetClock, late: timedelta, times: int
) -> None:
    own = await subscriber(database, town)
    await database.write(lambda tx: town.reports(tx, 2))
    for at in (FRIDAY_18_00, THURSDAY_07_00 - 3 * DAY, THURSDAY_07_00 + late):
        clock.at = at
        await look(database)

    assert await so_often(database, [own], Told.OPEN_TO_EVERYONE) == [times]


async def test_who_ended_it_is_not_told_any_more(database: Database, town: Town, clock: SetClock) -> None:
    own = await subscriber(database, town)

    def ended(tx: Transaction) -> None:
        [kept] = alerts.of_parent(tx, own)
        assert alerts.end(tx, own, kept.id)

    await database.write(ended)
    await database.write(lambda tx: town.reports(tx, 2))
    clock.at = FRIDAY_18_00
    await look(database)

    assert await told(database, own, *BOTH) == []
