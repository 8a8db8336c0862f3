"""Seats are free as long as nobody has them, and not a moment longer."""

from datetime import timedelta
from typing import Any

from storage import free_seats
from storage.database import Database
from storage.tables import bulletin, child_group, seat
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.gardens import Family, add_garden, add_group, add_seats, is_taken
from tests.integration.rows import add_territory


class Garden:
    """A kindergarten with one group and five published seats."""

    def __init__(self, tx: Transaction, hours: float = -1) -> None:
        self.territory = add_territory(tx)
        self.id = add_garden(tx, self.territory, "Амина")
        self.group = add_group(tx, self.id)
        self.seats = add_seats(tx, self.territory, self.group, 5, hours=hours)

    def free(self, tx: Transaction) -> int:
        """The free seats, which both ways of counting agree about."""
        whole = free_seats.of_kindergartens(tx, [self.id]).get(self.id, 0)
        assert whole == free_seats.of_groups(tx, self.id).get(self.group, 0)
        return whole


async def test_published_seats_in_nobodys_hand_are_free(database: Database) -> None:
    garden = await database.write(Garden)

    assert await database.read(garden.free) == 5


async def test_a_list_is_counted_from_the_instant_it_comes_out(database: Database, clock: SetClock) -> None:
    garden = await database.write(lambda tx: Garden(tx, hours=1))

    assert await database.read(garden.free) == 0
    clock.advance(timedelta(hours=1))
    assert await database.read(garden.free) == 5


async def test_a_hold_holds_to_its_last_moment_and_lapsed_holds_nothing(
    database: Database, clock: SetClock
) -> None:
    garden = await database.write(Garden)

    def hold(tx: Transaction) -> None:
        family = Family(tx, garden.territory)
        is_taken(tx, garden.seats[0], family.claims(tx, garden.seats[0], "held"), minutes=10)

    await database.write(hold)

    clock.advance(timedelta(minutes=10, microseconds=-1))
    assert await database.read(garden.free) == 4
    clock.advance(timedelta(microseconds=1))
    assert await database.read(garden.free) == 5


async def test_what_was_confirmed_is_not_free_also_when_its_claim_is_over(database: Database) -> None:
    garden = await database.write(Garden)

    def confirm(tx: Transaction) -> None:
        for seat_id, state in zip(garden.seats, ("applied", "referred", "enrolled", "expired"), strict=False):
            Family(tx, garden.territory).claims(tx, seat_id, state)

    await database.write(confirm)

    assert await database.read(garden.free) == 1


async def test_what_was_recalled_is_not_counted(database: Database) -> None:
    garden = await database.write(Garden)

    def recall(tx: Transaction) -> None:
        tx.conn.execute(seat.update().where(seat.c.id == garden.seats[0]).values(recalled_at=tx.now))
        others = add_seats(tx, garden.territory, garden.group, 3, hours=-2)
        tx.conn.execute(
            bulletin.update().where(bulletin.c.id.in_(_bulletin_of(others[0]))).values(recalled_at=tx.now)
        )

    await database.write(recall)

    assert await database.read(garden.free) == 4


async def test_a_group_that_is_closed_has_no_free_seats(database: Database) -> None:
    garden = await database.write(Garden)

    await database.write(
        lambda tx: tx.conn.execute(
            child_group.update().where(child_group.c.id == garden.group).values(closed_at=tx.now)
        )
    )

    assert await database.read(garden.free) == 0


async def test_of_none_asked_for_none_is_counted(database: Database) -> None:
    assert await database.read(lambda tx: free_seats.of_kindergartens(tx, [])) == {}


def _bulletin_of(seat_id: int) -> Any:
    return seat.select().with_only_columns(seat.c.bulletin_id).where(seat.c.id == seat_id)
