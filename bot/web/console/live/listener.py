"""One open page that listens: what it is still to be told, and no more of it than a page can bear."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson

from storage.centre.news import Mark, Waiting

MOST_KEPT = 500
"""Rows that a page may be behind with. One that is slower is let go, and comes again."""


class TooSlow(Exception):
    """The page does not take what it is told."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A conversation's row as JSON, made once for all pages."""

    conversation_id: int
    territory_id: int | None
    json: bytes


@dataclass(frozen=True, slots=True)
class News:
    """What all pages are told of, each its part."""

    mark: Mark
    now: int
    pieces: tuple[Piece, ...] = ()
    chats: frozenset[int] = frozenset()
    presence: Mapping[int, bytes] = field(default_factory=dict)
    waiting: tuple[Waiting, ...] = ()


class Listener:
    """A page. It is told whatever is within `territories`, as a row, or of the one `chat` that it shows.

    `session` is the hash of that in which somebody of the staff has it open: when it is over, so is this.
    """

    def __init__(
        self, territories: frozenset[int], staff_id: int, session: bytes, chat: int | None = None
    ) -> None:
        self.territories = territories
        self.staff_id = staff_id
        self.session = session
        self.is_over = False
        self.chat = chat
        self.too_slow = False
        self._rows: dict[int, bytes] = {}
        self._chat_has_news = False
        self._presence: bytes | None = None
        self._newest: News | None = None
        self._something = asyncio.Event()

    def tell(self, news: News) -> None:
        """Keep its part until the page is ready, unless it is over. Never blocks."""
        if self.is_over:
            return
        self._newest = news
        if self.chat is not None:
            self._tell_of_chat(news, self.chat)
            return
        for piece in news.pieces:
            if self.sees(piece.territory_id):
                self._rows[piece.conversation_id] = piece.json
                self._something.set()
        if len(self._rows) > MOST_KEPT:
            self.too_slow = True
            self._rows.clear()

    def sees(self, territory_id: int | None) -> bool:
        """Whether a conversation of that territory, or of none, is within reach."""
        return territory_id is None or territory_id in self.territories

    def end(self) -> None:
        """Nobody is signed in there any more: nothing is told, also of what is kept."""
        self.is_over = True
        self._rows, self._chat_has_news, self._presence = {}, False, None
        self.wake()

    def wake(self) -> None:
        """Let it look how things stand, whether there is news or not."""
        self._something.set()

    async def wait(self) -> None:
        """Until there is something to be told."""
        await self._something.wait()

    @property
    def has_news(self) -> bool:
        """Whether there is something to be told."""
        return self._something.is_set()

    def take(self) -> bytes:
        """All that is to be told, as events. Raises TooSlow."""
        if self.too_slow:
            raise TooSlow
        self._something.clear()
        news = self._newest
        if news is None:
            return b""
        events = []
        if self._rows:
            events.append(_event("inbox", news.mark, self._inbox(news)))
        if self._chat_has_news:
            events.append(_event("chat", news.mark, orjson.dumps({"id": str(self.chat)})))
        if self._presence is not None:
            events.append(_event("presence", news.mark, self._presence))
        self._rows, self._chat_has_news, self._presence = {}, False, None
        return b"".join(events)

    def _tell_of_chat(self, news: News, chat: int) -> None:
        if chat in news.chats:
            self._chat_has_news = True
            self._something.set()
        if chat in news.presence:
            self._presence = news.presence[chat]
            self._something.set()

    def _inbox(self, news: News) -> bytes:
        waiting = sum(self.sees(each.territory_id) for each in news.waiting)
        rows = b",".join(self._rows.values())
        return b'{"now":%d,"waiting":%d,"rows":[%s]}' % (news.now, waiting, rows)


def _event(name: str, mark: Mark, data: bytes) -> bytes:
    return b"id: %s\r\nevent: %s\r\ndata: %s\r\n\r\n" % (str(mark).encode(), name.encode(), data)
