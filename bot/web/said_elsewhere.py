"""Open pages of the web chat, when another process has written into their chats."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog

from bot.web.hub import Hub
from storage import open_chats
from storage.database import Database
from storage.errors import StorageError

POLL = timedelta(seconds=1)
log = structlog.get_logger("webchat")


class SaidElsewhere:
    """Looks once in each poll, and when it is told to, whether the log of an open chat has grown."""

    def __init__(self, database: Database, hub: Hub, poll: timedelta = POLL) -> None:
        self._database = database
        self._hub = hub
        self._poll_seconds = poll.total_seconds()
        self._newest: dict[str, int] = {}
        self._bell = asyncio.Event()

    def look(self) -> None:
        """Another process has said something. Never blocks."""
        self._bell.set()

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            self._bell.clear()
            if chats := self._hub.open_chats:
                await self._wake(chats)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._poll_seconds):
                    await self._bell.wait()

    async def _wake(self, chats: frozenset[str]) -> None:
        ask = partial(open_chats.newest, channel=Hub.channel, addresses=chats)
        try:
            newest = await self._database.read(ask)
        except StorageError as fault:
            log.warning("web chats can't be looked at", fault=type(fault).__name__)
            return
        for chat, message_id in newest.items():
            if self._newest.get(chat) != message_id:
                self._hub.wake(chat)
        self._newest = newest
