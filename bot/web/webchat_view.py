"""What one open page has seen of the log, and showing it the rest."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

from bot.web.chat_log import ChatLog, Said
from bot.web.webchat_items import Json, item, milliseconds

PAGE_OF_LOG = 30
# Rows may become visible in another order than their ids, so the newest ones are looked at again.
LOOKED_AT_AGAIN = 8
LABELS_KEPT = 50

Tell = Callable[[Json], Awaitable[None]]


class LogView:
    """Shows a page the log. Every method raises storage.errors.StorageError, ConnectionError."""

    def __init__(self, log: ChatLog, chat: str, tell: Tell) -> None:
        self._log = log
        self._chat = chat
        self._tell = tell
        self._seen: deque[int] = deque(maxlen=LOOKED_AT_AGAIN)
        self._pressed: dict[int, str] = {}
        self._counting: set[int] = set()
        # One piece of the log is read and shown at a time, or pieces would come mixed.
        self._showing = asyncio.Lock()

    async def begin(self, after: int | None) -> None:
        """What came after the last message that the page has; to an empty page, the newest."""
        if after is not None:
            self._seen.append(after)
            await self.show_new()
            return
        async with self._showing:
            piece = await self._log.newest(self._chat, PAGE_OF_LOG)
            await self._tell({"t": "begin", "items": self._items(piece.said), "first": piece.end})
            self._seen.extend(said.id for said in piece.said)

    async def show_new(self) -> None:
        """What the log has and the page has not; in several pieces when there is much."""
        async with self._showing:
            after = min(self._seen) - 1 if self._seen else 0
            while True:
                piece = await self._log.after(self._chat, after, PAGE_OF_LOG)
                fresh = [said for said in piece.said if said.id not in self._seen]
                if fresh:
                    await self._tell({"t": "messages", "items": self._items(fresh)})
                    self._seen.extend(said.id for said in fresh)
                if piece.end:
                    break
                after = piece.last
        await self.show_left()

    async def show_left(self) -> None:
        """How long the seats that the page counts down are held still: its own clock is not to be trusted."""
        async with self._showing:
            if not self._counting:
                return
            left = await self._log.left_of(self._counting)
            self._counting = {claim for claim, span in left.items() if span}
            of = {str(claim): milliseconds(span) for claim, span in left.items()}
            await self._tell({"t": "left", "of": of})

    async def show_again(self, from_id: int) -> None:
        """A message and what followed it, though the page may have it: the reply to a duplicate."""
        async with self._showing:
            piece = await self._log.after(self._chat, from_id - 1, PAGE_OF_LOG)
            await self._tell({"t": "messages", "items": self._items(piece.said)})

    async def show_older(self, before: int) -> None:
        """The page of the log before a message."""
        piece = await self._log.before(self._chat, before, PAGE_OF_LOG)
        await self._tell({"t": "older", "items": self._items(piece.said), "first": piece.end})

    def has_shown(self, message_id: int) -> bool:
        """Whether it is one of the newest that the page was shown."""
        return message_id in self._seen

    def remember_label(self, message_id: int, label: str) -> None:
        """What the button said that was pressed: the log may know its action only."""
        self._pressed[message_id] = label
        if len(self._pressed) > LABELS_KEPT:
            del self._pressed[next(iter(self._pressed))]

    def _items(self, messages: Iterable[Said]) -> list[Json]:
        shown = list(messages)
        held = (said.screen.held for said in shown if said.left and said.screen)
        self._counting |= {each.claim_id for each in held if each}
        return [item(said, self._pressed.get(said.id)) for said in shown]
