"""A state register behind HTTP, played by a small server on a free port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass
class FakeRegister:
    """Gives its answers one after the other, the last one for ever; remembers what it was asked.

    With `hold` an answer comes when that is set.
    """

    answers: list[web.Response] = field(default_factory=list)
    asked: list[object] = field(default_factory=list)
    url: str = ""
    hold: asyncio.Event | None = None

    async def handle(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        if self.hold is not None:
            await self.hold.wait()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        headers = {"Location": answer.headers["Location"]} if "Location" in answer.headers else {}
        return web.Response(
            status=answer.status, body=answer.body, content_type="application/json", headers=headers
        )


@asynccontextmanager
async def serving() -> AsyncIterator[FakeRegister]:
    """A register that answers at its `url`."""
    register = FakeRegister()
    app = web.Application()
    app.router.add_post("/api/lookup", register.handle)
    async with TestServer(app) as server:
        register.url = str(server.make_url("/api/"))
        yield register
