"""Several processes on one database: each looks for what others have written, or is woken through Redis."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta

from bot.settings import Role, Settings
from bot.wakeups import News, Wakeups
from bot.web.console.live.feed import Feed
from bot.web.hub import Hub
from bot.web.said_elsewhere import SaidElsewhere
from bot.workers import start
from storage.database import Database

WRITTEN_EVERY = timedelta(milliseconds=200)
"""So often, at most, others are told that something was written."""


class Together:
    """What makes one process of several of this one. A SQLite file has one process: it hears itself alone."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._roles = settings.roles
        self._redis = settings.redis_url
        self._database = database
        self._wakeups: Wakeups | None = None
        self._look: Callable[[], None] = _nothing
        self.hub = Hub(self._shown)
        self._pages = SaidElsewhere(database, self.hub)
        self.feed = Feed(database)

    def start(self, stack: AsyncExitStack, stop: asyncio.Event, look: Callable[[], None]) -> None:
        """Hear and tell until the stack is left; `look` lets the delivery look for what was posted."""
        if Role.WEB in self._roles:
            self._database.call_after_writes(self.feed.ring)
            start(stack, self.feed.run(), stop)
        if self._database.dialect == "sqlite":
            return
        if Role.WEB in self._roles:
            start(stack, self._pages.run(), stop)
        if self._redis is not None:
            self._look = look
            heard = {
                News.POSTED: self._posted_elsewhere,
                News.SHOWN: self._pages.look,
                News.WRITTEN: self.feed.ring,
            }
            self._wakeups = Wakeups(self._redis.get_secret_value(), heard)
            self._database.call_when_posted(self._posted)
            self._database.call_after_writes(self._wakeups.seldom(News.WRITTEN, WRITTEN_EVERY))
            start(stack, self._wakeups.run(), stop)

    def _posted_elsewhere(self) -> None:
        # Whatever it is, it may be for a web chat: that can be read before it counts as sent.
        self._look()
        self._pages.look()

    def _posted(self) -> None:
        if self._wakeups is not None:
            self._wakeups.tell(News.POSTED)

    def _shown(self) -> None:
        if self._wakeups is not None:
            self._wakeups.tell(News.SHOWN)


def _nothing() -> None:
    """Where nothing is delivered."""
