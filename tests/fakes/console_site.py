"""The console around a real database, with people who can log in."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from argon2 import PasswordHasher

from bot.ports.password_errand import PasswordErrand
from bot.web.console.live.feed import Feed
from bot.web.console.parts import ConsoleParts
from storage import staff
from storage.database import Database
from storage.transaction import Transaction
from tests.fakes.staff_browser import PASSWORD, StaffBrowser, staff_browser
from tests.fakes.web_site import running_site

MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@cache
def cheaply_hashed(password: str) -> str:
    """Quickly made, and compared by the same rules."""
    return CHEAP.hash(password)


@dataclass
class Desk:
    """A running console. `real` is the machine's time as it sees it."""

    database: Database
    url: str = ""
    real: datetime = field(default=MONDAY)

    def later(self, **span: float) -> None:
        """Let real time pass."""
        self.real += timedelta(**span)

    async def hires(
        self, login: str, role: str, *, territories: Sequence[int] = (), kindergartens: Sequence[int] = ()
    ) -> int:
        """Write somebody down who can log in; the id."""

        def work(tx: Transaction) -> int:
            return staff.add(
                tx,
                login=login,
                password_hash=cheaply_hashed(PASSWORD),
                role=role,
                language="en",
                territories=territories,
                kindergartens=kindergartens,
                at=tx.now,
            )

        return await self.database.write(work)

    @asynccontextmanager
    async def browser(self, login: str | None = None, then: str = "") -> AsyncIterator[StaffBrowser]:
        """A browser in which somebody has signed in, if a login is named."""
        async with staff_browser(self.url) as browser:
            if login is not None:
                assert (await browser.signs_in(login, then=then)).path == f"/console/{then}"
            yield browser


@asynccontextmanager
async def running_desk(database: Database, public_url: str = "http://localhost:8080") -> AsyncIterator[Desk]:
    """A console on this database."""
    desk = Desk(database)
    feed = Feed(database, lambda: desk.real, poll=timedelta(milliseconds=50))
    database.call_after_writes(feed.ring)
    console = ConsoleParts(database, lambda: desk.real, PasswordErrand(CHEAP), feed)
    reading = asyncio.create_task(feed.run())
    try:
        async with running_site(console=console, public_url=public_url) as site:
            desk.url = site.url
            yield desk
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
