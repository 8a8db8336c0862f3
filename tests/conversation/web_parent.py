"""A person with the web chat: the real page's protocol over a real WebSocket."""

import asyncio
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from mimetypes import guess_type
from typing import Any
from uuid import uuid4

import aiohttp
import orjson

from tests.conversation.person import Person, Shown
from tests.conversation.witness import Witness

Json = dict[str, Any]


class WebParent(Person):
    """One browser with its cookie. `taken` counts how often each message was acknowledged, `refusals`
    are the words with which messages were not taken."""

    channel = "webchat"

    def __init__(self, language: str, url: Callable[[], str], witness: Witness) -> None:
        super().__init__(language)
        self.refusals: list[str] = []
        self.taken: Counter[str] = Counter()
        self._url = url
        self._witness = witness
        self._items: dict[int, Json] = {}
        self._client = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._listening: asyncio.Task[None] | None = None
        self._greeted = False
        self._last: Json = {}

    @property
    def heard(self) -> tuple[Shown, ...]:
        return tuple(_shown(self._items[key]) for key in sorted(self._items) if not self._items[key]["mine"])

    @property
    def own_words(self) -> tuple[str, ...]:
        return tuple(self._items[key]["text"] for key in sorted(self._items) if self._items[key]["mine"])

    async def comes(self) -> None:
        """Open the page."""
        headers = {"Origin": self._url()}
        async with self._client.post(f"{self._url()}/chat/device", headers=headers) as answer:
            assert answer.status == 204
            cookie = self._client.cookie_jar.filter_cookies(answer.url).get("kezek_device")
            assert cookie is not None
            self.chat = cookie.value.partition(".")[0]
        self._socket = await self._client.ws_connect(f"{self._url()}/chat/ws", headers=headers)
        self._listening = asyncio.create_task(self._listen(self._socket))
        after = str(max(self._items)) if self._items else None
        await self._socket.send_str(_json({"t": "hello", "after": after, "language": self.language}))
        await self.waits(lambda: self._greeted, "the page to be greeted")

    async def reconnects(self) -> None:
        await self._hang_up()
        await self.comes()

    async def leaves(self) -> None:
        await self._hang_up()
        await self._client.close()

    async def says(self, text: str) -> None:
        await self._send({"t": "text", "text": text})

    async def _tap(self, shown: Shown, label: str) -> None:
        rows = self._items[int(shown.id)].get("rows", ())
        action = next(button["action"] for row in rows for button in row if button["label"] == label)
        await self._send({"t": "press", "action": action, "label": label, "under": shown.id})

    async def presses(self, action: str) -> None:
        await self._send({"t": "press", "action": action, "label": "?", "under": "1"})

    async def shares_location(self, latitude: float, longitude: float) -> None:
        await self._send({"t": "location", "latitude": latitude, "longitude": longitude})

    async def sends_file(self, name: str, content: bytes) -> None:
        self._last = {"id": str(uuid4()), "name": name, "content": content}
        await self._upload(self._last)
        await self._settled()

    async def repeats(self, *, at_once: int = 1) -> None:
        if "content" in self._last:
            await asyncio.gather(*(self._upload(self._last) for _ in range(at_once)))
            await self._settled()
            return
        assert self._socket is not None
        times = self.taken[self._last["id"]]
        for _ in range(at_once):
            await self._socket.send_str(_json(self._last))
        await self._until_taken(self._last, times + at_once)

    async def says_on_two_devices(self, *texts: str) -> None:
        """Two pages of one cookie: what one of them says, the other shows, too."""
        headers = {"Origin": self._url()}
        frames = [{"t": "text", "text": text, "id": str(uuid4())} for text in texts]
        sockets = [await self._client.ws_connect(f"{self._url()}/chat/ws", headers=headers) for _ in texts]

        async def say(socket: aiohttp.ClientWebSocketResponse, frame: Json) -> None:
            await socket.send_str(_json(frame))
            async for message in socket:
                if orjson.loads(message.data)["t"] == "taken":
                    await socket.close()

        await asyncio.gather(*map(say, sockets, frames))
        await self._settled()

    async def _send(self, frame: Json) -> None:
        assert self._socket is not None
        self._last = {**frame, "id": str(uuid4())}
        await self._socket.send_str(_json(self._last))
        await self._until_taken(self._last)

    async def _upload(self, file: Json) -> None:
        query = {"id": file["id"], "name": file["name"], "lang": self.language}
        headers = {"Origin": self._url(), "Content-Type": guess_type(file["name"])[0] or "image/jpeg"}
        upload = f"{self._url()}/chat/upload"
        async with self._client.post(
            upload, params=query, data=BytesIO(file["content"]), headers=headers
        ) as answer:
            told = orjson.loads(await answer.read())
        if told["t"] == "taken":
            self.taken[told["id"]] += 1
        else:
            self.refusals.append(told["text"])

    async def _until_taken(self, frame: Json, times: int = 1) -> None:
        refused = len(self.refusals)
        await self.waits(
            lambda: self.taken[frame["id"]] >= times or len(self.refusals) > refused,
            "the message to be taken",
        )
        await self._settled()

    async def _settled(self) -> None:
        def settled() -> bool:
            shown = self._witness.shown_in(self.channel, self.chat)
            return self._witness.all_arrived(self.channel, self.chat) and shown <= self._items.keys()

        await self.waits(settled, "the replies to be shown")

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            frame = orjson.loads(message.data)
            self._greeted = True
            match frame["t"]:
                case "begin" | "messages" | "older":
                    self._items |= {int(item["id"]): item for item in frame["items"]}
                case "taken":
                    self.taken[frame["id"]] += 1
                case "refused":
                    self.refusals.append(frame["text"])

    async def _hang_up(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        if self._listening is not None:
            await self._listening


def _shown(item: Json) -> Shown:
    title = item.get("title")
    text = f"{title}\n\n{item['text']}" if title else item["text"]
    asked = (item["ask_label"],) if item.get("ask") and item.get("ask_label") else ()
    buttons = (button["label"] for row in item.get("rows", ()) for button in row)
    place = item.get("pin", {}).get("name")
    return Shown(item["id"], text, (*asked, *buttons), place, item.get("picture"))


def _json(frame: Json) -> str:
    return orjson.dumps(frame).decode()
