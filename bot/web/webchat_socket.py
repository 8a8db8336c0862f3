"""One open page of the web chat: hears its frames and takes its messages in."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress

import structlog
from aiohttp import WSMsgType, web

from bot.conversation.incoming import Address, Incoming
from bot.conversation.port import Taken
from bot.web.flood import seconds_to_wait
from bot.web.json_answers import json_text
from bot.web.parts import WebParts
from bot.web.webchat_items import Json
from bot.web.webchat_protocol import BadFrame, FromPage, Hello, Older, Ping, Says, Seen, TooLong, decode
from bot.web.webchat_refusals import Refusal, refusal_of
from bot.web.webchat_view import LogView

# A safety net only: for what was said by another process, for a wake-up that was missed.
POLL_SECONDS = 15.0
LOG = structlog.get_logger()


class ChatSocket:
    """A page's socket: `chat` is who writes, `network` from where."""

    def __init__(self, socket: web.WebSocketResponse, parts: WebParts, chat: str, network: str) -> None:
        self._socket = socket
        self._parts = parts
        self._chat = chat
        self._network = network
        self._language: str | None = None
        self._view = LogView(parts.log, chat, self._tell)
        self._greeted = asyncio.Event()
        self._seen_to = 0

    async def run(self, news: asyncio.Event) -> None:
        """Hear the page until it goes; `news` says that the log may have grown.

        Raises storage.errors.StorageError when the page can't be shown the log it asks for.
        """
        follower = asyncio.create_task(self._follow(news))
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    await self._hear(message.data)
        finally:
            follower.cancel()
            with suppress(asyncio.CancelledError):
                await follower

    async def _hear(self, data: str) -> None:
        try:
            await self._do(decode(data))
        except TooLong as error:
            await self._refuse(error.client_id, Refusal.TOO_LONG)
        except BadFrame as error:
            await self._refuse(error.client_id, Refusal.NOT_UNDERSTOOD)

    async def _do(self, frame: FromPage) -> None:
        match frame:
            case Ping():
                await self._tell({"t": "pong"})
                await self._in_spite_of_failures(self._view.show_left())
            case Hello(after, language):
                self._language = language
                await self._view.begin(after)
                self._greeted.set()
            case Older(before):
                await self._view.show_older(before)
            case Seen(message_id):
                await self._note_seen(message_id)
            case Says():
                await self._take(frame)

    async def _note_seen(self, message_id: int) -> None:
        """Once for each message that this page was shown, whatever it says."""
        if message_id > self._seen_to and self._view.has_shown(message_id):
            self._seen_to = message_id
            await self._in_spite_of_failures(self._parts.log.seen(self._chat, message_id))

    async def _take(self, says: Says) -> None:
        seconds = await seconds_to_wait(self._parts.flood, self._chat, self._network)
        if seconds:
            await self._refuse(says.client_id, Refusal.TOO_FAST, seconds)
            return
        try:
            taken = await self._parts.conversation.take(self._incoming(says))
        except Exception as error:  # noqa: BLE001  the person is told, whatever went wrong
            LOG.warning("web_message_not_taken", error=type(error).__name__)
            await self._refuse(says.client_id, refusal_of(error))
            return
        if says.label is not None:
            self._view.remember_label(taken.incoming_id, says.label)
        await self._show(taken)
        message, duplicate = str(taken.incoming_id), taken.duplicate
        await self._tell({"t": "taken", "id": says.client_id, "message": message, "duplicate": duplicate})

    async def _show(self, taken: Taken) -> None:
        """The reply. The message is kept by now, so that a failure here is made good by the next poll."""
        shown = self._view.show_again(taken.incoming_id) if taken.duplicate else self._view.show_new()
        await self._in_spite_of_failures(shown)

    async def _follow(self, news: asyncio.Event) -> None:
        await self._greeted.wait()
        while not self._socket.closed:
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await news.wait()
            news.clear()
            await self._in_spite_of_failures(self._view.show_new())

    async def _in_spite_of_failures(self, showing: Awaitable[None]) -> None:
        try:
            await showing
        except Exception as error:  # noqa: BLE001  the log still has it: shown at the next poll
            LOG.warning("web_log_not_shown", error=type(error).__name__)

    def _incoming(self, says: Says) -> Incoming:
        return Incoming(
            address=Address("webchat", self._chat),
            external_id=f"{self._chat}:{says.client_id}",
            content=says.content,
            language_hint=self._language,
            network_address=self._network,
        )

    async def _refuse(self, client_id: str | None, refusal: Refusal, seconds: float = 0) -> None:
        words = refusal.words(self._parts.texts(self._language), seconds)
        frame: Json = {"t": "refused", "id": client_id, "reason": refusal.value, "text": words}
        await self._tell(frame)

    async def _tell(self, frame: Json) -> None:
        await self._socket.send_str(json_text(frame))
