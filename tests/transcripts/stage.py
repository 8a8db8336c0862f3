"""Where a conversation is played to be written down: a clock that stands, and the cast by its names."""

import asyncio
from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from bot.conversation.outbox import MAIL, SMS
from bot.conversation.payloads import decode
from bot.conversation.reply import Operation, Screen
from bot.ports.sms import RememberedSms
from storage.message_history import StoredMessage, conversation_of, history
from storage.tables import delivery, errand, message
from storage.transaction import Transaction
from tests.conversation.fixtures import Template
from tests.conversation.house import House
from tests.conversation.joining_plays import parent_named
from tests.conversation.made_up import Family
from tests.conversation.outside import SteadyClock
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed
from tests.conversation.waiting import real_time_later
from tests.conversation.world import START
from tests.kept_engines import fresh_copy, kept_engines

LONGEST = 1000
PATIENCE_SECONDS = 30.0


class StandingClock(SteadyClock):
    """Shows the same instant until it is moved."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self._at = at

    def read(self, server_time: datetime | None = None) -> datetime:
        """The instant it was put to."""
        return self._at

    def advance(self, span: timedelta) -> None:
        """Move on."""
        self._at += span


class Stage:
    """A house whose time stands still but for `passes`, and the people who play there, by their names."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.cast: dict[str, Person] = {}
        self.pauses: list[tuple[int, timedelta]] = []
        self.cuts: dict[str, tuple[int, str]] = {}

    async def enters(self, name: str, language: str, *, known: bool = True) -> Person:
        """Somebody comes to the web chat; `known`: after the first contact."""
        come = self.house.acquaintance if known else self.house.newcomer
        person = self.cast[name] = await come("webchat", language)
        return person

    async def returns(self, name: str, language: str, family: Family) -> Person:
        """A family's parent, signed in since before."""
        person = await self.enters(name, language)
        await is_confirmed(self.house, person, family)
        await parent_named(self.house, family)
        return person

    async def begins_like(self, person: Person, like: str) -> None:
        """What this one did so far goes as in another transcript, and is left out."""
        [name] = [name for name, each in self.cast.items() if each is person]
        self.cuts[name] = (await self._newest(), like)

    async def passes(self, **span: float) -> None:
        """Time passes between two messages."""
        self.pauses.append((await self._newest(), timedelta(**span)))
        self.house.later(**span)

    async def _newest(self) -> int:
        await self.is_calm()
        newest = select(func.max(message.c.id))
        last: int | None = await self.house.write(lambda tx: tx.conn.execute(newest).scalar())
        return last or 0

    async def waits_in_vain(self) -> None:
        """Whatever is asked outside gets no answer for as long as anybody has patience."""
        with real_time_later(seconds=10):
            self.house.errands.accept((1,))
            await self.is_calm()

    async def is_calm(self) -> None:
        """Everything that was said has arrived and is on the pages, every errand is answered."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.house.write(_waiting) or not self._idle():
                await asyncio.sleep(0.02)
            for person in self.cast.values():
                said = {row.id for row in await self.log_of(person) if screen_of(row) is not None}
                await person.waits(partial(_shows, person, said), "everything to be shown")

    def _idle(self) -> bool:
        return self.house.delivery.idle and self.house.errands.idle

    async def log_of(self, person: Person) -> list[StoredMessage]:
        """Everything of a person's conversation, as the person is shown it, and the SMS beside it."""

        def read(tx: Transaction) -> list[StoredMessage]:
            found = conversation_of(tx, person.channel, person.chat)
            return history(tx, found, limit=LONGEST, opened=True) if found is not None else []

        rows: list[StoredMessage] = await self.house.write(read)
        return rows


def screen_of(row: StoredMessage) -> Screen | None:
    """What the chat shows of a row; None of what is no message of ours to the chat itself."""
    if row.direction == "in" or row.payload is None or row.channel in (SMS, MAIL):
        return None
    outgoing, _ = decode(row.payload)
    return None if outgoing.operation is Operation.DELETE else outgoing.screen


def _shows(person: Person, said: Set[int]) -> bool:
    return said <= {int(shown.id) for shown in person.heard}


def _waiting(tx: Transaction) -> int:
    unsent = select(func.count()).select_from(delivery).where(delivery.c.state == "pending")
    unanswered = select(func.count()).select_from(errand).where(errand.c.state == "pending")
    return int(tx.conn.execute(unsent).scalar_one()) + int(tx.conn.execute(unanswered).scalar_one())


@asynccontextmanager
async def staged(template: Template, address: Path) -> AsyncIterator[Stage]:
    """A stage of its own for one conversation, with its database at that address."""
    file = fresh_copy(template.file, address)
    house = House(f"sqlite+aiosqlite:///{file}", template.world)
    house.clock = StandingClock(START)
    house.poll = timedelta(milliseconds=20)
    house.sms = RememberedSms(house.clock.read)
    with kept_engines():
        await house.open()
    try:
        yield Stage(house)
    finally:
        await house.close()
