"""The sending side of the web chat: wakes the open pages of a chat, which then read the log.

Nothing is handed over here. The log is the truth, a page that was asleep reads it later, so a
message counts as sent once it may be read.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.conversation.reply import Outgoing

PAGES_OF_A_CHAT = 8


class TooManyPages(Exception):
    """A chat has as many pages open as it may."""


class Hub:
    """Who listens to which chat, in this process. `on_shown`: for pages that other processes have."""

    channel = "webchat"

    def __init__(self, on_shown: Callable[[], None] | None = None) -> None:
        self._on_shown = on_shown
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        """Wake the pages of a chat. A `Sender`; nothing can go wrong here."""
        self.wake(chat)
        if self._on_shown is not None:
            self._on_shown()
        return None

    def wake(self, chat: str) -> None:
        """There is something new in the log of a chat."""
        for event in self._listeners.get(chat, ()):
            event.set()

    def wake_all(self) -> None:
        """Time has made a leap: every page looks how things stand."""
        for chat in tuple(self._listeners):
            self.wake(chat)

    @contextmanager
    def listening(self, chat: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever there may be something new. Raises TooManyPages."""
        if len(self._listeners.get(chat, ())) >= PAGES_OF_A_CHAT:
            raise TooManyPages
        event = asyncio.Event()
        self._listeners[chat].add(event)
        try:
            yield event
        finally:
            self._listeners[chat].discard(event)
            if not self._listeners[chat]:
                del self._listeners[chat]

    @property
    def open_chats(self) -> frozenset[str]:
        """The chats of which a page is open."""
        return frozenset(self._listeners)

    @property
    def open_pages(self) -> int:
        """How many pages listen at present."""
        return sum(len(events) for events in self._listeners.values())
