"""What a demo has put off to the morning goes when the demo's clock says that it is morning."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import Outside, Service
from bot.clock import DemoClock, real_now
from bot.demo.city import prepare
from bot.demo.options import DemoOptions
from bot.demo.process import settings_of
from bot.ports.sms import RememberedSms
from domain.notice import Told
from storage import put_off_messages
from storage.database import Database
from storage.keyring import Keyring
from storage.put_off_messages import QUIET_HOURS
from storage.tables import delivery
from storage.transaction import Transaction
from storage.vault import Vault
from tests.fakes.clock import SetClock
from tests.integration.delivering import say
from tests.integration.test_falling_back import FIRST, family, told

EVENING = datetime(2019, 6, 26, 15, 50, tzinfo=UTC)
"""21:50 in Turkistan; the night begins at 22:00."""
NIGHT = datetime(2019, 6, 26, 16, 30, tzinfo=UTC)
MORNING = datetime(2019, 6, 27, 1, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


@dataclass
class Demo:
    """A demo at night, whose delivery has put an SMS off."""

    database: Database
    clock: DemoClock
    service: Service
    sms: RememberedSms

    async def to(self, target: datetime) -> None:
        """As `POST /demo/clock` does it."""
        await self.service.pass_by(self.clock, target)
        self.clock.move_on_to(target)
        await self.service.caught_up()

    def came_at(self) -> list[datetime]:
        """When an SMS came to the family, to the minute."""
        return [each.at.replace(second=0, microsecond=0) for each in self.sms.sent if each.to == FIRST.e164]


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    city = await prepare(tmp_path, EVENING)
    clock = DemoClock(city.starts_at)
    database = await Database.open(city.url, Vault(Keyring.from_secret(city.secret_key)), clock)
    sms = RememberedSms(clock.read)
    settings = settings_of(DemoOptions(at=EVENING, port=0, keep=None), city)
    service = Service(settings, database, clock, city.secret_key, Outside(sms=sms))
    await database.write(lambda tx: told(tx, family(tx, "whatsapp", way="sms"), Told.ENROLLED))
    clock.move_on_to(NIGHT)
    running = asyncio.create_task(service.delivery.run())
    demo = Demo(database, clock, service, sms)
    await put_off(demo)
    yield demo
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await database.close()


async def put_off(demo: Demo) -> None:
    waits = select(delivery.c.message_id).where(delivery.c.error == QUIET_HOURS)
    async with asyncio.timeout(30):
        while not await demo.database.read(lambda tx: tx.conn.execute(waits).all()):
            await asyncio.sleep(0.02)


async def test_it_waits_until_the_last_minute_of_the_night_and_goes_at_seven(demo: Demo) -> None:
    await demo.to(MORNING - A_MINUTE)
    assert demo.came_at() == []

    await demo.to(MORNING)

    assert demo.came_at() == [MORNING]


async def test_a_clock_that_is_moved_past_the_morning_lets_it_go_on_its_way(demo: Demo) -> None:
    await demo.to(MORNING + timedelta(hours=5))

    assert demo.came_at() == [MORNING]


async def test_what_failed_and_is_tried_again_waits_in_real_time(database: Database, clock: SetClock) -> None:
    """Its pause has nothing to do with the hour of the day."""
    now, hour = real_now(), timedelta(hours=1)

    def write(tx: Transaction) -> None:
        [failed] = say(tx, "failed", ("x",), None, due_at=now + hour)
        say(tx, "put off", ("x",), None, due_at=now + hour)
        say(tx, "due", ("x",), None, due_at=now)
        tried = delivery.update().where(delivery.c.message_id == failed.message_id)
        tx.conn.execute(tried.values(tries=1, error="502 Bad Gateway"))

    await database.write(write)
    sooner = partial(put_off_messages.bring_forward, now_real=now, by=hour)

    assert await database.write(sooner) == 1

    rows = await database.read(lambda tx: tx.conn.execute(select(delivery.c.due_at)).scalars().all())
    assert sorted(rows) == [now, now, now + hour]
    assert await database.read(partial(put_off_messages.next_due, now_real=now)) is None
