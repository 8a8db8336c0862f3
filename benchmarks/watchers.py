"""Consoles that watch: each holds a line to the live feed open and reads what it is told.

    python -m benchmarks.watchers PORT FILE

A line of the file is the token of a console's session. It prints "open" once all of them hear, and when it is
told to end, by the end of its input, how many events the console with the fewest has heard, and how many
bytes came in all.
"""

import asyncio
import sys
from pathlib import Path
from typing import cast

import uvloop

_REQUEST = (
    "GET /console/live?inbox=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
    "Cookie: kezek_console={token}\r\n\r\n"
)


class Console(asyncio.Protocol):
    """One of them."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.hears: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.events = self.bytes = 0
        self.lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the feed."""
        # uvloop's is one, though of no class of asyncio's.
        cast(asyncio.Transport, transport).write(_REQUEST.format(token=self._token).encode())

    def data_received(self, data: bytes) -> None:
        """Count."""
        if not self.hears.done() and b"retry:" in data:
            self.hears.set_result(None)
        self.events += data.count(b"event: inbox")
        self.bytes += len(data)

    def connection_lost(self, _: Exception | None) -> None:
        """It was let go."""
        self.lost = True


async def main(port: int, file: Path) -> None:
    """Watch until the input ends."""
    loop = asyncio.get_running_loop()
    consoles = [Console(token) for token in file.read_text().split()]
    for each in consoles:
        await loop.create_connection(lambda each=each: each, "127.0.0.1", port)  # type: ignore[misc]
    async with asyncio.timeout(30):
        await asyncio.gather(*(each.hears for each in consoles))
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    fewest = min(0 if each.lost else each.events for each in consoles)
    print(fewest, sum(each.bytes for each in consoles), flush=True)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), Path(sys.argv[2])))
