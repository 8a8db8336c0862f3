"""GET /kindergartens/pictures/{file_id}.jpg: the picture of a kindergarten, shown in place to everybody.

Nothing else comes this way: a file that is no kindergarten's picture is not there (404), and what is there
was drawn anew from its pixels before it was kept. A changed picture has another address, so that a copy
may be kept for long.
"""

import structlog
from aiohttp import web

from bot.web.flood import PICTURES_OF_AN_ADDRESS, require_room
from bot.web.parts import WebParts
from bot.web.visitor import network_address
from storage.files import FileGone
from storage.types import LARGEST_ID
from storage.vault import VaultError

PATH = "/kindergartens/pictures/{file_id:[0-9]{1,19}}.jpg"
_JPEG = "image/jpeg"
_HEADERS = {
    "Cache-Control": "public, max-age=604800, immutable",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
LOG = structlog.get_logger()


class HousePictures:
    """The handler of /kindergartens/pictures/."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        return [web.get(PATH, self.picture)]

    async def picture(self, request: web.Request) -> web.Response:
        """The picture."""
        await require_room(self._parts.flood, f"pictures {network_address(request)}", PICTURES_OF_AN_ADDRESS)
        file_id = int(request.match_info["file_id"])
        file = await self._parts.files.house_picture(file_id) if file_id <= LARGEST_ID else None
        if file is None or file.content_type != _JPEG:
            raise web.HTTPNotFound
        try:
            content = await self._parts.files.content(file)
        except (FileGone, VaultError) as error:
            LOG.error("picture_not_given", error=type(error).__name__, file=file.id)
            raise web.HTTPNotFound from None
        return web.Response(body=content, content_type=_JPEG, headers=_HEADERS)
