"""A Bot API server on this machine that behaves like the real one, as far as a bot like ours can tell.

In tests:

    async with BotApi() as api:
        chat = api.chat(42)
        await chat.says("/start")
        await chat.waits()
        assert chat.screen.rows == (("Кезекті тексеру",),)

`python -m tests.fakes.bot_api --port N` runs the counting server of the benchmarks (bot_api_counter.py).
"""

import asyncio
import time
from collections import deque
from itertools import count
from typing import Any, Self

import orjson
from aiohttp import web

from tests.fakes.bot_api_chat import Chat
from tests.fakes.bot_api_faults import Break, Fault
from tests.fakes.bot_api_files import SentFiles
from tests.fakes.bot_api_methods import Methods
from tests.fakes.bot_api_rules import Json, Refusal
from tests.fakes.bot_api_updates import Updates

TOKEN = "700:TEST-token_of_nobody"


class BotApi:
    """The server. `url` is its address, `calls` every method called with its parameters, in order."""

    def __init__(self, token: str = TOKEN, first_retry_seconds: float = 0.02) -> None:
        self.token = token
        self.calls: list[tuple[str, Json]] = []
        self._ids = count(1)
        self._callback_ids = count(5_000_000_001)
        self._faults: dict[str, deque[Fault]] = {}
        self._closing = asyncio.Event()
        self.methods = Methods(self.new_message_id, self.now)
        self.updates = Updates(self._answer_of_webhook, first_retry_seconds)
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._give_file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._closing.set()
        await self.updates.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def chat(self, chat_id: int, *, language_code: str | None = "kk", phone: str = "+77010000042") -> Chat:
        """A person's chat; the same one each time."""
        if chat_id not in self.methods.chats:
            self.methods.chats[chat_id] = Chat(self, chat_id, language_code, phone)
        return self.methods.chats[chat_id]

    def breaks(self, method: str, *faults: Fault) -> None:
        """The next calls of a method meet these faults, one each."""
        self._faults.setdefault(method, deque()).extend(faults)

    @property
    def files(self) -> SentFiles:
        """What people have sent. `breaks("file", …)` is for who fetches it."""
        return self.methods.files

    def called(self, method: str) -> list[Json]:
        """The parameters of each call of a method."""
        return [params for name, params in self.calls if name == method]

    def redelivers(self, update: Json) -> None:
        """An update comes once more, with the same id."""
        self.updates.again(update)

    async def settled(self, seconds: float = 10) -> None:
        """Wait until the bot has acknowledged every update."""
        await self.updates.settled(seconds)

    def new_message_id(self) -> int:
        """Message ids grow."""
        return next(self._ids)

    def now(self) -> int:
        """The real time in seconds."""
        return int(time.time())

    def publish(self, chat: Chat, kind: str, body: Json) -> Json:
        """A person did something."""
        return self.updates.new(chat.id, {kind: body})

    def new_callback(self, chat: Chat) -> str:
        """The id of a press."""
        query = str(next(self._callback_ids))
        self.methods.callbacks[query] = chat
        return query

    def _answer_of_webhook(self, method: str, params: Json) -> None:
        self.calls.append((method, params))
        try:
            self.methods.carry_out(method, params)
        except Refusal as refusal:
            raise AssertionError(f"the webhook answered with {method}, refused: {refusal}") from refusal

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _answer(Refusal(401, "Unauthorized"))
        method = request.match_info["method"]
        try:
            params = await _parameters(request)
        except ValueError:
            return _answer(Refusal(400, "Bad Request: can't parse parameters"))
        self.calls.append((method, params))
        fault = self._next_fault(method)
        if fault is not None and not fault.late:
            return await self._break(request, fault)
        answer = _answer(await self._carry_out(method, params))
        return answer if fault is None else await self._break(request, fault)

    async def _give_file(self, request: web.Request) -> web.StreamResponse:
        fault = self._next_fault("file")
        if fault is not None:
            return await self._break(request, fault)
        try:
            if request.match_info["token"] != self.token:
                raise Refusal(401, "Unauthorized")
            return web.Response(body=self.files.at(request.match_info["path"]))
        except Refusal as refusal:
            return _answer(refusal)

    def _next_fault(self, method: str) -> Fault | None:
        faults = self._faults.get(method)
        return faults.popleft() if faults else None

    async def _carry_out(self, method: str, params: Json) -> Any:
        waiting: dict[str, Any] = {
            "setWebhook": self.updates.set_webhook,
            "deleteWebhook": self.updates.delete_webhook,
            "getWebhookInfo": lambda params: self.updates.webhook_info(),
        }
        try:
            if method == "getUpdates":
                return await self.updates.get(params)
            if method in waiting:
                return waiting[method](params)
            return self.methods.carry_out(method, params)
        except Refusal as refusal:
            return refusal

    async def _break(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if isinstance(fault.what, Refusal):
            return _answer(fault.what)
        if fault.what is Break.GARBAGE:
            return web.Response(text="<html>Service is being moved</html>", content_type="text/html")
        if fault.what is Break.ODD:
            return web.json_response(["nothing", {"of": "use"}])
        if fault.what is Break.SILENCE:
            await self._closing.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)


def _answer(result: Any) -> web.Response:
    body: Json = {"ok": True, "result": result}
    status = 200
    if isinstance(result, Refusal):
        status = result.code
        body = {"ok": False, "error_code": status, "description": str(result)}
        if result.retry_after is not None:
            body["parameters"] = {"retry_after": result.retry_after}
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")


async def _parameters(request: web.Request) -> Json:
    """Parameters may come in the query, as a form or as JSON; in a form, objects are JSON texts."""
    if request.content_type == "application/json":
        params = orjson.loads(await request.read() or b"{}")
        if not isinstance(params, dict):
            raise ValueError("not an object")
        return params
    form = await request.post()
    return {name: _loose(str(value)) for name, value in (*request.query.items(), *form.items())}


def _loose(value: str) -> Any:
    if value[:1] in "[{" or value in ("true", "false"):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    return value


if __name__ == "__main__":
    from tests.fakes.bot_api_counter import main

    main()
