"""An SMS gateway that takes every text, and remembers under which id and when."""

import asyncio
from typing import Any, Self

import orjson
from aiohttp import web


class SmsGateway:
    """`url` is its address, `taken` the ids of what it was handed, in order, once for each time."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.texts: dict[str, set[str]] = {}
        self.url = ""
        self._more = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/", self._take)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def has_taken(self, number: int, seconds: float = 60) -> None:
        """Return once it was handed so many different messages. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._more:
            await self._more.wait_for(lambda: len(self.texts) >= number)

    async def _take(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = orjson.loads(await request.read())
        self.taken.append(body["id"])
        self.texts.setdefault(body["id"], set()).add(f"{body['to']}: {body['text']}")
        async with self._more:
            self._more.notify_all()
        return web.json_response({"id": f"sms-{body['id']}"})
