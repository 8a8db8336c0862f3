"""The demo's clock stops on its way wherever something falls due, so that nothing comes late."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import Outside, Service
from bot.clock import DemoClock
from bot.demo.city import DemoCity, prepare
from bot.demo.country import CITY
from bot.demo.options import DemoOptions
from bot.demo.process import settings_of
from domain.errors import NotOpenYet
from storage import applications, territories
from storage.database import Database
from storage.keyring import Keyring
from storage.seats import holding
from storage.tables import access, bulletin, child_group, kindergarten, notice, seat_list
from storage.transaction import Transaction
from storage.vault import Vault

AT = datetime(2019, 6, 26, 10, 19, tzinfo=UTC)
OPENS = datetime(2019, 6, 27, 1, 0, tzinfo=UTC)
TO_EVERYONE = datetime(2019, 7, 2, 1, 0, tzinfo=UTC)


class Moved:
    """The demo with its clockwork, moved by hand."""

    def __init__(self, city: DemoCity, database: Database, clock: DemoClock) -> None:
        self.city, self.database, self.clock = city, database, clock
        settings = settings_of(DemoOptions(at=AT, port=0, keep=None), city)
        self.service = Service(settings, database, clock, city.secret_key, Outside())

    async def to(self, target: datetime) -> None:
        await self.service.pass_by(self.clock, target)
        self.clock.move_on_to(target)
        await self.service.clockwork.look()

    async def lists(self) -> dict[datetime, tuple[bool, str | None]]:
        """Of each list that opens from now on whether it was made on the minute, and why it was late."""

        def read(tx: Transaction) -> dict[datetime, tuple[bool, str | None]]:
            found = select(seat_list).where(seat_list.c.opens_at >= AT)
            return {
                row.opens_at: ((row.access_made_at - row.opens_at).total_seconds() < 60, row.late_reason)
                for row in tx.conn.execute(found)
            }

        return await self.database.read(read)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Moved]:
    """On the day of the document."""
    city = await prepare(tmp_path, AT)
    clock = DemoClock(city.starts_at)
    database = await Database.open(city.url, Vault(Keyring.from_secret(city.secret_key)), clock)
    yield Moved(city, database, clock)
    await database.close()


def russian(demo: Moved) -> list[int]:
    """Who takes a Russian group of the main year, too."""
    year = demo.city.plan.days.main_year
    return [
        each.number for each in demo.city.plan.entries if "ru" in each.languages and each.birth_year == year
    ]


async def test_moved_to_the_end_of_a_priority_the_list_was_opened_in_time_and_told(demo: Moved) -> None:
    await demo.to(TO_EVERYONE)

    def read(tx: Transaction) -> tuple[Counter[datetime], Counter[str]]:
        ends = tx.conn.execute(select(access.c.ends_at)).scalars()
        kinds = tx.conn.execute(select(notice.c.kind)).scalars()
        return Counter(ends), Counter(kinds)

    ends, kinds = await demo.database.read(read)
    assert await demo.lists() == {OPENS: (True, None)}
    assert ends == Counter({TO_EVERYONE: 25})
    assert kinds["access_opened"] >= 25


async def test_the_documents_seat_can_be_taken_at_16_23_and_that_of_the_new_list_cannot(
    demo: Moved,
) -> None:
    """By a family that stands in the queue and takes Russian groups."""
    [number, *_] = russian(demo)

    def take(tx: Transaction, name: str) -> datetime:
        own = applications.find_by_number(tx, number)
        assert own is not None
        assert own.territory_id == territories.find_by_code(tx, CITY)
        found = tx.conn.execute(
            select(bulletin.c.id)
            .join(child_group, child_group.c.id == bulletin.c.group_id)
            .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
            .where(kindergarten.c.name == name)
        ).scalar_one()
        return holding.take(tx, own.id, found).until

    with pytest.raises(NotOpenYet) as refused:
        await demo.database.write(lambda tx: take(tx, '"Қарлығаш" балабақшасы'))
    until = await demo.database.write(lambda tx: take(tx, '"Амина" балабақшасы'))

    assert refused.value.opens_at == OPENS
    assert until > AT
