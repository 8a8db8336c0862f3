"""The IIN of a child stays as long as a place can be disputed, and not a second longer."""

from datetime import timedelta
from functools import partial

import pytest

from bot.erasing import erase_rest
from domain.application import Status
from domain.erasing import kept_until
from storage import applications, guardians, people
from storage.database import Database
from storage.erasing import erase
from storage.recount import recount
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.erased_family import CHILD, MINE, Family


@pytest.fixture
async def family(database: Database) -> Family:
    """A parent who is going to be erased."""
    return await database.write(Family)


@pytest.mark.parametrize(("seconds", "known"), [(-1, True), (0, False)])
async def test_the_childs_iin_is_kept_three_years_and_not_longer(
    database: Database, family: Family, clock: SetClock, seconds: int, known: bool
) -> None:
    await database.write(lambda tx: erase(tx, family.parent))
    await erase_rest(database)
    ended = clock.at
    assert await database.read(lambda tx: people.find_child_by_iin(tx, CHILD)) == family.child

    clock.at = kept_until(ended) + timedelta(seconds=seconds)
    await erase_rest(database)

    found = await database.read(lambda tx: people.find_child_by_iin(tx, CHILD))
    assert found == (family.child if known else None)
    assert await recount(database, repair=False) == []
    ended_one = await database.read(lambda tx: applications.find_by_number(tx, family.number))
    assert ended_one is not None
    assert (ended_one.status, ended_one.child_id) == (Status.WITHDRAWN, family.child)


async def test_the_iin_of_a_child_that_was_in_no_queue_goes_at_once(database: Database) -> None:
    family = await database.write(partial(Family, applies=False))
    await database.write(lambda tx: erase(tx, family.parent))

    await erase_rest(database)

    assert await database.read(lambda tx: people.find_child_by_iin(tx, CHILD)) is None


async def test_a_child_who_has_a_parent_again_is_left_alone(
    database: Database, family: Family, clock: SetClock
) -> None:
    await database.write(lambda tx: erase(tx, family.parent))

    def comes_back(tx: Transaction) -> None:
        anew = people.parent_for(tx, MINE, at=tx.now, language="kk", notice_way="messenger")
        guardians.join(tx, anew, family.child, "applied", tx.now)

    await database.write(comes_back)
    clock.at = kept_until(clock.at) + timedelta(days=400)
    await erase_rest(database)

    assert await database.read(lambda tx: people.find_child_by_iin(tx, CHILD)) == family.child
