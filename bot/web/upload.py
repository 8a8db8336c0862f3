"""POST /chat/upload?id=…&name=…&lang=…: a file of the web chat. Its bytes are the body, as they are.

The answer is what the socket would say: {"t":"taken",…} or {"t":"refused",…} (see webchat_protocol).

| answer | when |
| --- | --- |
| 200 | taken, or taken before: its turn is committed |
| 400 | the page's name for the message is none |
| 401 | the device is not known: the page asks for a cookie and sends it again |
| 403 | another site's page |
| 413 | over 10 MiB |
| 429 | too fast, or too many are on their way |
| 503 | it could not be kept |
"""

import structlog
from aiohttp import web

from bot.conversation.incoming import Address, Incoming, SharedFile
from bot.conversation.port import Taken
from bot.uploads.request import LONGEST_NAME
from bot.web.device_cookie import DeviceCookie
from bot.web.flood import seconds_to_wait, seconds_to_wait_with_a_file
from bot.web.json_answers import json_answer
from bot.web.page_language import page_language
from bot.web.parts import WebParts
from bot.web.spooled import take_with_file
from bot.web.upload_body import UploadBodies
from bot.web.visitor import from_own_page, network_address
from bot.web.webchat_protocol import CLIENT_ID
from bot.web.webchat_refusals import NotTaken, Refusal, refusal_of

_STATUS = {Refusal.TOO_LARGE: 413, Refusal.TOO_FAST: 429, Refusal.NOT_UNDERSTOOD: 400}
LOG = structlog.get_logger()


class Upload:
    """The handler."""

    def __init__(self, parts: WebParts, cookie: DeviceCookie) -> None:
        self._parts = parts
        self._cookie = cookie
        self._bodies = UploadBodies()

    async def take(self, request: web.Request) -> web.Response:
        """Take one file in."""
        if not from_own_page(request):
            raise web.HTTPForbidden
        chat = self._cookie.chat_of(request)
        if chat is None:
            raise web.HTTPUnauthorized
        client_id = request.query.get("id", "")
        try:
            taken = await self._taken(request, chat, client_id)
        except NotTaken as fault:
            words = fault.refusal.words(self._parts.texts(page_language(request)), fault.seconds)
            told = {"t": "refused", "id": client_id, "reason": fault.refusal.value, "text": words}
            return json_answer(told, status=_STATUS.get(fault.refusal, 503))
        message, duplicate = str(taken.incoming_id), taken.duplicate
        return json_answer({"t": "taken", "id": client_id, "message": message, "duplicate": duplicate})

    async def _taken(self, request: web.Request, chat: str, client_id: str) -> Taken:
        if not CLIENT_ID.fullmatch(client_id):
            raise NotTaken(Refusal.NOT_UNDERSTOOD)
        network = network_address(request)
        seconds = await seconds_to_wait(self._parts.flood, chat, network)
        seconds = seconds or await seconds_to_wait_with_a_file(self._parts.flood, chat, network)
        if seconds:
            raise NotTaken(Refusal.TOO_FAST, seconds)
        content = await self._bodies.read(request)
        try:
            return await self._kept(request, chat, client_id, content)
        except Exception as error:
            LOG.warning("web_file_not_taken", error=type(error).__name__)
            raise NotTaken(refusal_of(error)) from error

    async def _kept(self, request: web.Request, chat: str, client_id: str, content: bytes) -> Taken:
        taken = await take_with_file(
            self._parts,
            content,
            lambda spooled: Incoming(
                address=Address("webchat", chat),
                external_id=f"{chat}:{client_id}",
                content=_shared(request, spooled, len(content)),
                language_hint=page_language(request),
                network_address=network_address(request),
            ),
        )
        self._parts.hub.wake(chat)
        return taken


def _shared(request: web.Request, ref: str, size: int) -> SharedFile:
    name = request.query.get("name", "").replace("\0", "")[:LONGEST_NAME]
    is_picture = request.content_type.startswith("image/")
    return SharedFile(ref, "photo" if is_picture else "document", name, size)
