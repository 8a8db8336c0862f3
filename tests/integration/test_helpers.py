"""Helpers as they are stored: one a parent, until it is ended or its time is over."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from domain.helping import HELPS_FOR, NAMED_FOR
from domain.iin import Iin, Sex, make_iin
from domain.phone import Phone
from storage import conversations, helpers, people
from storage.database import Database
from storage.transaction import Transaction
from tests.fakes.clock import START

PHONE, OTHER = Phone("+77015550301"), Phone("+77015550302")
SECOND = timedelta(seconds=1)


def iin(serial: int) -> Iin:
    made = (make_iin(date(1990, 5, 4), Sex.FEMALE, each) for each in range(serial, serial + 9))
    return next(each for each in made if each is not None)


def a_parent(tx: Transaction, serial: int = 1) -> int:
    return people.parent_for(tx, iin(serial), at=START, language="kk", notice_way="messenger")


def account(tx: Transaction, chat: str = "1") -> int:
    return conversations.enter(tx, "telegram", chat).contact_id


def confirmed(tx: Transaction) -> tuple[int, int, int]:
    """A parent with a helper since START: parent, helper, the helper's account."""
    parent_id, contact_id = a_parent(tx), account(tx)
    helper_id = helpers.name(tx, parent_id, PHONE, "Әже", START)
    assert helper_id is not None
    assert helpers.confirm(tx, helper_id, contact_id, START)
    return parent_id, helper_id, contact_id


async def test_who_is_named_is_found_by_the_phone_and_helps_once_confirmed(database: Database) -> None:
    def name(tx: Transaction) -> tuple[int, int | None, int]:
        parent_id = a_parent(tx)
        return parent_id, helpers.name(tx, parent_id, PHONE, "Әже", START), account(tx)

    parent_id, helper_id, contact_id = await database.write(name)
    assert helper_id is not None
    [waiting] = await database.read(lambda tx: helpers.waiting_for(tx, PHONE, START))
    assert (waiting.id, waiting.phone, waiting.name) == (helper_id, PHONE, "Әже")
    assert await database.read(lambda tx: helpers.waiting_for(tx, OTHER, START)) == []
    assert await database.read(lambda tx: helpers.families_of(tx, contact_id, START)) == []

    assert await database.write(lambda tx: helpers.confirm(tx, helper_id, contact_id, START))

    assert await database.read(lambda tx: helpers.families_of(tx, contact_id, START)) == [parent_id]
    assert await database.read(lambda tx: helpers.waiting_for(tx, PHONE, START)) == []
    reach = await database.read(lambda tx: helpers.reached_for(tx, parent_id, START))
    assert reach is not None
    assert reach.contact_id == contact_id


async def test_a_parent_has_one_helper_also_when_two_are_named_at_once(database: Database) -> None:
    parent_id = await database.write(a_parent)

    def naming(phone: Phone) -> Callable[[Transaction], int | None]:
        return lambda tx: helpers.name(tx, parent_id, phone, "", START)

    named = await asyncio.gather(*(database.write(naming(each)) for each in (PHONE, OTHER, PHONE)))

    assert sum(each is not None for each in named) == 1


async def test_one_account_helps_several_families(database: Database) -> None:
    def two(tx: Transaction) -> tuple[int, list[int]]:
        contact_id, families = account(tx), [a_parent(tx, 1), a_parent(tx, 20)]
        for each in families:
            helper_id = helpers.name(tx, each, PHONE, "", START)
            assert helper_id is not None
            helpers.confirm(tx, helper_id, contact_id, START)
        return contact_id, families

    contact_id, families = await database.write(two)

    found = await database.read(lambda tx: helpers.families_of(tx, contact_id, START))
    assert sorted(found) == sorted(families)


async def test_an_ended_helper_is_nobody_and_another_can_be_named(database: Database) -> None:
    parent_id, helper_id, contact_id = await database.write(confirmed)

    assert await database.write(lambda tx: helpers.name(tx, parent_id, OTHER, "", START)) is None
    assert await database.write(lambda tx: helpers.end(tx, helper_id, START))
    assert not await database.write(lambda tx: helpers.end(tx, helper_id, START))

    assert await database.read(lambda tx: helpers.families_of(tx, contact_id, START)) == []
    assert await database.read(lambda tx: helpers.reached_for(tx, parent_id, START)) is None
    assert await database.write(lambda tx: helpers.name(tx, parent_id, OTHER, "", START)) is not None


@pytest.mark.parametrize(
    ("now", "helps"),
    [(START + HELPS_FOR - SECOND, True), (START + HELPS_FOR, False), (START + HELPS_FOR + SECOND, False)],
)
async def test_helping_is_over_by_itself_after_a_year(database: Database, now: datetime, helps: bool) -> None:
    parent_id, _, contact_id = await database.write(confirmed)

    families = await database.read(lambda tx: helpers.families_of(tx, contact_id, now))
    of_parent = await database.read(lambda tx: helpers.of_parent(tx, parent_id, now))
    reached = await database.read(lambda tx: helpers.reached_for(tx, parent_id, now))
    again = await database.write(lambda tx: helpers.name(tx, parent_id, OTHER, "", now))

    assert families == ([parent_id] if helps else [])
    assert ((of_parent is not None), (reached is not None), (again is None)) == (helps, helps, helps)


@pytest.mark.parametrize(
    ("now", "waits"),
    [(START + NAMED_FOR - SECOND, True), (START + NAMED_FOR, False), (START + NAMED_FOR + SECOND, False)],
)
async def test_who_was_named_can_say_yes_for_seven_days(
    database: Database, now: datetime, waits: bool
) -> None:
    def name(tx: Transaction) -> tuple[int, int]:
        helper_id = helpers.name(tx, a_parent(tx), PHONE, "", START)
        assert helper_id is not None
        return helper_id, account(tx)

    helper_id, contact_id = await database.write(name)

    found = await database.read(lambda tx: helpers.waiting_for(tx, PHONE, now))

    assert bool(found) == waits
    assert await database.write(lambda tx: helpers.confirm(tx, helper_id, contact_id, now)) == waits
