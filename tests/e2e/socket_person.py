"""A person with the web chat who needs no browser: the page's protocol over a real WebSocket."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import aiohttp
import orjson

from tests.e2e.service_process import PATIENCE_SECONDS

Json = dict[str, Any]


class SocketPerson:
    """Somebody on the page. `heard` is all that we have said, the oldest first, as the page gets it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._items: dict[int, Json] = {}
        self._taken: set[str] = set()
        self._said = 0
        self._changed = asyncio.Event()

    @property
    def heard(self) -> list[Json]:
        """Without the person's own words."""
        return [self._items[key] for key in sorted(self._items) if not self._items[key]["mine"]]

    @property
    def heard_with_minutes(self) -> list[tuple[str, str]]:
        """The same as texts, each with its local minute."""
        return [(f"{each['day']}T{each['time']}", each["text"]) for each in self.heard]

    async def says(self, text: str) -> None:
        """Type something."""
        await self._acts({"t": "text", "text": text})

    async def taps(self, label: str) -> None:
        """Tap a button of the newest message, whose label says this among more, once it is there."""
        await self._waits(lambda: self._found(label) is not None)
        button = self._found(label)
        assert button is not None
        await self.presses(button["action"])

    async def presses(self, action: str) -> None:
        """Press a button of the newest message, or one that was never there."""
        under = self.heard[-1]["id"]
        await self._acts({"t": "press", "action": action, "label": "?", "under": under})

    async def sees(self, text: str) -> None:
        """Wait until we have said this."""
        await self._waits(lambda: any(text in _whole(each) for each in self.heard))

    async def listens(self) -> None:
        """Take what comes, until the page is closed."""
        async for message in self._socket:
            frame = orjson.loads(message.data)
            match frame["t"]:
                case "begin" | "messages" | "older":
                    self._items |= {int(item["id"]): item for item in frame["items"]}
                    self._said += sum(not item["mine"] for item in frame["items"])
                case "taken":
                    self._taken.add(frame["id"])
            self._changed.set()

    def _found(self, label: str) -> Json | None:
        rows = self.heard[-1].get("rows", ()) if self.heard else ()
        return next((each for row in rows for each in row if label in each["label"]), None)

    async def _acts(self, frame: Json) -> None:
        """Do it, and wait until it is taken and answered."""
        frame["id"] = str(uuid4())
        said = self._said
        await self._socket.send_str(orjson.dumps(frame).decode())
        await self._waits(lambda: frame["id"] in self._taken and self._said > said)

    async def _waits(self, condition: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"seen last: {self.heard[-3:]}") from None


def _whole(item: Json) -> str:
    return f"{item.get('title', '')}\n{item['text']}"


@asynccontextmanager
async def on_the_page(url: str, language: str) -> AsyncIterator[SocketPerson]:
    """Somebody who opens the page for the first time."""
    headers = {"Origin": url}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        async with client.post(f"{url}/chat/device", headers=headers) as answer:
            assert answer.status == 204
        async with client.ws_connect(f"{url}/chat/ws", headers=headers) as socket:
            somebody = SocketPerson(socket)
            listening = asyncio.create_task(somebody.listens())
            await socket.send_str(orjson.dumps({"t": "hello", "after": None, "language": language}).decode())
            try:
                yield somebody
            finally:
                await socket.close()
                await listening
