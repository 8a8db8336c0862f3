"""`GET /console/live`: a page's line to the feed, by server-sent events."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from functools import partial
from time import monotonic

import structlog
from aiohttp import ClientConnectionResetError, web
from aiohttp_sse import EventSourceResponse

from bot.web.console.guard import HEADERS
from bot.web.console.ids import id_in
from bot.web.console.live.feed import Feed, Missed
from bot.web.console.live.listener import Listener, TooSlow
from bot.web.console.page import Page
from bot.web.console.permission import May, allows
from bot.web.console.visit import Visit
from storage import staff_reach, staff_sessions
from storage.centre.news import Mark
from storage.centre.within import is_within
from storage.errors import StorageError
from storage.transaction import Transaction

PACE_SECONDS = 1.0
"""A page is told something no more often."""
HEARTBEAT_SECONDS = 15.0
LOOKED_AGAIN_SECONDS = 60.0
"""So often it is looked how far the rights reach. Whether the session goes on, the feed looks."""
TAKES_SECONDS = 10.0
"""A page that takes nothing for so long is let go."""
COMES_AGAIN = timedelta(seconds=3)
AGAIN = b"retry: %d\r\n\r\n" % (COMES_AGAIN / timedelta(milliseconds=1))
RELOAD, OVER = b"event: reload\r\ndata: {}\r\n\r\n", b"event: over\r\ndata: {}\r\n\r\n"
log = structlog.get_logger("live")


async def live(visit: Visit) -> web.StreamResponse:
    """`?inbox=1&after=MARK`: rows of the inbox; `?chat=ID`: that this chat has news, and who looks.

    A browser that comes again names by itself the last event that it has heard.
    """
    listener = await visit.read(partial(_listener, visit))
    feed = visit.house.console.feed
    if feed is None or feed.over:
        raise web.HTTPServiceUnavailable
    response = EventSourceResponse(
        headers=HEADERS, ping_interval=HEARTBEAT_SECONDS, send_timeout=TAKES_SECONDS
    )
    try:
        await _tell(visit, response, feed, listener)
    except ClientConnectionResetError:
        log.debug("a page has left")
    return response if response.prepared else web.Response()


async def _tell(visit: Visit, response: EventSourceResponse, feed: Feed, listener: Listener) -> None:
    try:
        async with feed.listening(listener, _since(visit.request)):
            await begin(response, visit.request)
            async with response:
                await _Line(visit, response, feed, listener).serve()
    except Missed:
        await begin(response, visit.request)
        async with response:
            await response.write(AGAIN + RELOAD)


async def begin(response: EventSourceResponse, request: web.Request) -> None:
    """Raises ClientConnectionResetError when the page has left already: the library takes it to be there."""
    if request.transport is None:
        raise ClientConnectionResetError
    await response.prepare(request)


class _Line:
    """One page's line, as long as it lasts."""

    def __init__(self, visit: Visit, response: EventSourceResponse, feed: Feed, listener: Listener) -> None:
        self._visit = visit
        self._response = response
        self._feed = feed
        self._listener = listener
        self._look_again_at = monotonic() + LOOKED_AGAIN_SECONDS

    async def serve(self) -> None:
        """Tell until the page leaves, the session ends, or the process does."""
        await self._write(AGAIN)
        while not self._feed.over and self._is_there:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await self._listener.wait()
            if self._listener.is_over or not await self._may_go_on():
                await self._write(OVER)
                return
            try:
                if told := self._listener.take():
                    await self._write(told)
            except TooSlow:
                self._let_go()
                return
            await self._pause()

    @property
    def _is_there(self) -> bool:
        return self._response.is_connected() and self._visit.request.transport is not None

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(PACE_SECONDS):
                await self._feed.until_over()

    async def _write(self, told: bytes) -> None:
        try:
            async with asyncio.timeout(TAKES_SECONDS):
                await self._response.write(told)
        except TimeoutError:
            self._let_go()

    def _let_go(self) -> None:
        """It takes nothing: whatever was written for it would wait for ever. It comes again by itself."""
        log.info("a page is too slow for the feed")
        if self._visit.request.transport is not None:
            self._visit.request.transport.abort()

    async def _may_go_on(self) -> bool:
        if monotonic() < self._look_again_at:
            return True
        self._look_again_at = monotonic() + LOOKED_AGAIN_SECONDS
        try:
            return await self._visit.read(partial(_renewed, self._visit, self._listener))
        except StorageError as fault:
            log.warning("a session can't be looked at", fault=type(fault).__name__)
            return True


def _listener(visit: Visit, tx: Transaction) -> Listener:
    """Raises HTTPNotFound for a conversation out of reach, HTTPBadRequest where nothing is asked for."""
    territories = visit.territories(tx)
    query = visit.request.query
    if "inbox" in query:
        return Listener(territories, visit.who.staff_id, visit.who.id_hash)
    chat_id = id_in(query.get("chat", ""))
    if chat_id is None:
        raise web.HTTPBadRequest
    if not is_within(tx, chat_id, territories):
        raise web.HTTPNotFound
    return Listener(territories, visit.who.staff_id, visit.who.id_hash, chat_id)


def _renewed(visit: Visit, listener: Listener, tx: Transaction) -> bool:
    """Whether the session goes on and still reaches what is listened to; how far, may have changed."""
    token = visit.house.cookies.token_of(visit.request)
    session = staff_sessions.find(tx, token or "", visit.house.console.real_now())
    if session is None or not allows(May.FOLLOW_CHATS, session.role):
        return False
    listener.territories = staff_reach.territories_of(tx, session.staff_id, session.role)
    return listener.chat is None or is_within(tx, listener.chat, listener.territories)


def _since(request: web.Request) -> Mark | None:
    heard = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    return Mark.parse(heard)


PAGES = (Page("GET", "live", live, May.FOLLOW_CHATS, by_itself=True),)
