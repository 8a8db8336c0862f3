"""What the schema itself makes impossible, even if the code were wrong."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.tables import application, claim, phone, place_event, seat
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.rows import (
    add_application,
    add_bulletin,
    add_child,
    add_claim,
    add_parent,
    add_queue,
    add_seat,
    add_territory,
)


@dataclass
class World:
    """A city with one queue, a family in it, and a bulletin with two seats."""

    territory_id: int
    queue_id: int
    parent_id: int
    child_id: int
    application_id: int
    seats: list[int]


def build(tx: Transaction) -> World:
    territory_id = add_territory(tx)
    queue_id, parent_id, child_id = add_queue(tx, territory_id), add_parent(tx), add_child(tx)
    applied = add_application(tx, child_id, parent_id, queue_id, territory_id)
    bulletin_id = add_bulletin(tx, territory_id)
    seats = [add_seat(tx, bulletin_id, position) for position in (1, 2)]
    return World(territory_id, queue_id, parent_id, child_id, applied, seats)


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def refused(database: Database, work: Callable[[Transaction], object]) -> bool:
    """Whether the schema refuses it."""
    try:
        await database.write(work)
    except IntegrityError:
        return True
    return False


def apply_again(world: World, **values: object) -> Callable[[Transaction], int]:
    return lambda tx: add_application(
        tx, world.child_id, world.parent_id, world.queue_id, world.territory_id, **values
    )


async def test_a_child_has_one_live_application_in_a_queue_kind_of_a_territory(
    database: Database, world: World
) -> None:
    assert await refused(database, apply_again(world))


async def test_a_child_may_be_in_another_queue_kind_too(database: Database, world: World) -> None:
    assert not await refused(database, apply_again(world, kind="correctional"))


async def test_a_suspended_application_is_live(database: Database, world: World) -> None:
    await database.write(lambda tx: tx.conn.execute(update(application).values(status="suspended")))

    assert await refused(database, apply_again(world))


async def test_after_the_end_a_new_application_is_possible(database: Database, world: World) -> None:
    ended = update(application).values(status="enrolled", ended_at=START)
    await database.write(lambda tx: tx.conn.execute(ended))

    assert not await refused(database, apply_again(world))


@pytest.mark.parametrize(
    ("status", "ended_at"),
    [("awaiting_place", START), ("suspended", START), ("enrolled", None), ("withdrawn", None)],
)
async def test_a_status_cannot_say_other_than_the_end(
    database: Database, world: World, status: str, ended_at: object
) -> None:
    torn = update(application).values(status=status, ended_at=ended_at)

    assert await refused(database, lambda tx: tx.conn.execute(torn))


async def test_two_applications_never_have_one_number(database: Database, world: World) -> None:
    numbered = apply_again(world, kind="correctional", number=7)
    await database.write(lambda tx: tx.conn.execute(update(application).values(number=7)))

    assert await refused(database, numbered)


async def test_a_child_has_one_live_claim_over_all_seats(database: Database, world: World) -> None:
    def hold(tx: Transaction, seat_id: int) -> int:
        return add_claim(tx, seat_id, world.application_id, world.child_id)

    await database.write(lambda tx: hold(tx, world.seats[0]))

    assert await refused(database, lambda tx: hold(tx, world.seats[1]))


@pytest.mark.parametrize("state", ["held", "applied", "referred"])
async def test_a_seat_has_one_live_claim(database: Database, world: World, state: str) -> None:
    def hold_by(tx: Transaction, child_id: int, **values: object) -> int:
        return add_claim(tx, world.seats[0], world.application_id, child_id, **values)

    await database.write(lambda tx: hold_by(tx, world.child_id, state=state))

    assert await refused(database, lambda tx: hold_by(tx, add_child(tx)))


async def test_a_seat_in_which_a_child_is_enrolled_stays_taken(database: Database, world: World) -> None:
    def claim_by(tx: Transaction, child_id: int, **values: object) -> int:
        return add_claim(tx, world.seats[0], world.application_id, child_id, **values)

    await database.write(lambda tx: claim_by(tx, world.child_id, state="enrolled", ended_at=START))

    assert await refused(database, lambda tx: claim_by(tx, add_child(tx)))


async def test_a_claim_that_has_lapsed_leaves_seat_and_child_free(database: Database, world: World) -> None:
    def hold(tx: Transaction, **values: object) -> int:
        return add_claim(tx, world.seats[0], world.application_id, world.child_id, **values)

    await database.write(lambda tx: hold(tx, state="lapsed", ended_at=START))

    assert not await refused(database, hold)


async def test_a_claim_that_is_over_cannot_look_alive(database: Database, world: World) -> None:
    held = await database.write(
        lambda tx: add_claim(tx, world.seats[0], world.application_id, world.child_id)
    )
    torn = update(claim).where(claim.c.id == held).values(ended_at=START)

    assert await refused(database, lambda tx: tx.conn.execute(torn))


async def test_two_seats_never_point_to_one_claim(database: Database, world: World) -> None:
    assert await refused(database, lambda tx: tx.conn.execute(update(seat).values(claim_id=7)))


async def test_a_queue_never_counts_below_nothing(database: Database, world: World) -> None:
    below = "UPDATE queue SET size_2 = size_2 - 1"

    assert await refused(database, lambda tx: tx.conn.exec_driver_sql(below))


async def test_two_events_of_a_queue_never_have_one_sequence(database: Database, world: World) -> None:
    event = insert(place_event).values(
        queue_id=world.queue_id,
        sequence=1,
        at=START,
        kind="joined",
        queue_class=2,
        key_at=START,
        key_number=1,
        size_0=0,
        size_1=0,
        size_2=1,
        phase=0,
    )
    await database.write(lambda tx: tx.conn.execute(event))

    assert await refused(database, lambda tx: tx.conn.execute(event))


async def test_a_parent_has_one_current_phone_in_each_place(database: Database, world: World) -> None:
    def add_phone(tx: Transaction, phone_id: int, replaced_at: object = None) -> None:
        row = {"parent_id": world.parent_id, "position": 1, "phone_index": b"x", "phone": b"sealed"}
        times = {"confirmed_at": START, "created_at": START, "replaced_at": replaced_at}
        tx.conn.execute(insert(phone).values(id=phone_id, **row, **times))

    await database.write(lambda tx: add_phone(tx, 1, replaced_at=START))
    await database.write(lambda tx: add_phone(tx, 2))

    assert await refused(database, lambda tx: add_phone(tx, 3))
