"""A Bot API server that only counts: for benchmarks, in a process of its own.

It says yes to everything, as cheaply as it can, and keeps how often each method was called and how many
messages each chat got. `GET /stats` tells, `POST /reset` starts anew. Nothing is checked here.

    GET /stats → {"calls": {"sendMessage": 2}, "sent": {"42": 2}, "edited": {}, "seconds": 0.8}

`seconds` lie between the first and the last call of sendMessage or editMessageText.
"""

import argparse
import asyncio
import re
import time
from collections import Counter
from typing import Any, cast

import orjson
import uvloop

CHAT = re.compile(rb"chat_id\"?\s*[:=]\s*\"?(-?\d+)")
LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:\s*chunked", re.IGNORECASE)
MESSAGE = (
    b'{"ok":true,"result":{"message_id":%d,"from":{"id":700,"is_bot":true,"first_name":"Kezek","username":'
    b'"kezek_test_bot"},"chat":{"id":%b,"first_name":"Person","type":"private"},"date":1795000000,"text":"ok"}}'
)
ME = (
    b'{"ok":true,"result":{"id":700,"is_bot":true,"first_name":"Kezek","username":"kezek_test_bot",'
    b'"can_join_groups":false,"can_read_all_group_messages":false,"supports_inline_queries":false}}'
)
TRUE = b'{"ok":true,"result":true}'
NOTHING = b'{"ok":true,"result":[]}'
SHOWN = {"sendMessage": "sent", "editMessageText": "edited"}


class Counts:
    """What was called since the last reset."""

    def __init__(self) -> None:
        self.reset()
        self.last_message_id = 0

    def reset(self) -> None:
        """Start anew; message ids go on."""
        self.calls: Counter[str] = Counter()
        self.by_chat: dict[str, Counter[bytes]] = {"sent": Counter(), "edited": Counter()}
        self.first_at = self.last_at = 0.0

    def take(self, method: str, body: bytes) -> bytes:
        """Count one call; returns the body of its answer."""
        self.calls[method] += 1
        shown = SHOWN.get(method)
        if shown is None:
            return ME if method == "getMe" else NOTHING if method == "getUpdates" else TRUE
        found = CHAT.search(body)
        chat = found[1] if found else b"0"
        self.by_chat[shown][chat] += 1
        self.last_at = time.perf_counter()
        self.first_at = self.first_at or self.last_at
        self.last_message_id += 1
        return MESSAGE % (self.last_message_id, chat)

    def stats(self) -> bytes:
        """All counts as JSON."""
        told: dict[str, Any] = {"calls": dict(self.calls), "seconds": self.last_at - self.first_at}
        for name, counter in self.by_chat.items():
            told[name] = {chat.decode(): number for chat, number in counter.items()}
        return orjson.dumps(told)


class Connection(asyncio.Protocol):
    """HTTP/1.1, just enough of it: keep-alive, Content-Length or chunks, pipelining."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass of it

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._transport is not None and (request := self._next()) is not None:
            body = self._answer(*request)
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(body), body)
            )

    def _next(self) -> tuple[bytes, bytes] | None:
        """The next whole request: its path and its body."""
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head, start = self._buffer[:end], end + 4
        if CHUNKED.search(head):
            stop = self._buffer.find(b"0\r\n\r\n", start)
            if stop < 0:
                return None
            body, self._buffer = self._buffer[start:stop], self._buffer[stop + 5 :]
        else:
            length = LENGTH.search(head)
            stop = start + (int(length[1]) if length else 0)
            if len(self._buffer) < stop:
                return None
            body, self._buffer = self._buffer[start:stop], self._buffer[stop:]
        return head.split(b" ", 2)[1], body

    def _answer(self, path: bytes, body: bytes) -> bytes:
        if path == b"/stats":
            return self._counts.stats()
        if path == b"/reset":
            self._counts.reset()
            return TRUE
        method, _, query = path.rpartition(b"/")[2].decode().partition("?")
        return self._counts.take(method, body or query.encode())


async def serve(host: str, port: int) -> None:
    """Serve until cancelled; prints the address once it is there."""
    counts = Counts()
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(counts), host, port, backlog=1024
    )
    print(f"http://{host}:{server.sockets[0].getsockname()[1]}", flush=True)
    async with server:
        await server.serve_forever()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.bot_api", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one")
    args = parser.parse_args()
    try:
        uvloop.run(serve(args.host, args.port))
    except KeyboardInterrupt:
        return
