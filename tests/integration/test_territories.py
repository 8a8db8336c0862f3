"""Territories, their policies, and who waits in them for an operator."""

from datetime import date

import pytest
from sqlalchemy import update

from domain.errors import NoPolicyInForce
from domain.local_time import start_of
from domain.policy import Policy
from domain.policy_data import to_data
from storage import policies, territories
from storage.database import Database
from storage.tables import policy, territory
from storage.transaction import Transaction
from tests.integration.rows import add, add_territory

SINCE = date(2026, 1, 1)
LATER = date(2026, 7, 1)


def set_policy(tx: Transaction, territory_id: int, since: date, age_limit: int) -> None:
    rules = to_data(Policy(age_limit_years=age_limit))
    add(tx, policy, territory_id=territory_id, in_force_from=start_of(since), data=rules)


def build(tx: Transaction) -> dict[str, int]:
    """A region with a district with two villages."""
    region = add_territory(tx, "region")
    district = add_territory(tx, "district", region)
    first, second = add_territory(tx, "first", district), add_territory(tx, "second", district)
    point = update(territory).values(latitude=43.3, longitude=68.25)
    tx.conn.execute(point.where(territory.c.id.in_([first, district])))
    return {"region": region, "district": district, "first": first, "second": second}


async def limit(database: Database, territory_id: int, day: date) -> int:
    rules = await database.read(lambda tx: policies.in_force(tx, territory_id, start_of(day)))
    return rules.age_limit_years


async def test_the_tree_is_read_whole(database: Database) -> None:
    places = await database.write(build)

    tree = await database.read(territories.tree)

    assert [each.id for each in tree.path(places["first"])] == [
        places["region"],
        places["district"],
        places["first"],
    ]
    assert {each.id for each in tree.leaves(places["region"])} == {places["first"], places["second"]}


@pytest.mark.parametrize(
    ("language", "name"), [("kk", "first kk"), ("ru", "first ru"), ("en", "first en"), ("de", "first kk")]
)
async def test_a_territory_is_named_in_the_language_asked_for(
    database: Database, language: str, name: str
) -> None:
    places = await database.write(build)

    assert await database.read(lambda tx: territories.name(tx, places["first"], language)) == name


async def test_no_territory_has_no_name(database: Database) -> None:
    assert await database.read(lambda tx: territories.name(tx, None, "kk")) == ""
    assert await database.read(lambda tx: territories.name(tx, 404, "kk")) == ""


async def test_only_leaves_are_points_on_the_map(database: Database) -> None:
    places = await database.write(build)

    assert await database.read(territories.points) == [(places["first"], 43.3, 68.25)]


async def test_a_territory_is_found_by_its_code(database: Database) -> None:
    places = await database.write(build)

    found = await database.read(lambda tx: territories.find_by_code(tx, "district"))

    assert found == places["district"]


async def test_a_territory_follows_the_nearest_policy_above(database: Database) -> None:
    places = await database.write(build)
    await database.write(lambda tx: set_policy(tx, places["region"], SINCE, 6))
    await database.write(lambda tx: set_policy(tx, places["district"], LATER, 7))

    assert await limit(database, places["first"], LATER) == 7
    assert await limit(database, places["region"], LATER) == 6


async def test_until_its_own_policy_begins_a_territory_follows_the_one_above(
    database: Database,
) -> None:
    places = await database.write(build)
    await database.write(lambda tx: set_policy(tx, places["region"], SINCE, 6))
    await database.write(lambda tx: set_policy(tx, places["first"], LATER, 7))

    assert await limit(database, places["first"], date(2026, 6, 30)) == 6
    assert await limit(database, places["first"], LATER) == 7


async def test_the_newest_policy_in_force_counts(database: Database) -> None:
    places = await database.write(build)
    await database.write(lambda tx: set_policy(tx, places["first"], LATER, 7))
    await database.write(lambda tx: set_policy(tx, places["first"], SINCE, 6))

    days = (SINCE, date(2026, 6, 30), LATER)

    assert [await limit(database, places["first"], day) for day in days] == [6, 6, 7]


async def test_without_any_policy_there_are_no_rules(database: Database) -> None:
    places = await database.write(build)

    with pytest.raises(NoPolicyInForce):
        await limit(database, places["first"], SINCE)

    assert (await database.read(lambda tx: policies.history(tx, places["first"]))).entries == ()
