"""What thousands do at one instant, PostgreSQL plans once: planning takes it longer than the looking up."""

import pytest
from sqlalchemy import text

from domain.application import QueueClass
from storage.transaction import Transaction
from tests.conversation.fixtures import house_on
from tests.conversation.house import House
from tests.conversation.mine_plays import CHILD, parent_at
from tests.conversation.places_plays import has_seats
from tests.conversation.seat_course import is_taken_by_others

pytestmark = pytest.mark.postgresql
TRIES = 5
"""So often a server plans a statement for its very values, before it compares that with planning it once."""
HOUSES, FAMILIES = 12, 350
_PLANNED = text("SELECT statement, custom_plans, generic_plans FROM pg_prepared_statements")


async def _crowd(house: House) -> None:
    """Places and families, so many that it makes a difference how a statement is planned."""
    for number in range(HOUSES):
        await has_seats(house, f"Garden {number}", 25, language="ru")
    await house.joins(QueueClass.GENERAL, FAMILIES, year=2023)


async def _counted(house: House) -> None:
    """The server has counted what is there, as it does by itself within a minute."""
    await house.write(lambda tx: tx.conn.execute(text("ANALYZE")))


def _planned(tx: Transaction) -> tuple[int, list[str]]:
    """How many statements of this connection are planned once, and which are planned each time.

    Rows that are only put in don't count: there is nothing to plan, and the crowd was put in before.
    """
    rows = tx.conn.execute(_PLANNED).all()
    once = [row for row in rows if row.generic_plans]
    looks_up = [row for row in rows if not row.statement.startswith("INSERT")]
    return len(once), [row.statement for row in looks_up if row.custom_plans > TRIES]


async def test_a_press_for_a_seat_that_is_gone_is_planned_once(postgresql_url: str) -> None:
    async with house_on(postgresql_url) as house:
        gone = await has_seats(house, "Amina", 1)
        await has_seats(house, "Balapan", 2)
        await _crowd(house)
        person = await parent_at(house, "telegram")
        await is_taken_by_others(house, gone)
        await _counted(house)

        for _ in range(6 * TRIES):
            await person.presses(f"take:{gone.bulletin_id}:{house.world.application_of(CHILD)}")
        once, each_time = await house.write(_planned)

    assert person.labels[0] == "1. Balapan"
    assert each_time == []
    assert once > 10


async def test_a_look_at_the_own_place_is_planned_once(postgresql_url: str) -> None:
    async with house_on(postgresql_url) as house:
        await _crowd(house)
        person = await parent_at(house, "telegram")
        await _counted(house)

        for _ in range(6 * TRIES):
            await person.says("/check")
        once, each_time = await house.write(_planned)

    assert CHILD.person.name in person.sees
    assert each_time == []
    assert once > 10
