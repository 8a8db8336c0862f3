"""The live feed of a process: one reader of what is new, for all the pages that its operators have open.

It looks when something was committed here or elsewhere, and else once a second; as long as nobody listens it
does not look at all. At each look it lets go of the pages in which nobody is signed in any more. Each row of
a conversation is read once and made into JSON once, however many pages there are: what a page costs is its
part of a copy.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial

import orjson
import structlog

from bot.clock import real_now
from bot.web.console.centre.row_view import milliseconds, shown
from bot.web.console.live.listener import Listener, News, Piece
from bot.web.console.live.tail import Heard, Seen, first_look, look
from storage import open_sessions
from storage.centre import news
from storage.centre.inbox_rows import rows
from storage.centre.news import Mark
from storage.database import Database
from storage.errors import StorageError
from storage.transaction import Transaction

POLL = timedelta(seconds=1)
TOGETHER = timedelta(milliseconds=400)
"""What happens within it is looked at once."""
TOLD_AT_ONCE = 20
"""So many pages are written to before it is a turn's turn."""
MOST_MISSED = 300
"""Messages that a page that comes again may have missed; one that has missed more is drawn anew."""
log = structlog.get_logger("live")


class Missed(Exception):
    """So much has happened since a page was drawn that it had better be drawn anew."""


class Feed:
    """Who listens in this process."""

    def __init__(
        self, database: Database, real: Callable[[], datetime] = real_now, poll: timedelta = POLL
    ) -> None:
        self._database = database
        self._real = real
        self._poll_seconds = poll.total_seconds()
        self._listeners: set[Listener] = set()
        self._seen: Seen | None = None
        self._bell = asyncio.Event()
        self._looking = asyncio.Lock()
        self._over = asyncio.Event()

    @property
    def pages(self) -> int:
        """How many listen."""
        return len(self._listeners)

    @property
    def over(self) -> bool:
        """Whether the process is about to end, and with it all that listen."""
        return self._over.is_set()

    def ring(self) -> None:
        """Something was written. Never blocks."""
        self._bell.set()

    def end(self) -> None:
        """Let all that listen go: they come again to the next process."""
        self._over.set()
        for listener in self._listeners:
            listener.wake()

    async def until_over(self) -> None:
        """Wait until all are let go."""
        await self._over.wait()

    @asynccontextmanager
    async def listening(self, listener: Listener, since: Mark | None) -> AsyncIterator[None]:
        """Tell a page all that happens, and first what it has missed. Raises Missed, StorageError."""
        async with self._looking:
            if self._seen is None or not self._listeners:
                self._seen = await self._database.read(partial(first_look, at=self._real()))
            self._listeners.add(listener)
        try:
            await self._catch_up(listener, since)
            yield
        finally:
            self._listeners.discard(listener)

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._poll_seconds):
                    await self._bell.wait()
            self._bell.clear()
            if self._listeners:
                await self._look()
            await asyncio.sleep(TOGETHER.total_seconds())

    async def _look(self) -> None:
        async with self._looking:
            try:
                told, more, signed_in = await self._read()
            except StorageError as fault:
                log.warning("the feed can't be read", fault=type(fault).__name__)
                return
        await self._tell(told, signed_in)
        if more:
            self.ring()

    async def _tell(self, told: News | None, signed_in: frozenset[bytes]) -> None:
        """A few at a time: hundreds of pages that are written to at once would keep the turns waiting."""
        listeners = tuple(self._listeners)
        for first in range(0, len(listeners), TOLD_AT_ONCE):
            for listener in listeners[first : first + TOLD_AT_ONCE]:
                if listener.session not in signed_in:
                    listener.end()
                elif told is not None:
                    listener.tell(told)
            await asyncio.sleep(0)

    async def _read(self) -> tuple[News | None, bool, frozenset[bytes]]:
        """What is new, whether there is more of it, and the sessions that are open."""
        assert self._seen is not None
        watched = frozenset(each.chat for each in self._listeners if each.chat is not None)
        staff_ids = frozenset(each.staff_id for each in self._listeners)
        step = partial(_look, before=self._seen, watched=watched, staff_ids=staff_ids, at=self._real())
        seen, heard, signed_in = await self._database.read(step)
        told = await self._news(seen, heard) if heard else None
        self._seen = seen
        return told, heard.more, signed_in

    async def _news(self, seen: Seen, heard: Heard) -> News:
        wanted = heard.rows if any(each.chat is None for each in self._listeners) else frozenset()
        pieces, now = await self._database.read(partial(_pieces, conversation_ids=wanted, at=self._real()))
        return News(
            mark=seen.mark,
            now=now,
            pieces=pieces,
            chats=heard.chats,
            presence={each: _present(seen, each) for each in heard.presence},
            waiting=tuple(seen.waiting.values()),
        )

    async def _catch_up(self, listener: Listener, since: Mark | None) -> None:
        """What has happened between the page's drawing and its listening."""
        seen = self._seen
        assert seen is not None
        if listener.chat is not None:
            presence = {listener.chat: _present(seen, listener.chat)}
            listener.tell(News(seen.mark, 0, chats=frozenset({listener.chat}), presence=presence))
            return
        if since is None:
            return
        missed = await self._database.read(partial(_missed, since=since))
        pieces, now = await self._database.read(
            partial(_pieces, conversation_ids=missed | set(seen.waiting), at=self._real())
        )
        listener.tell(News(seen.mark, now, pieces, waiting=tuple(seen.waiting.values())))


def _look(
    tx: Transaction, before: Seen, watched: Collection[int], staff_ids: Collection[int], at: datetime
) -> tuple[Seen, Heard, frozenset[bytes]]:
    seen, heard = look(tx, before, watched, at)
    # Last, so that whoever is told is signed in after what they are told of was read.
    return seen, heard, open_sessions.open_of(tx, staff_ids, at)


def _pieces(
    tx: Transaction, conversation_ids: Collection[int], at: datetime
) -> tuple[tuple[Piece, ...], int]:
    found = rows(tx, conversation_ids, at).values()
    now = milliseconds(tx.now)
    assert now is not None
    return tuple(Piece(each.id, each.territory_id, orjson.dumps(shown(each))) for each in found), now


def _missed(tx: Transaction, since: Mark) -> frozenset[int]:
    """Whose conversations have news since a page was drawn. Raises Missed."""
    lines = news.lines_since(tx, since.message)
    if len(lines) > MOST_MISSED:
        raise Missed
    _, acted_on = news.deeds_since(tx, since.audit)
    return frozenset({line.conversation_id for line in lines} | acted_on)


def _present(seen: Seen, conversation_id: int) -> bytes:
    there: Mapping[str, object]
    people = [{"login": each.login, "types": each.types} for each in seen.present.get(conversation_id, ())]
    there = {"id": str(conversation_id), "present": people}
    return orjson.dumps(there)
