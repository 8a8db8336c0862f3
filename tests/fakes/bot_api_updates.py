"""How updates reach the bot: asked for, or pushed to its webhook."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import orjson

from tests.fakes import bot_api_rules as rules
from tests.fakes.bot_api_rules import Json, Refusal, bad_request

DEFAULT_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


class Updates:
    """The updates of one bot. `statuses` are what its webhook answered, in order."""

    def __init__(self, carry_out: Callable[[str, Json], Any], first_retry_seconds: float) -> None:
        self.made: list[Json] = []
        self.pending: list[Json] = []
        self.webhook: Json | None = None
        self.statuses: list[int] = []
        self.allowed: tuple[str, ...] = DEFAULT_KINDS
        self._carry_out = carry_out
        self._first_retry_seconds = first_retry_seconds
        self._changed = asyncio.Event()
        self._asking = 0
        self._pushes: dict[int, asyncio.Task[None]] = {}
        self._client: aiohttp.ClientSession | None = None
        self._last_id = 100_000

    def new(self, chat_id: int, body: Json) -> Json:
        """A new update; it is pushed if there is a webhook."""
        self._last_id += 1
        update = {"update_id": self._last_id, **body}
        self.made.append(update)
        if not set(body) & set(self.allowed):
            return update
        self.pending.append(update)
        self._wake()
        self._push_pending(chat_id)
        return update

    def again(self, update: Json) -> None:
        """Deliver an update once more, although it was taken."""
        self.pending.append(update)
        self._wake()
        self._push_pending(None)

    async def settled(self, seconds: float = 10) -> None:
        """Wait until the bot has acknowledged every update."""
        async with asyncio.timeout(seconds):
            while self.pending:
                self._changed.clear()
                await self._changed.wait()

    async def get(self, params: Json) -> list[Json]:
        """getUpdates: an offset acknowledges all that is before it."""
        if self.webhook is not None:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        self._allow(params)
        offset, limit = int(params.get("offset") or 0), int(params.get("limit") or 100)
        self._asking += 1
        mine = self._asking
        self._acknowledge(offset)
        deadline = asyncio.get_running_loop().time() + float(params.get("timeout") or 0)
        while not self.pending:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return []
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError:
                return []
            if mine != self._asking:
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
        return self.pending[:limit]

    def set_webhook(self, params: Json) -> bool:
        """setWebhook; an empty address removes it."""
        if not params.get("url"):
            return self.delete_webhook(params)
        if not str(params["url"]).startswith(("http://", "https://")):
            raise bad_request("bad webhook: invalid webhook URL specified")
        secret = params.get("secret_token")
        if secret is not None and not rules.SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        if not 1 <= int(params.get("max_connections") or 40) <= 100:
            raise bad_request("MAX_CONNECTIONS_INVALID")
        self._allow(params)
        self.webhook = dict(params)
        if params.get("drop_pending_updates"):
            self.pending.clear()
        self._push_pending(None)
        return True

    def delete_webhook(self, params: Json) -> bool:
        """deleteWebhook."""
        self.webhook = None
        if params.get("drop_pending_updates"):
            self.pending.clear()
        return True

    def webhook_info(self) -> Json:
        """getWebhookInfo."""
        url = self.webhook["url"] if self.webhook else ""
        return {"url": url, "has_custom_certificate": False, "pending_update_count": len(self.pending)}

    async def close(self) -> None:
        """Stop pushing."""
        for task in self._pushes.values():
            task.cancel()
        await asyncio.gather(*self._pushes.values(), return_exceptions=True)
        if self._client is not None:
            await self._client.close()

    def _allow(self, params: Json) -> None:
        if params.get("allowed_updates") is not None:
            self.allowed = tuple(params["allowed_updates"]) or DEFAULT_KINDS

    def _acknowledge(self, offset: int) -> None:
        if offset > 0:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self._wake()

    def _wake(self) -> None:
        self._changed.set()

    def _push_pending(self, chat_id: int | None) -> None:
        if self.webhook is None:
            return
        chats = [chat_id] if chat_id is not None else sorted({chat_of(update) for update in self.pending})
        for chat in chats:
            running = self._pushes.get(chat)
            if running is None or running.done():
                self._pushes[chat] = asyncio.create_task(self._push_chat(chat))

    async def _push_chat(self, chat_id: int) -> None:
        """Push what waits for one chat, in order, each until it is taken."""
        wait = self._first_retry_seconds
        while self.webhook is not None:
            update = next((u for u in self.pending if chat_of(u) == chat_id), None)
            if update is None:
                return
            if await self._push(update):
                self.pending.remove(update)
                self._wake()
                wait = self._first_retry_seconds
            else:
                await asyncio.sleep(wait)
                wait = min(2 * wait, 1.0)

    async def _push(self, update: Json) -> bool:
        webhook = self.webhook or {}
        headers = {"Content-Type": "application/json"}
        if webhook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook["secret_token"]
        self._client = self._client or aiohttp.ClientSession()
        try:
            posted = self._client.post(webhook["url"], data=orjson.dumps(update), headers=headers)
            async with posted as response:
                body = await response.read()
                self.statuses.append(response.status)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False
        if response.status != 200:
            return False
        self._carry_out_answer(body)
        return True

    def _carry_out_answer(self, body: bytes) -> None:
        """A webhook may answer with a method; whether it works the bot never learns."""
        if body:
            params = orjson.loads(body)
            method = params.pop("method", None)
            if method:
                self._carry_out(method, params)


def chat_of(update: Json) -> int:
    """Whose update it is."""
    body = update.get("message") or update.get("callback_query") or update.get("edited_message") or {}
    return int(body.get("from", {}).get("id", 0))
