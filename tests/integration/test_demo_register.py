"""The demo's state register, asked by the worker about the demo's people."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.demo.build import BuildClock
from bot.demo.city import DemoCity, prepare
from bot.ports.embedded_register import EmbeddedRegister
from bot.verifying import Verifying
from domain.notice import Told
from storage import applications, people
from storage.database import Database
from storage.keyring import Keyring
from storage.tables import application, notice
from storage.transaction import Transaction
from storage.vault import Vault
from tests.integration.inboxes import tasks, told

AT = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)


class Demo:
    """The demo's database with a clock that a test moves, and the worker."""

    def __init__(self, city: DemoCity, database: Database, clock: BuildClock) -> None:
        self.city, self.database, self.clock = city, database, clock
        self.worker = Verifying(database, EmbeddedRegister(city.plan.register, lambda: clock.at))

    async def told_to(self, story: str) -> list[Told]:
        """What the first parent of a family has been told."""
        family = next(each for each in self.city.plan.families if each.story.key == story)
        iin = family.parents[0].iin
        parent_id = await self.database.read(lambda tx: people.find_parent_by_iin(tx, iin))
        assert parent_id is not None
        return await told(self.database, parent_id)

    async def unverified(self, story: str) -> bool:
        """Whether a family's application carries the mark."""
        number = self.city.plan.of_family[story][0].number
        found = await self.database.read(lambda tx: applications.find_by_number(tx, number))
        assert found is not None
        return found.unverified

    async def asks_until_nobody_is_left(self) -> int:
        """How many answers came."""
        answers = 0
        while more := await self.worker.round():
            answers += more
        return answers


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """A fresh demo."""
    city = await prepare(tmp_path, AT)
    clock = BuildClock(AT)
    database = await Database.open(city.url, Vault(Keyring.from_secret(city.secret_key)), clock)
    yield Demo(city, database, clock)
    await database.close()


async def test_when_the_demo_starts_two_families_are_looked_at_by_the_department(demo: Demo) -> None:
    await demo.asks_until_nobody_is_left()

    assert sorted(await tasks(demo.database)) == [
        ("not_in_register", {}, None),
        ("register_differs", {"fields": ["surname"]}, None),
    ]
    assert await demo.told_to("unknown_to_register") == [Told.NOT_IN_REGISTER]
    assert await demo.told_to("register_differs") == [Told.REGISTER_DIFFERS]
    assert [await demo.unverified(each) for each in ("unknown_to_register", "register_differs")] == [True] * 2


async def test_after_ninety_days_everybody_keeps_their_privilege(demo: Demo) -> None:
    await demo.asks_until_nobody_is_left()
    before = await classes(demo.database)
    demo.clock.at = AT + timedelta(days=91)

    answers = await demo.asks_until_nobody_is_left()

    assert answers > 100
    assert await classes(demo.database) == before
    kinds = await demo.database.read(kinds_told)
    assert {Told.PRIVILEGE_LOST, Told.PRIVILEGE_REFUSED} & kinds.keys() == set()


async def classes(database: Database) -> Counter[int]:
    """How many live applications there are of each class."""

    def read(tx: Transaction) -> Counter[int]:
        asked = select(application.c.queue_class).where(application.c.ended_at.is_(None))
        return Counter(tx.conn.execute(asked).scalars())

    return await database.read(read)


def kinds_told(tx: Transaction) -> Counter[Told]:
    """How often what was told to anybody."""
    return Counter(Told(each) for each in tx.conn.execute(select(notice.c.kind)).scalars())
