"""A group's room: enrolled children take it, until they have left, go elsewhere, or go to school."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select

from bot.department.officer import Officer
from bot.desk import contracts
from domain.enrolment import Leaving
from domain.errors import AlreadyDecided, NoContract, SeatsOutOfRange
from domain.notice import Deed, Told
from storage.database import Database
from storage.desk import enrolled, groups
from storage.seats import leaving
from storage.seats.referrals import Issued
from storage.seats.reporting import Reporter, correct, report
from storage.tables import claim
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.desk_city import BIRTH_YEAR, CAPACITY, INSTANT, RELEASED_ON, City, House
from tests.integration.inboxes import facts, noted, told
from tests.integration.unverified_families import Family

LAST = date(2026, 12, 31)
DAY = timedelta(days=1)
BY = Reporter()
T = TypeVar("T")


class Stage:
    """A city where confirming refers at once, and a secretary."""

    def __init__(self, database: Database, city: City, secretary: Officer) -> None:
        self.database = database
        self.city = city
        self.secretary = secretary
        self.family: Family

    async def do(self, work: Callable[[Transaction], T]) -> T:
        return await self.database.write(work)

    def enrols(self, tx: Transaction, house: House, family: Family | None = None) -> Issued:
        """A child signs with a house, on a seat of its own."""
        self.family = family or self.city.family(tx)[0]
        issued = self.city.referred(tx, self.family, house)
        contracts.sign(tx, self.secretary, issued, RELEASED_ON)
        return issued

    async def leaves(self, issued: Issued, last_day: date = LAST) -> None:
        await self.do(lambda tx: contracts.left(tx, self.secretary, issued, last_day, Leaving.MOVED_AWAY))

    async def room(self, empty_from: date) -> int:
        """How many seats "Амина" could report for that day."""

        def asks(tx: Transaction) -> int:
            try:
                report(tx, self.city.amina.group_id, 999, by=BY, released_on=empty_from)
            except SeatsOutOfRange as refused:
                return refused.most
            raise AssertionError("that many seats were taken")

        return await self.do(asks)


@pytest.fixture
async def stage(database: Database) -> Stage:
    city = await database.write(lambda tx: City(tx, INSTANT))
    return Stage(database, city, await database.write(city.secretary))


async def test_an_enrolled_child_takes_room_as_an_offered_seat_does(stage: Stage) -> None:
    amina = stage.city.amina
    await stage.do(lambda tx: stage.enrols(tx, amina))
    await stage.do(lambda tx: report(tx, amina.group_id, 2, by=BY))

    [group] = await stage.do(lambda tx: groups.of_houses(tx, [amina.id]))

    assert (group.offered, group.enrolled, group.room, group.room_ahead) == (2, 1, CAPACITY - 3, CAPACITY - 2)
    assert await stage.room(RELEASED_ON) == CAPACITY - 3


async def test_its_place_can_be_reported_for_the_day_after_its_last_one_and_no_sooner(stage: Stage) -> None:
    issued = await stage.do(lambda tx: stage.enrols(tx, stage.city.amina))

    await stage.leaves(issued)

    assert await stage.room(LAST) == CAPACITY - 1
    assert await stage.room(LAST + DAY) == CAPACITY


async def test_a_correction_is_counted_against_the_room_of_its_own_day(stage: Stage) -> None:
    issued = await stage.do(lambda tx: stage.enrols(tx, stage.city.amina))
    await stage.leaves(issued)
    now, later = [
        await stage.do(lambda tx, day=day: report(tx, stage.city.amina.group_id, 1, by=BY, released_on=day))  # type: ignore[misc]
        for day in (LAST, LAST + DAY)
    ]

    with pytest.raises(SeatsOutOfRange) as refused:
        await stage.do(lambda tx: correct(tx, now.bulletin_id, CAPACITY))
    await stage.do(lambda tx: correct(tx, later.bulletin_id, CAPACITY - 1))

    assert refused.value.most == CAPACITY - 2


async def test_its_parents_are_told_and_their_journals_say_it(stage: Stage, clock: SetClock) -> None:
    issued = await stage.do(lambda tx: stage.enrols(tx, stage.city.amina))
    clock.advance(DAY)

    await stage.leaves(issued)

    parent = stage.family.parent_id
    assert (await told(stage.database, parent))[-1] is Told.CHILD_LEFT
    assert (await noted(stage.database, parent))[-1][1] is Deed.CHILD_LEFT
    assert (await facts(stage.database, parent))["through"] == LAST.isoformat()


async def test_it_is_noted_once(stage: Stage) -> None:
    issued = await stage.do(lambda tx: stage.enrols(tx, stage.city.amina))
    await stage.leaves(issued)

    with pytest.raises(AlreadyDecided):
        await stage.leaves(issued, LAST + DAY)

    assert await stage.do(lambda tx: leaving.left_on(tx, issued.claim_id)) == LAST


async def test_nobody_leaves_who_has_no_contract(stage: Stage) -> None:
    issued = await stage.do(lambda tx: stage.city.referred(tx, stage.city.family(tx)[0], stage.city.amina))

    with pytest.raises(NoContract):
        await stage.leaves(issued)


async def test_who_signs_elsewhere_has_left_the_day_before_the_new_contract(stage: Stage) -> None:
    before = await stage.do(lambda tx: stage.enrols(tx, stage.city.amina))
    family = stage.family

    def again(tx: Transaction) -> Issued:
        anew = stage.city.town.applies(tx, family.parent_id, family.child_id)
        return stage.enrols(tx, stage.city.other, replace(family, application_id=anew))

    after = await stage.do(again)

    assert await stage.do(lambda tx: leaving.left_on(tx, before.claim_id)) == RELEASED_ON - DAY
    assert await stage.do(lambda tx: leaving.left_on(tx, after.claim_id)) is None
    why = select(claim.c.left_why).where(claim.c.id == before.claim_id)
    assert await stage.do(lambda tx: tx.conn.execute(why).scalar()) == Leaving.OTHER_KINDERGARTEN.value


async def test_the_children_of_a_group_are_listed_until_they_have_left(stage: Stage, clock: SetClock) -> None:
    amina = stage.city.amina
    staying = await stage.do(lambda tx: stage.enrols(tx, amina))
    leaves = await stage.do(lambda tx: stage.enrols(tx, amina))
    await stage.leaves(leaves, date(2026, 11, 21))

    async def listed() -> list[tuple[int, date | None]]:
        found = await stage.do(lambda tx: enrolled.of_group(tx, amina.group_id, [amina.id]))
        return [(each.number, each.left_on) for each in found]

    assert sorted(await listed()) == sorted([(staying.number, None), (leaves.number, date(2026, 11, 21))])
    clock.advance(2 * DAY)
    assert await listed() == [(staying.number, None)]
    assert await stage.do(lambda tx: enrolled.of_group(tx, amina.group_id, [stage.city.other.id])) == []


async def test_children_of_school_age_take_no_room(stage: Stage) -> None:
    await stage.do(lambda tx: stage.enrols(tx, stage.city.amina))
    school = date(BIRTH_YEAR + 6, 9, 1)

    assert await stage.room(school - DAY) == CAPACITY - 1
    assert await stage.room(school) == CAPACITY
