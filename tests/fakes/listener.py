"""A conversation that only listens, and remembers."""

import asyncio
from collections import deque

from bot.conversation.incoming import Incoming
from bot.conversation.port import Taken


class Listener:
    """TakesIncoming without anything behind it. `taken` is what was committed, in order."""

    def __init__(self) -> None:
        self.taken: list[Incoming] = []
        self.tries = 0
        self._faults: deque[Exception] = deque()
        self._held: dict[str, asyncio.Event] = {}
        self._changed = asyncio.Event()

    def fails(self, *faults: Exception) -> None:
        """The next turns fail, one each."""
        self._faults.extend(faults)

    def holds(self, chat: str) -> asyncio.Event:
        """Turns of a chat hang until the event is set."""
        return self._held.setdefault(chat, asyncio.Event())

    async def take(self, incoming: Incoming) -> Taken:
        """One turn."""
        self.tries += 1
        self._changed.set()
        if self._faults:
            raise self._faults.popleft()
        if (held := self._held.get(incoming.address.chat)) is not None:
            await held.wait()
        known = [each.external_id for each in self.taken]
        if incoming.external_id in known:
            return Taken(known.index(incoming.external_id), (), duplicate=True)
        self.taken.append(incoming)
        self._changed.set()
        return Taken(len(self.taken), ())

    async def has_tried(self, times: int) -> None:
        """Wait until so many turns were begun."""
        async with asyncio.timeout(10):
            while self.tries < times:
                self._changed.clear()
                await self._changed.wait()

    async def has_taken(self, number: int) -> None:
        """Wait until so many were committed."""
        async with asyncio.timeout(10):
            while len(self.taken) < number:
                self._changed.clear()
                await self._changed.wait()
