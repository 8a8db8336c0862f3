"""A Bot API server in a thread of this process, which notes the instant of each message that comes."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from tests.fakes.bot_api_counter import SHOWN, Connection, Counts


class NotingApi(Counts):
    """`instants` are those of `time.perf_counter`; `url` is where the server listens."""

    def __init__(self) -> None:
        super().__init__()
        self.instants: list[float] = []
        self.url = ""

    def take(self, method: str, body: bytes) -> bytes:
        """Note one call; returns the body of its answer."""
        if method in SHOWN:
            self.instants.append(time.perf_counter())
        return super().take(method, body)


@contextmanager
def noting_api() -> Iterator[NotingApi]:
    """The server, until the end of the block."""
    api, loop = NotingApi(), asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: Connection(api), "127.0.0.1", 0))
    api.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
