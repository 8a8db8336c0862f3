"""What lies outside the service in these tests: a register that can be held or down, a disk that is full."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from bot.clock import DemoClock, real_now
from bot.ports.embedded_register import EmbeddedRegister, Listing
from bot.ports.state_register import Person, RegisterDown
from domain.iin import Iin
from storage.database import Database
from storage.transaction import Transaction
from tests.conversation.made_up import FAMILIES, NEWCOMERS


class SteadyClock(DemoClock):
    """The movable clock, on a machine whose own clock may be set back while a test runs."""

    def __init__(self, at: datetime) -> None:
        self._began, self._beginning = real_now(), time.monotonic()
        self._stands_at: datetime | None = None
        super().__init__(at)

    def stand_at(self, at: datetime) -> None:
        """Show that instant from now on, however long something takes."""
        self._stands_at = at

    def read(self, server_time: datetime | None = None) -> datetime:
        """The present instant; what a server says is not asked."""
        if self._stands_at is not None:
            return self._stands_at
        return super().read(self._began + timedelta(seconds=time.monotonic() - self._beginning))


class Register:
    """The embedded register. `down`: it does not answer; `hold` keeps whoever asks waiting.

    `missing` are not in it; `answers_nonsense`: what it says of a person can't be a person.
    """

    def __init__(self) -> None:
        self.down = False
        self.asked: list[Iin] = []
        self.missing: set[Iin] = set()
        self.people = {each.parent.iin: each.parent for each in FAMILIES}
        newcomers = (NEWCOMERS.father, NEWCOMERS.mother, NEWCOMERS.daughter)
        self.people |= {each.iin: each for each in newcomers}
        self.answers_nonsense = False
        self._free = asyncio.Event()
        self._free.set()

    def hold(self) -> None:
        """Whoever asks waits from now on."""
        self._free.clear()

    def let_go(self) -> None:
        """Whoever waits is answered."""
        self._free.set()

    async def lookup(self, iin: Iin) -> Person:
        """The person of this IIN."""
        self.asked.append(iin)
        await self._free.wait()
        if self.down:
            raise RegisterDown
        listing = Listing(self.people, missing=frozenset(self.missing))
        person = await EmbeddedRegister(listing).lookup(iin)
        return cast(Person, Nonsense()) if self.answers_nonsense else person


class Nonsense:
    """Something that is no person."""

    def to_data(self) -> dict[str, Any]:
        """Nothing of what a person has."""
        return {"surprise": None}


class Disk:
    """A database whose writes can be refused, as those of a full disk are. `fault` says how."""

    def __init__(self, database: Database) -> None:
        self.fault: Exception | None = None
        self._database = database

    async def write(self, work: Callable[[Transaction], Any], *, ahead: bool = False) -> Any:
        """As Database.write, while there is room."""
        if self.fault is not None:
            raise self.fault
        return await self._database.write(work, ahead=ahead)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)
