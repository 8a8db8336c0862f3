"""The web chat's page, its cookie and its socket: everything under /chat/."""

import asyncio

import structlog
from aiohttp import ClientConnectionResetError, WSCloseCode, web
from jinja2 import Environment

from bot.web.chat_texts import strings_of_all
from bot.web.device_cookie import DeviceCookie
from bot.web.flood import VISITS_OF_AN_ADDRESS, require_room
from bot.web.hub import TooManyPages
from bot.web.json_answers import json_for_html
from bot.web.page_language import page_language
from bot.web.parts import WebParts
from bot.web.upload import Upload
from bot.web.visitor import from_own_page, network_address
from bot.web.webchat_protocol import NO_COOKIE
from bot.web.webchat_socket import ChatSocket

# A text of 4,096 characters is at most 24 KiB of escaped JSON.
FRAME_BYTES = 64 * 1024
HEARTBEAT_SECONDS = 30.0
LOG = structlog.get_logger()
SOCKETS: web.AppKey[set[web.WebSocketResponse]] = web.AppKey("sockets", set)


class ChatPages:
    """The handlers of /chat/."""

    def __init__(self, parts: WebParts, pages: Environment) -> None:
        self._parts = parts
        self._cookie = DeviceCookie(parts.secret_key, secure=parts.behind_tls)
        self._upload = Upload(parts, self._cookie)
        self._template = pages.get_template("chat.html")
        self._strings = json_for_html(strings_of_all(parts.texts))

    def routes(self) -> list[web.RouteDef]:
        """Where they are."""
        return [
            web.get("/chat", self.to_page),
            web.get("/chat/", self.page),
            web.post("/chat/device", self.remember),
            web.post("/chat/forget", self.forget),
            web.post("/chat/upload", self._upload.take),
            web.get("/chat/ws", self.socket),
        ]

    async def to_page(self, request: web.Request) -> web.Response:
        """The path without its slash."""
        raise web.HTTPMovedPermanently(request.rel_url.with_path("/chat/", keep_query=True))

    async def page(self, request: web.Request) -> web.Response:
        """The page. It sets no cookie: a SameSite=Strict one isn't sent by a browser that follows a
        link from elsewhere, and a known visitor would be taken for a stranger."""
        language = page_language(request)
        html = self._template.render(
            t=self._parts.texts(language),
            lang=language,
            strings=self._strings,
            demo=self._parts.demo is not None,
        )
        return web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-store"})

    async def remember(self, request: web.Request) -> web.Response:
        """Give the page its cookie, the one it has if it has one."""
        await self._admit(request)
        answer = web.Response(status=204)
        self._cookie.set(answer, self._cookie.chat_of(request))
        return answer

    async def forget(self, request: web.Request) -> web.Response:
        """Take the cookie back: this device is a stranger from now on."""
        await self._admit(request)
        answer = web.Response(status=204)
        self._cookie.drop(answer)
        return answer

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """The page's line to us."""
        await self._admit(request)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=FRAME_BYTES)
        await socket.prepare(request)
        chat = self._cookie.chat_of(request)
        if chat is None:
            await socket.close(code=NO_COOKIE)
            return socket
        sockets = request.app[SOCKETS]
        sockets.add(socket)
        try:
            await self._serve(socket, chat, network_address(request))
        finally:
            sockets.discard(socket)
        return socket

    async def _serve(self, socket: web.WebSocketResponse, chat: str, network: str) -> None:
        try:
            with self._parts.hub.listening(chat) as news:
                await ChatSocket(socket, self._parts, chat, network).run(news)
        except TooManyPages:
            await socket.close(code=WSCloseCode.POLICY_VIOLATION)
        except ClientConnectionResetError:
            LOG.debug("web_socket_left")
        except Exception as error:  # noqa: BLE001  the page comes again by itself
            LOG.warning("web_socket_failed", error=type(error).__name__)
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)

    async def _admit(self, request: web.Request) -> None:
        if not from_own_page(request):
            raise web.HTTPForbidden
        await require_room(self._parts.flood, f"visits {network_address(request)}", VISITS_OF_AN_ADDRESS)


async def close_sockets(app: web.Application) -> None:
    """At the end of the process: pages come again to the next one."""
    sockets = app[SOCKETS]
    await asyncio.gather(*(socket.close(code=WSCloseCode.GOING_AWAY) for socket in sockets))
