"""Asking for the instants at which a channel may be sent to: a pace of this process or of all together."""

import time
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Protocol

from domain.pace import Asked, Given, Pace, Sent, give, still_busy
from storage import paces
from storage.database import Database
from storage.transaction import Transaction

_MANY_CHATS = 10_000
_ANSWERS = 64
_FIRST_LOOKS = 5


class Pacing(Protocol):
    """Gives instants of `time.monotonic`. `held_until`: nobody may send before it."""

    held_until: float

    async def give(self, asked: Sequence[Asked[int]]) -> list[Given]:
        """An instant for each message that may be sent soon. Raises StorageError."""

    async def hold(self, span: timedelta) -> None:
        """Let nobody send anything for a while: the channel has asked for it. Raises StorageError."""


class OwnPacing:
    """For a process that delivers alone."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._sent: Sent[int] = Sent()
        self.held_until = 0.0

    async def give(self, asked: Sequence[Asked[int]]) -> list[Given]:
        """At once, for it asks nobody."""
        now = time.monotonic()
        if len(self._sent.chats) > _MANY_CHATS:
            self._sent.chats = still_busy(self._sent.chats, now)
        return give(self._pace, self._sent, asked, now, self.held_until)

    async def hold(self, span: timedelta) -> None:
        """Remembered here."""
        self.held_until = max(self.held_until, time.monotonic() + span.total_seconds())


class SharedPacing:
    """For processes that deliver together: the database has one list of all instants."""

    def __init__(self, database: Database, channel: str, pace: Pace) -> None:
        self._database = database
        self._channel = channel
        self._pace = pace
        self._differ: deque[float] = deque(maxlen=_ANSWERS)
        self.held_until = 0.0

    async def give(self, asked: Sequence[Asked[int]]) -> list[Given]:
        """One transaction for all that ask."""
        if not self._differ:
            await self._compare_clocks()
        reserve = partial(paces.reserve, channel=self._channel, pace=self._pace, asked=asked)
        reserved = await self._database.write(reserve, ahead=True)
        # The server's now is past by what its answer took. The quickest of the last answers tells best how
        # the clocks differ; taking a slow one's word would have us send too late without knowing it.
        self._differ.append(time.monotonic() - reserved.now)
        ours = min(self._differ)
        self.held_until = reserved.held_until + ours
        return [
            each._replace(at=None if each.at is None else each.at + ours, again_at=each.again_at + ours)
            for each in reserved.given
        ]

    async def _compare_clocks(self) -> None:
        """Several times: the first is slow."""
        for _ in range(_FIRST_LOOKS):
            server_time = await self._database.read(Transaction.ask_server_time)
            assert server_time is not None
            self._differ.append(time.monotonic() - server_time.timestamp())

    async def hold(self, span: timedelta) -> None:
        """For all processes."""
        await self._database.write(partial(paces.hold, channel=self._channel, span=span))


def pacing(database: Database, channel: str, pace: Pace) -> Pacing:
    """For as many processes as that database may have."""
    if database.dialect == "sqlite":
        return OwnPacing(pace)
    return SharedPacing(database, channel, pace)
