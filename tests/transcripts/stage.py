"""Where a conversation is played to be written down: a clock that stands, numbers that do not change."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.ports.sms import RememberedSms
from storage.message_history import StoredMessage, conversation_of, history
from storage.tables import delivery, errand, message
from storage.transaction import Transaction
from tests.conversation.fixtures import Template
from tests.conversation.house import House
from tests.conversation.outside import SteadyClock
from tests.conversation.person import Person
from tests.conversation.world import START

LONGEST = 1000
PATIENCE_SECONDS = 30.0
_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_NUMBER = re.compile(r"(?<!\d)[1-6]\d{9}(?!\d)")
_LINK = re.compile(r"/files/[\w.~-]+")


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

    async def enters(self, name: str, language: str, *, known: bool = True) -> Person:
        """Somebody comes to the web chat; `known`: after the first contact."""
        come = self.house.acquaintance if known else self.house.newcomer
        person = self.cast[name] = await come("webchat", language)
        return person

    async def passes(self, **span: float) -> None:
        """Time passes between two messages."""
        await self.is_calm()
        last: int = await self.house.write(
            lambda tx: tx.conn.execute(select(func.max(message.c.id))).scalar()
        )
        self.pauses.append((last or 0, timedelta(**span)))
        self.house.later(**span)

    async def is_calm(self) -> None:
        """Everything that was said has arrived, every errand is answered."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.house.write(_waiting) or not self._idle():
                await asyncio.sleep(0.02)

    def _idle(self) -> bool:
        return self.house.delivery.idle and self.house.errands.idle

    async def log_of(self, person: Person) -> list[StoredMessage]:
        """Everything of a person's conversation, as the person is shown it, and the SMS beside it."""

        def read(tx: Transaction) -> list[StoredMessage]:
            found = conversation_of(tx, person.channel, person.chat)
            assert found is not None
            return history(tx, found, limit=LONGEST, opened=True)

        rows: list[StoredMessage] = await self.house.write(read)
        return rows


def _waiting(tx: Transaction) -> int:
    unsent = select(func.count()).select_from(delivery).where(delivery.c.state == "pending")
    unanswered = select(func.count()).select_from(errand).where(errand.c.state == "pending")
    return int(tx.conn.execute(unsent).scalar_one()) + int(tx.conn.execute(unanswered).scalar_one())


class Normal:
    """Makes what is made by chance the same every time: codes, numbers, links."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}

    def of(self, text: str) -> str:
        """The text with them."""
        text = _LINK.sub("/files/…", text)
        text = _NUMBER.sub(self._number, text)
        return _CODE.sub("123456", text)

    def _number(self, found: re.Match[str]) -> str:
        number = found.group()
        if number.startswith("12003004"):
            return number
        return self._numbers.setdefault(number, f"{3100200701 + len(self._numbers)}")


@asynccontextmanager
async def staged(template: Template, folder: Path) -> AsyncIterator[Stage]:
    """A stage of its own for one conversation."""
    file = Path(shutil.copy(template.file, folder / "kezek.db"))
    house = House(f"sqlite+aiosqlite:///{file}", template.world)
    house.clock = StandingClock(START)
    house.sms = RememberedSms(house.clock.read)
    await house.open()
    try:
        yield Stage(house)
    finally:
        await house.close()
