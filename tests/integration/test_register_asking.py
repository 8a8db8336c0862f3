"""Who is to be asked about at the state register, and that each is claimed by one worker."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Select

from domain.application import Happening
from domain.policy import Policy
from storage import privileges, register_asking
from storage.application_changes import set_status
from storage.database import Database
from storage.prepared import Prepared
from storage.register_asking import Asked, claim, settle
from storage.register_subjects import the_child, the_parent
from storage.tables import child, parent
from storage.transaction import Transaction
from storage.verification import vouched_by_staff
from tests.fakes.clock import START, SetClock
from tests.integration.unverified_families import Family, Town

SECOND = timedelta(seconds=1)
UNTIL = START + timedelta(minutes=5)
LARGE_FAMILY = Policy().privilege("large_family")


@pytest.fixture
async def town(database: Database) -> Town:
    """A territory with a policy."""
    return await database.write(Town.founded)


async def claimed(
    database: Database, real_now: datetime = START, until: datetime = UNTIL, limit: int = 50
) -> list[Asked]:
    """Who is claimed now."""
    return await database.write(lambda tx: claim(tx, real_now, until, limit))


async def settled(database: Database, asked: Asked, due_at: datetime, tries: int = 0) -> bool:
    """Whether the claim was still there to be given back."""
    return await database.write(lambda tx: settle(tx, asked, due_at, tries))


def both(family: Family) -> list[object]:
    """Parent and child, as they are claimed."""
    return [the_parent(family.parent_id), the_child(family.child_id)]


async def test_parent_and_child_of_an_unverified_application_are_asked_about(
    database: Database, town: Town
) -> None:
    family = await database.write(town.family)

    asked = await claimed(database)

    assert [each.subject for each in asked] == both(family)
    assert [each.iin for each in asked] == [family.parent, family.child]


async def test_who_is_claimed_is_nobody_elses_until_the_claim_runs_out(
    database: Database, town: Town
) -> None:
    family = await database.write(town.family)
    await claimed(database)

    assert await claimed(database, UNTIL - SECOND) == []
    assert [each.subject for each in await claimed(database, UNTIL, UNTIL + SECOND)] == both(family)


async def test_no_more_are_claimed_than_are_wanted(database: Database, town: Town) -> None:
    for _ in range(3):
        await database.write(town.family)

    sizes = [len(await claimed(database, limit=4)) for _ in range(3)]

    assert sizes == [4, 2, 0]


async def test_who_waited_longest_is_asked_about_first(database: Database, town: Town) -> None:
    families = [await database.write(town.family) for _ in range(2)]
    for asked in await claimed(database):
        pause = 2 if asked.subject == the_parent(families[0].parent_id) else 3
        await settled(database, asked, START + pause * SECOND)

    found = await claimed(database, START + 3 * SECOND, limit=1)

    assert [each.subject for each in found] == [the_parent(families[0].parent_id)]


async def test_a_pause_ends_on_the_second(database: Database, town: Town) -> None:
    await database.write(town.family)
    due_at = START + timedelta(minutes=10)
    for asked in await claimed(database):
        await settled(database, asked, due_at, 3)

    assert await claimed(database, due_at - SECOND) == []
    assert [each.tries for each in await claimed(database, due_at, due_at + SECOND)] == [3, 3]


async def test_who_was_corrected_is_asked_about_at_once(database: Database, town: Town) -> None:
    family = await database.write(town.family)
    await claimed(database)

    await database.write(lambda tx: register_asking.ask_anew(tx, the_parent(family.parent_id)))

    assert [each.subject for each in await claimed(database)] == [the_parent(family.parent_id)]


async def test_a_claim_that_was_lost_settles_nothing(database: Database, town: Town) -> None:
    await database.write(town.family)
    (first, *_) = await claimed(database)
    (second, *_) = await claimed(database, UNTIL, UNTIL + timedelta(minutes=5))

    lost = await settled(database, first, START)
    kept = await settled(database, second, UNTIL)

    assert (lost, kept) == (False, True)


async def test_nobody_is_asked_about_for_an_application_that_has_ended(
    database: Database, town: Town
) -> None:
    family = await database.write(town.family)
    await database.write(lambda tx: set_status(tx, family.application(tx), Happening.WITHDRAWN))

    assert await claimed(database) == []


async def test_who_is_verified_is_not_asked_about(database: Database, town: Town) -> None:
    family = await database.write(town.family)

    def verify(tx: Transaction) -> None:
        vouched_by_staff(tx, the_parent(family.parent_id), tx.now)
        vouched_by_staff(tx, the_child(family.child_id), tx.now)

    await database.write(verify)

    assert await claimed(database) == []


async def test_a_parent_without_an_iin_cannot_be_asked_about(database: Database, town: Town) -> None:
    family = await database.write(town.family)
    none = {"iin": None, "iin_index": None}
    await database.write(lambda tx: tx.conn.execute(parent.update().values(none)))

    assert [each.subject for each in await claimed(database)] == [the_child(family.child_id)]


async def test_one_whose_iin_cannot_be_opened_keeps_nobody_from_being_asked_about(
    database: Database, town: Town
) -> None:
    family = await database.write(town.family)
    await database.write(lambda tx: tx.conn.execute(parent.update().values(iin=b"?")))

    assert [each.iin for each in await claimed(database)] == [None, family.child]


@pytest.mark.parametrize(("age", "asked"), [(timedelta(), 0), (timedelta(microseconds=1), 1)])
async def test_a_privilege_is_asked_for_again_when_it_was_confirmed_over_ninety_days_ago(
    database: Database, town: Town, clock: SetClock, age: timedelta, asked: int
) -> None:
    family = await verified_with_large_family(database, town)

    clock.advance(timedelta(days=90) + age)

    assert [each.subject for each in await claimed(database)] == both(family)[1:][:asked]


async def test_an_application_that_has_ended_asks_for_no_privilege(
    database: Database, town: Town, clock: SetClock
) -> None:
    family = await verified_with_large_family(database, town)
    await database.write(lambda tx: set_status(tx, family.application(tx), Happening.WITHDRAWN))

    clock.advance(timedelta(days=91))

    assert await claimed(database) == []


async def verified_with_large_family(database: Database, town: Town) -> Family:
    """A family confirmed by the register, its privilege, too."""
    family = await database.write(town.family)

    def confirm(tx: Transaction) -> None:
        tx.conn.execute(parent.update().values(verified_at=tx.now))
        tx.conn.execute(child.update().values(verified_at=tx.now))
        assert LARGE_FAMILY is not None
        privileges.add_confirmed(tx, [(family.application_id, LARGE_FAMILY)], tx.now)

    await database.write(confirm)
    return family


async def test_whom_to_ask_about_is_found_without_going_through_everybody(sqlite: Database) -> None:
    town = await sqlite.write(Town.founded)
    await sqlite.write(town.family)

    plan = await sqlite.read(
        lambda tx: [step for each in register_asking.DUE.values() for step in steps(tx, each)]
    )

    # Both of these indexes hold none but the few who wait.
    assert [step for step in plan if step.startswith("SCAN")] == [
        "SCAN parent USING INDEX ix_parent_unconfirmed",
        "SCAN application USING INDEX ix_application_unverified",
    ]


def steps(tx: Transaction, statement: Select[Any]) -> list[str]:
    """How SQLite goes about it."""
    asked = {"real_now": START, "fresh_since": START, "limit": 50}
    compiled = Prepared(statement)._of(tx)
    rows = tx.conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled.sql}", compiled.bound(asked))
    return [row[3] for row in rows]


@pytest.mark.postgresql
async def test_of_several_workers_each_claims_others(postgres: Database) -> None:
    town = await postgres.write(Town.founded)
    families = [await postgres.write(town.family) for _ in range(10)]

    found = await asyncio.gather(*(claimed(postgres, limit=5) for _ in range(6)))

    subjects = [each.subject for some in found for each in some]
    assert len(subjects) == len(set(subjects))
    assert set(subjects) <= {each for family in families for each in both(family)}
    assert len(subjects) + len(await claimed(postgres)) == 20


@pytest.mark.postgresql
async def test_of_two_who_settle_the_same_claim_one_is_told_no(postgres: Database) -> None:
    town = await postgres.write(Town.founded)
    await postgres.write(town.family)
    (asked, *_) = await claimed(postgres)

    told = await asyncio.gather(*(settled(postgres, asked, UNTIL + each * SECOND) for each in (1, 2)))

    assert sorted(told) == [False, True]


async def test_whoever_moves_a_demos_clock_waits_for_no_pause(database: Database, town: Town) -> None:
    family = await database.write(town.family)
    for asked in await claimed(database):
        await settled(database, asked, START + timedelta(days=1), 5)

    await database.write(register_asking.forget_pauses)

    assert [(each.subject, each.tries) for each in await claimed(database)] == [
        (each, 0) for each in both(family)
    ]
