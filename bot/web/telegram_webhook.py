"""POST /telegram/webhook: one update in, acknowledged after its turn is committed.

| answer | when |
| --- | --- |
| 200 | taken, taken before, or nothing for us; carries the answer to a press |
| 400 | no update |
| 401 | the secret is wrong or missing |
| 413 | over 1 MiB |
| 503 | the storage could not keep it: Telegram sends it again |
"""

from hmac import compare_digest
from typing import Any

import orjson
import structlog
from aiohttp import web

from bot.channels.telegram.decode import MalformedUpdate, decode, press_to_answer
from bot.channels.telegram.not_saved import NotSavedNotice
from bot.channels.telegram.presses import answer_in_reply
from bot.channels.telegram.secret import usable
from bot.conversation.incoming import Incoming
from bot.conversation.port import TakesIncoming
from storage.errors import StorageError, StorageFull

WEBHOOK_PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_BODY = 1024 * 1024
RETRY_AFTER_SECONDS = 5
log = structlog.get_logger("telegram")


class TelegramWebhook:
    """The webhook; `handle` is its handler. Raises WebhookSecretUnusable without a usable secret."""

    def __init__(self, conversation: TakesIncoming, secret: str | None, notice: NotSavedNotice) -> None:
        self._conversation = conversation
        self._secret = usable(secret).encode()
        self._notice = notice

    async def handle(self, request: web.Request) -> web.Response:
        """Take one update."""
        given = request.headers.get(SECRET_HEADER, "")
        if not compare_digest(given.encode("utf-8", "surrogateescape"), self._secret):
            return web.Response(status=401)
        if (request.content_length or 0) > LARGEST_BODY:
            return web.Response(status=413)
        body = await request.read()
        if len(body) > LARGEST_BODY:
            return web.Response(status=413)
        try:
            update = orjson.loads(body)
            incoming = decode(update)
        except (orjson.JSONDecodeError, MalformedUpdate):
            return web.Response(status=400)
        if incoming is not None and not await self._taken(incoming):
            return web.Response(status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
        return _acknowledged(update)

    async def _taken(self, incoming: Incoming) -> bool:
        try:
            await self._conversation.take(incoming)
        except StorageError as fault:
            log.warning("not kept", fault=type(fault).__name__)
            if isinstance(fault, StorageFull):
                await self._notice.tell(incoming)
            return False
        return True


def _acknowledged(update: Any) -> web.Response:
    press_id = press_to_answer(update)
    if press_id is None:
        return web.Response()
    return web.Response(body=answer_in_reply(press_id), content_type="application/json")
