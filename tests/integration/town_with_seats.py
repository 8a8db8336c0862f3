"""A town with a kindergarten, a bulletin with seats, and applications that may take them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, insert, select

from domain.policy import Policy
from domain.policy_data import to_data
from domain.seat_list import SeatList
from storage.applications import Application, find
from storage.database import Database
from storage.ids import new_id
from storage.publishing import NewBulletin, add_bulletin, list_at
from storage.seats import holding, standing
from storage.seats.holding import Taken
from storage.submitting import submit
from storage.tables import access, bulletin, child_group, claim, kindergarten, policy, seat
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.queue_people import BIRTH_YEAR, People

SECOND = timedelta(seconds=1)
TENTH = timedelta(milliseconds=100)
TEN_MINUTES = timedelta(minutes=10)
LONG_AGO = START - timedelta(days=30)
OPEN_TO_ALL = SeatList(
    publish_at=LONG_AGO, opens_at=LONG_AGO, priority_ends_at=LONG_AGO, access_made_at=LONG_AGO
)


class Town:
    """Its seats are open to everyone since long ago, unless a bulletin is given another list."""

    def __init__(self, database: Database, people: People, group_id: int) -> None:
        self.database = database
        self.people = people
        self.group_id = group_id

    @classmethod
    async def build(cls, database: Database, rules: Policy | None = None) -> "Town":
        """A town under these rules."""

        def work(tx: Transaction) -> tuple[People, int]:
            people = People.arrive(tx)
            set_policy(tx, people.territory_id, rules or Policy(), LONG_AGO - timedelta(days=365))
            return people, _group(tx, people.territory_id)

        return cls(database, *await database.write(work))

    async def bulletin(self, seats: int, seat_list: SeatList = OPEN_TO_ALL, **given: Any) -> int:
        """A bulletin with so many free seats; its id."""
        return await self.database.write(lambda tx: self.adds_bulletin(tx, seats, seat_list, **given))

    def adds_bulletin(
        self, tx: Transaction, seats: int, seat_list: SeatList = OPEN_TO_ALL, **given: Any
    ) -> int:
        """The same inside a transaction."""
        row: dict[str, Any] = {
            "list_id": list_at(tx, self.people.territory_id, seat_list),
            "group_id": self.group_id,
            "seats": seats,
            "language": "kk",
            "birth_years": [BIRTH_YEAR],
            "seat_kind": "vacant",
            "released_on": date(2026, 10, 21),
            "reported_at": LONG_AGO,
        }
        [first, *_] = add_bulletin(tx, NewBulletin(**(row | given)))
        bulletin_id: int = tx.conn.execute(select(seat.c.bulletin_id).where(seat.c.id == first)).scalar_one()
        return bulletin_id

    async def application(self, **given: Any) -> int:
        """An application of a new child in its queue; its id."""

        def work(tx: Transaction) -> int:
            return submit(tx, self.people.application(tx, **given)).application_id

        return await self.database.write(work)

    async def applications(self, count: int) -> list[int]:
        """So many, one after the other."""
        return [await self.application(submitted_at=LONG_AGO + n * SECOND) for n in range(count)]

    async def takes(self, application_id: int, bulletin_id: int) -> Taken:
        """An application takes a seat."""
        return await self.database.write(lambda tx: holding.take(tx, application_id, bulletin_id))

    async def bulletin_of(self, application_id: int) -> int:
        """The bulletin of the only seat that an application has ever taken."""
        its = select(seat.c.bulletin_id).join(claim, claim.c.seat_id == seat.c.id)
        its = its.where(claim.c.application_id == application_id)
        bulletin_id: int = await self.database.read(lambda tx: tx.conn.execute(its).scalar_one())
        return bulletin_id

    async def free(self, bulletin_id: int) -> int:
        """How many seats are free, counting up to two, as somebody who waits sees it."""
        watcher = await self.application()
        found = await self.database.read(lambda tx: standing.read(tx, watcher, bulletin_id))
        return found.attempt.bulletin.free

    async def whole(self, application_id: int) -> Application:
        """An application as it is."""
        found = await self.database.read(lambda tx: find(tx, application_id))
        assert found is not None
        return found

    async def row(self, table: Table, row_id: int) -> Row[Any]:
        """A row as it is."""
        return await self.database.read(
            lambda tx: tx.conn.execute(select(table).where(table.c.id == row_id)).one()
        )

    async def has_access(self, application_id: int, bulletin_id: int, ends_at: datetime) -> None:
        """An application is among the first of a bulletin's list."""

        def work(tx: Transaction) -> None:
            list_id = tx.conn.execute(
                select(bulletin.c.list_id).where(bulletin.c.id == bulletin_id)
            ).scalar_one()
            row = {"list_id": list_id, "application_id": application_id, "made_at": tx.now}
            tx.conn.execute(insert(access), row | {"ends_at": ends_at})

        await self.database.write(work)

    async def rules_become(self, since: datetime, **changed: Any) -> None:
        """Other rules are in force since the day of that instant."""
        rules = replace(Policy(), **changed)
        await self.database.write(lambda tx: set_policy(tx, self.people.territory_id, rules, since))


def set_policy(tx: Transaction, territory_id: int, rules: Policy, since: datetime) -> None:
    """Write the rules of a territory."""
    row = {"id": new_id(), "territory_id": territory_id, "in_force_from": since, "data": to_data(rules)}
    tx.conn.execute(insert(policy), row)
    tx.rules_read.clear()


def _group(tx: Transaction, territory_id: int) -> int:
    garden: dict[str, Any] = {"id": new_id(), "territory_id": territory_id, "name": "Garden"}
    words = {"code": f"garden-{new_id()}", "ownership": "state", "languages": ["kk", "ru"]}
    tx.conn.execute(insert(kindergarten), garden | words)
    row: dict[str, Any] = {
        "id": new_id(),
        "kindergarten_id": garden["id"],
        "code": "group",
        "name": "Group",
        "kind": "day",
        "queue_kind": "general",
        "language": "kk",
        "birth_years": [BIRTH_YEAR],
        "capacity": 500,
    }
    tx.conn.execute(insert(child_group), row)
    group_id: int = row["id"]
    return group_id
