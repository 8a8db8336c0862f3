"""Many at one seat at the same instant: one has it. And that the guards are what sees to it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from domain.hold import HoldEnd
from storage.database import Database
from storage.ids import new_id
from storage.seats import confirming, ending, holding, lapsing, referrals, reporting
from storage.seats.free import FREE
from storage.seats.holding import Taken
from storage.seats.reporting import Recalled, Reporter
from storage.tables import application, claim, referral, seat
from storage.transaction import Transaction
from storage.vault import Vault
from tests.fakes.clock import SetClock
from tests.integration.town_with_seats import TEN_MINUTES, TENTH, Town

MANY = 24
Work = Callable[[Transaction], Any]


@pytest.fixture
async def town(database: Database) -> Town:
    """A town where confirming refers at once."""
    return await Town.build(database)


@pytest.fixture
async def crowded(postgres: Database) -> Town:
    """The same on PostgreSQL alone, where transactions run side by side."""
    return await Town.build(postgres)


@pytest.fixture
async def later(postgresql_url: str, crowded: Town, vault: Vault) -> AsyncIterator[Database]:
    """Another server of the same town, whose clock can be set apart."""
    database = await Database.open(postgresql_url, vault, SetClock())
    yield database
    await database.close()


def taking(application_id: int, bulletin_id: int) -> Work:
    return lambda tx: holding.take(tx, application_id, bulletin_id)


async def at_once(database: Database, works: Iterable[Work]) -> list[Any]:
    """What each of these came to, run at the same instant."""
    return await asyncio.gather(*(database.write(work) for work in works), return_exceptions=True)


def confirming_of(claim_id: int) -> Work:
    return lambda tx: confirming.confirm(tx, claim_id)


def kinds(results: Iterable[object]) -> Counter[str]:
    return Counter(type(each).__name__ for each in results)


def holders(tx: Transaction) -> list[int]:
    """How many live claims each seat has that has any."""
    counted = select(func.count()).where(claim.c.ended_at.is_(None)).group_by(claim.c.seat_id)
    return list(tx.conn.execute(counted).scalars())


# --- the guard, and what happens without it --------------------------------------------------


async def test_of_many_parents_at_one_seat_one_has_it(town: Town) -> None:
    bulletin_id, ids = await town.bulletin(1), await town.applications(MANY)

    results = await at_once(town.database, (taking(each, bulletin_id) for each in ids))

    assert kinds(results) == {"Taken": 1, "SeatGone": MANY - 1}
    assert await town.database.read(holders) == [1]


@pytest.fixture(params=[False, True])
async def constrained(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[bool]:
    """Without the schema's guard of a seat, and with it. The database is used again after the test."""
    [guard] = [each for each in claim.indexes if each.name == "uq_claim_taken_seat"]
    if not request.param:
        await database.write(lambda tx: guard.drop(tx.conn))
    yield request.param
    if not request.param:
        await database.write(lambda tx: tx.conn.execute(delete(claim)))
        await database.write(lambda tx: guard.create(tx.conn))


async def test_whoever_reads_first_and_then_writes_sells_a_seat_twice_unless_the_schema_stops_it(
    town: Town, constrained: bool
) -> None:
    bulletin_id, [first, second] = await town.bulletin(1), await town.applications(2)

    def looks(tx: Transaction) -> int:
        free = select(seat.c.id).where(seat.c.bulletin_id == bulletin_id, FREE)
        seat_id: int = tx.conn.execute(free, {"now": tx.now}).scalar_one()
        return seat_id

    def writes(application_id: int, seat_id: int) -> Work:
        def work(tx: Transaction) -> None:
            of_child = select(application.c.child_id).where(application.c.id == application_id)
            row = {"id": new_id(), "seat_id": seat_id, "application_id": application_id, "state": "held"}
            until = tx.now + TEN_MINUTES
            who = {"child_id": tx.conn.execute(of_child).scalar_one(), "taken_at": tx.now}
            tx.conn.execute(insert(claim), row | who | {"held_until": until})
            ours = {"claim_id": row["id"], "held_until": until}
            tx.conn.execute(update(seat).where(seat.c.id == seat_id).values(ours))

        return work

    both = (first, second)
    seen = [await town.database.read(looks) for _ in both]
    results = await at_once(town.database, (writes(*each) for each in zip(both, seen, strict=True)))

    errors = [each for each in results if isinstance(each, Exception)]
    assert [type(each) for each in errors] == ([IntegrityError] if constrained else [])
    assert await town.database.read(holders) == ([1] if constrained else [2])


# --- side by side ----------------------------------------------------------------------------


@pytest.mark.postgresql
async def test_so_many_win_as_there_are_seats_and_each_its_own(crowded: Town) -> None:
    bulletin_id, ids = await crowded.bulletin(7), await crowded.applications(MANY)

    results = await at_once(crowded.database, (taking(each, bulletin_id) for each in ids))

    assert kinds(results) == {"Taken": 7, "SeatGone": MANY - 7}
    assert len({each.seat_id for each in results if isinstance(each, Taken)}) == 7


@pytest.mark.postgresql
async def test_a_lapsed_seat_goes_to_one_of_many(crowded: Town, clock: SetClock) -> None:
    bulletin_id, [first, *others] = await crowded.bulletin(1), await crowded.applications(MANY)
    await crowded.takes(first, bulletin_id)
    clock.advance(TEN_MINUTES)

    results = await at_once(crowded.database, (taking(each, bulletin_id) for each in others))

    assert kinds(results) == {"Taken": 1, "SeatGone": MANY - 2}
    assert await crowded.database.read(holders) == [1]


@pytest.mark.postgresql
async def test_two_phones_of_one_parent_hold_one_seat(crowded: Town) -> None:
    bulletin_id, application_id = await crowded.bulletin(5), await crowded.application()

    results = await at_once(crowded.database, [taking(application_id, bulletin_id)] * 2)

    assert kinds(results) == {"Taken": 1, "OtherClaim": 1}


@pytest.mark.postgresql
async def test_a_child_that_waits_in_two_towns_holds_one_seat(crowded: Town) -> None:
    other = await Town.build(crowded.database)
    here, there, first = await crowded.bulletin(1), await other.bulletin(1), await crowded.application()
    second = await other.application(child_id=(await crowded.whole(first)).child_id)

    results = await at_once(crowded.database, [taking(first, here), taking(second, there)])

    assert kinds(results) == {"Taken": 1, "OtherClaim": 1}


@pytest.mark.postgresql
async def test_two_who_take_each_others_lapsed_seats_do_not_hinder_each_other(
    crowded: Town, clock: SetClock
) -> None:
    here, there = await crowded.bulletin(1), await crowded.bulletin(1)
    for _ in range(5):
        first, second = await crowded.applications(2)
        await at_once(crowded.database, [taking(first, here), taking(second, there)])
        clock.advance(TEN_MINUTES)

        results = await at_once(crowded.database, [taking(first, there), taking(second, here)])

        assert kinds(results) == {"Taken": 2}
        clock.advance(TEN_MINUTES)


@pytest.mark.postgresql
async def test_confirming_just_in_time_and_taking_just_after_come_to_one_holder(
    crowded: Town, clock: SetClock, later: Database
) -> None:
    after = later_clock(later)
    outcomes = []
    for _ in range(6):
        bulletin_id, [first, second] = await crowded.bulletin(1), await crowded.applications(2)
        held = await crowded.takes(first, bulletin_id)
        after.at = held.until
        clock.at = held.until - TENTH
        confirm = crowded.database.write(confirming_of(held.claim_id))
        results = await asyncio.gather(
            confirm, later.write(taking(second, bulletin_id)), return_exceptions=True
        )
        outcomes.append(kinds(results))
        clock.at = held.until

    assert all(each in ({"list": 1, "SeatGone": 1}, {"HoldOver": 1, "Taken": 1}) for each in outcomes)
    assert set(await crowded.database.read(holders)) == {1}


def later_clock(database: Database) -> SetClock:
    """The clock that a database was opened with."""
    found = database._doors._clock._clock  # type: ignore[attr-defined]
    assert isinstance(found, SetClock)
    return found


# --- whatever ends it, ends it once ------------------------------------------------------------


@pytest.mark.postgresql
async def test_confirming_many_times_at_once_gives_one_referral(crowded: Town) -> None:
    held = await crowded.takes(await crowded.application(), await crowded.bulletin(1))

    results = await at_once(crowded.database, [confirming_of(held.claim_id)] * 8)

    assert kinds(results) == {"list": 1, "HoldOver": 7}
    assert {each.end for each in results if not isinstance(each, list)} == {HoldEnd.CONFIRMED}
    count = select(func.count()).select_from(referral)
    assert await crowded.database.read(lambda tx: tx.conn.execute(count).scalar_one()) == 1


@pytest.mark.postgresql
async def test_letting_go_and_confirming_at_once_is_one_of_both(crowded: Town) -> None:
    held = await crowded.takes(await crowded.application(), await crowded.bulletin(1))

    results = await at_once(
        crowded.database,
        [
            lambda tx: confirming.confirm(tx, held.claim_id),
            lambda tx: holding.let_go(tx, held.claim_id),
        ],
    )

    assert kinds(results) == {"list": 1, "HoldOver": 1}


@pytest.mark.postgresql
async def test_giving_up_and_signing_at_once_is_one_of_both(crowded: Town) -> None:
    held = await crowded.takes(await crowded.application(), await crowded.bulletin(1))
    await crowded.database.write(lambda tx: confirming.confirm(tx, held.claim_id))
    issued = await crowded.database.read(lambda tx: referrals.of_claim(tx, held.claim_id))
    assert issued is not None

    results = await at_once(
        crowded.database,
        [
            lambda tx: ending.give_up(tx, issued.id),
            lambda tx: ending.sign(tx, issued.id, issued.released_on),
        ],
    )

    assert kinds(results) == {"Ended": 1, "ReferralOver": 1}


@pytest.mark.postgresql
async def test_two_clockworks_make_and_tell_each_expiry_once(crowded: Town, clock: SetClock) -> None:
    bulletin_id, ids = await crowded.bulletin(6), await crowded.applications(6)
    for each in ids:
        held = await crowded.takes(each, bulletin_id)
        await crowded.database.write(confirming_of(held.claim_id))
    [issued] = await crowded.database.read(lambda tx: referrals.of_application(tx, ids[0]))
    clock.at = issued.referral.ends_at

    results = await at_once(crowded.database, [lambda tx: lapsing.expire_due(tx, 10)] * 3)

    told = [each.application_id for result in results for each in result]
    assert sorted(told) == sorted(ids)


@pytest.mark.postgresql
@pytest.mark.parametrize("seats", [None, 1])
async def test_a_seat_that_is_taken_while_it_is_recalled_is_nobodys(crowded: Town, seats: int | None) -> None:
    bulletin_id, application_id = await crowded.bulletin(1), await crowded.application()

    def take_slowly(tx: Transaction) -> Taken:
        taken = holding.take(tx, application_id, bulletin_id)
        tx.conn.execute(select(func.pg_sleep(0.3)))
        return taken

    def recall_meanwhile(tx: Transaction) -> Recalled:
        tx.conn.execute(select(func.pg_sleep(0.1)))
        return reporting.recall(tx, bulletin_id, "A burst pipe", by=Reporter(), seats=seats)

    taken, recalled = await at_once(crowded.database, [take_slowly, recall_meanwhile])

    assert [each.claim_id for each in recalled.ended] == [taken.claim_id]
    [refused] = await at_once(crowded.database, [confirming_of(taken.claim_id)])
    assert refused.end is HoldEnd.RECALLED
