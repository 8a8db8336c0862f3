"""The pages of kindergartens and of the department around a real database: who works there, and families."""

from sqlalchemy import select

from domain.application import Status
from storage.tables import audit, bulletin
from storage.transaction import Transaction
from tests.fakes.console_site import Desk
from tests.integration.desk_city import RELEASED_ON, City
from tests.integration.unverified_families import Family

REASON = "Анықтама жоқ"
STALE = "Something has changed here meanwhile."
DAY = RELEASED_ON.isoformat()


class DeskStage:
    """A console, a city whose confirmed seats are sent to the kindergarten, and two who log in."""

    def __init__(self, desk: Desk, city: City) -> None:
        self.desk = desk
        self.city = city

    @classmethod
    async def set(cls, desk: Desk, *rules: object) -> "DeskStage":
        city = await desk.database.write(lambda tx: City(tx, *rules))  # type: ignore[arg-type]
        await desk.hires("amina", "kindergarten", kindergartens=[city.amina.id])
        await desk.hires("officer", "department", territories=[city.territory_id])
        return cls(desk, city)

    async def sent(self, to_other: bool = False) -> tuple[Family, int]:
        """A family has sent its application; the claim."""
        house = self.city.other if to_other else self.city.amina

        def work(tx: Transaction) -> tuple[Family, int]:
            family, _ = self.city.family(tx)
            return family, self.city.confirms(tx, family, self.city.seats(tx, house, 1))

        return await self.desk.database.write(work)

    async def referred(self, to_other: bool = False) -> tuple[Family, int, int]:
        """A family has a referral; its id and number."""
        house = self.city.other if to_other else self.city.amina

        def work(tx: Transaction) -> tuple[Family, int, int]:
            family, _ = self.city.family(tx)
            issued = self.city.referred(tx, family, house)
            return family, issued.id, issued.number

        return await self.desk.database.write(work)

    async def reported(self) -> list[tuple[int, int]]:
        """The bulletins of "Амина": id and seats."""
        asked = select(bulletin.c.id, bulletin.c.total_seats).where(
            bulletin.c.group_id == self.city.amina.group_id
        )
        return await self.desk.database.read(lambda tx: [(row[0], row[1]) for row in tx.conn.execute(asked)])

    async def status(self, family: Family) -> Status:
        return await self.desk.database.read(lambda tx: family.application(tx).status)

    async def audited(self) -> list[str]:
        asked = select(audit.c.what).where(audit.c.what != "signed_in").order_by(audit.c.id)
        return await self.desk.database.read(lambda tx: list(tx.conn.execute(asked).scalars()))
