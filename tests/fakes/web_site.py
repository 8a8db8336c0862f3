"""The web server around a fake conversation, and a browser's side of the web chat without a browser."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast
from uuid import uuid4

import orjson
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType
from aiohttp.test_utils import TestServer
from prometheus_client import CollectorRegistry

from bot.uploads.kept_files import KeptFiles
from bot.uploads.links import FileLinks
from bot.web.hub import Hub
from bot.web.parts import WebParts
from bot.web.server import build
from bot.web.translate import Translate
from storage.database import Database
from storage.files import FileStore
from storage.keyring import Keyring
from storage.sealed_files import SealedFiles
from storage.vault import Vault
from tests.fakes.web_conversation import FakeConversation, Script, echo

Frame = dict[str, Any]
SECRET_KEY = "a secret key of the tests"


def english(_: str | None) -> Translate:
    """The catalogue's English: the sentence itself."""

    def translate(message: str, /, **values: object) -> str:
        return message.format(**values) if values else message

    return translate


class Page:
    """An open page: says things, hears frames."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self.heard: list[Frame] = []

    async def sends(self, **frame: object) -> None:
        """Send a frame as it is."""
        await self._socket.send_str(orjson.dumps(frame).decode())

    async def greets(self, after: str | None = None, language: str = "en") -> Frame:
        """Say hello and hear what the log has."""
        await self.sends(t="hello", after=after, language=language)
        return await self.hears("begin" if after is None else "messages")

    async def says(self, text: str, name: str | None = None) -> str:
        """Say something typed; its name."""
        name = name or str(uuid4())
        await self.sends(t="text", id=name, text=text)
        return name

    async def hears(self, kind: str) -> Frame:
        """The next frame of a kind; what came before it is kept in `heard`."""
        async with asyncio.timeout(5):
            while True:
                frame: Frame = orjson.loads(await self._socket.receive_str())
                self.heard.append(frame)
                if frame["t"] == kind:
                    return frame

    async def sees(self, text: str) -> Frame:
        """Wait until a message with this text is shown; the message."""
        while True:
            for frame in self.heard:
                for item in frame.get("items", []):
                    if item["text"] == text:
                        return dict(item)
            await self.hears("messages")

    async def is_closed_with(self) -> int | None:
        """Wait for the end; its code."""
        async with asyncio.timeout(5):
            while True:
                message = await self._socket.receive()
                if message.type is WSMsgType.CLOSE:
                    return int(message.data)
                if message.type is WSMsgType.CLOSED:
                    return self._socket.close_code

    async def leaves(self) -> None:
        """Close the page."""
        await self._socket.close()


class Visitor:
    """A browser: one cookie jar."""

    def __init__(self, url: str, session: ClientSession) -> None:
        self.url = url
        self.http = session

    async def is_recognised(self) -> str:
        """Ask for the cookie as the page does; the chat's id."""
        headers = {"Origin": self.url}
        async with self.http.post(f"{self.url}/chat/device", headers=headers) as answer:
            assert answer.status == 204
            return answer.cookies["kezek_device"].value.partition(".")[0]

    async def opens_page(self) -> Page:
        """Open the line of a page; the cookie must be there."""
        socket = await self.http.ws_connect(f"{self.url}/chat/ws", headers={"Origin": self.url})
        return Page(socket)


class Site:
    """A running server."""

    def __init__(self, server: TestServer, conversation: FakeConversation, parts: WebParts) -> None:
        self.server = server
        self.conversation = conversation
        self.parts = parts
        self.url = f"http://127.0.0.1:{server.port}"

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator[Visitor]:
        """A browser that was never here."""
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
            yield Visitor(self.url, session)

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Page]:
        """A stranger's page that is open and has been greeted."""
        async with self.visitor() as visitor:
            await visitor.is_recognised()
            page = await visitor.opens_page()
            await page.greets()
            yield page
            await page.leaves()


@asynccontextmanager
async def running_site(script: Script = echo, port: int | None = None, **parts: Any) -> AsyncIterator[Site]:
    """A server on a free port, or on `port`; `parts` replace the usual ones."""
    hub = Hub()
    conversation = parts.pop("conversation", None) or FakeConversation(hub, script)
    usual: dict[str, Any] = {
        "conversation": conversation,
        "log": conversation,
        "hub": hub,
        "registry": CollectorRegistry(),
        "readiness": {},
        "texts": english,
        "secret_key": SECRET_KEY,
        "links": FileLinks(SECRET_KEY, "http://localhost:8080"),
    }
    with TemporaryDirectory(prefix="kezek-site-") as folder:
        whole = WebParts(**{"files": files_in(Path(folder)), **usual, **parts})
        server = TestServer(build(whole), port=port)
        await server.start_server()
        try:
            yield Site(server, conversation, whole)
        finally:
            await server.close()


def files_in(folder: Path) -> KeptFiles:
    """Files in a folder, of which no database knows."""
    sealed = SealedFiles(FileStore(folder.as_uri()), Vault(Keyring.from_secret(SECRET_KEY)))
    return AwaitedFiles(cast(Database, None), sealed)


class AwaitedFiles(KeptFiles):
    """An errand waits for everything that lies in the spool."""

    async def awaited(self) -> frozenset[str]:
        """Their names."""
        return frozenset([blob.name async for blob in self.sealed.store.blobs("spool")])
