"""Posting to one server over connections that are kept open, with as little beside it as can be.

Everything that is told to a messenger goes through here, thousands of times a second when a city is told:
for a general HTTP client that was half of the work. Answers are parsed by llhttp (httptools).
"""

import asyncio
import socket
import ssl
from time import monotonic
from typing import cast
from urllib.parse import quote, urlsplit

from aiohappyeyeballs import start_connection
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

KEPT_SECONDS = 30.0
"""So long a connection is used again; servers close them soon after that, and what was just sent is lost."""
NEXT_ADDRESS_SECONDS = 0.25
"""So long an address may be silent before another of the server's is tried beside it."""
LARGEST_ANSWER = 16 * 2**20
_FINAL_STATUS = 200


class NoWholeAnswer(Exception):
    """None came, or not the whole of it, or no HTTP; `reason` never holds the address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class KeptConnections:
    """Connections to the server of an http or https address. For one event loop."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self._host, self._netloc = parts.hostname or "", parts.netloc.rpartition("@")[2]
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._tls else 80)
        self._base = parts.path.rstrip("/")
        self._heads: dict[str, bytes] = {}
        self._idle: list[_Connection] = []
        self._closed = False

    async def post(self, path: str, json: bytes, wait_seconds: float) -> bytes:
        """The body of the answer, whatever its status.

        Connecting may take `wait_seconds`, and so may the answer. Raises NoWholeAnswer: what was asked may
        have been done all the same.
        """
        head = self._heads.get(path) or self._head(path)
        connection = self._take() or await self._connect(wait_seconds)
        try:
            answer = await connection.ask(b"%b%d\r\n\r\n%b" % (head, len(json), json), wait_seconds)
        except BaseException:
            connection.abort()
            raise
        if self._closed:
            connection.abort()
        elif connection.reusable:
            self._idle.append(connection)
        return answer

    async def close(self) -> None:
        """Let go of them; one that is in use, when its answer is there."""
        self._closed = True
        while self._idle:
            self._idle.pop().abort()

    def _head(self, path: str) -> bytes:
        target = quote(f"{self._base}{path}", safe="/:?=&%")
        lines = (
            f"POST {target} HTTP/1.1",
            f"Host: {self._netloc}",
            "Accept: application/json",
            "Content-Type: application/json",
            "Content-Length: ",
        )
        head = self._heads[path] = "\r\n".join(lines).encode()
        return head

    def _take(self) -> "_Connection | None":
        """The one used last: where that is old, all are."""
        oldest = monotonic() - KEPT_SECONDS
        while self._idle:
            connection = self._idle.pop()
            if connection.reusable and connection.used_at > oldest:
                return connection
            connection.abort()
        return None

    async def _connect(self, wait_seconds: float) -> "_Connection":
        loop = asyncio.get_running_loop()
        whose = self._host if self._tls else None
        try:
            async with asyncio.timeout(wait_seconds):
                reached = await self._reach(loop)
                _, connection = await loop.create_connection(
                    _Connection, sock=reached, ssl=self._tls, server_hostname=whose
                )
        except (OSError, TimeoutError) as fault:
            raise NoWholeAnswer(type(fault).__name__) from None
        return connection

    async def _reach(self, loop: asyncio.AbstractEventLoop) -> socket.socket:
        """Through whichever address answers: uvloop would wait for the first, even if it leads nowhere."""
        found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        return await start_connection(found, happy_eyeballs_delay=NEXT_ADDRESS_SECONDS, loop=loop)


class _Connection(asyncio.Protocol):
    """One connection, with one question at a time. The callbacks named on_… are the parser's."""

    def __init__(self) -> None:
        self.used_at = 0.0
        self._loop = asyncio.get_running_loop()
        self._parser = HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[bytes] | None = None
        self._parts: list[bytes] = []
        self._size = 0

    @property
    def reusable(self) -> bool:
        """It is open, and nothing is awaited on it."""
        return self._transport is not None and self._answer is None

    async def ask(self, request: bytes, wait_seconds: float) -> bytes:
        """Send it, and wait for the whole answer. Raises NoWholeAnswer."""
        if self._transport is None:
            raise NoWholeAnswer("closed")
        answer: asyncio.Future[bytes] = self._loop.create_future()
        self._answer = answer
        patience = self._loop.call_later(wait_seconds, self._fail, "TimeoutError")
        self._transport.write(request)
        try:
            return await answer
        finally:
            patience.cancel()

    def abort(self) -> None:
        """Close it at once."""
        self._fail("closed")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Of asyncio."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass of it

    def connection_lost(self, exc: Exception | None) -> None:
        """Of asyncio."""
        self._fail("closed" if exc is None else type(exc).__name__)

    def data_received(self, data: bytes) -> None:
        """Of asyncio. What nobody has asked for is the end of it: it would be taken for the next answer."""
        if self._answer is None:
            self.abort()
            return
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self._fail("garbage")

    def on_message_begin(self) -> None:
        """In what came. Behind the answer it is nobody's, and its rest would be taken for the next one."""
        if self._answer is None:
            self.abort()

    def on_body(self, body: bytes) -> None:
        """A part of it, most often the whole."""
        self._parts.append(body)
        self._size += len(body)
        if self._size > LARGEST_ANSWER:
            self._fail("too large")

    def on_message_complete(self) -> None:
        """All has come. What is only informed of goes before the answer."""
        if self._parser.get_status_code() < _FINAL_STATUS:
            return
        answer, body = self._answer, b"".join(self._parts)
        self._answer, self.used_at, self._size = None, monotonic(), 0
        self._parts.clear()
        if answer is None or not self._parser.should_keep_alive():
            self.abort()
        if answer is not None and not answer.done():
            answer.set_result(body)

    def _fail(self, reason: str) -> None:
        answer, transport = self._answer, self._transport
        self._answer = self._transport = None
        if transport is not None:
            transport.abort()
        if answer is not None and not answer.done():
            answer.set_exception(NoWholeAnswer(reason))
