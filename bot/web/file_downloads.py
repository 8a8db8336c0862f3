"""GET /files/{token}: a small page that tells what a link is for. POST: the file, never shown in place.

A messenger looks at every link by itself: that must not fetch anybody's document, so that the file
comes only at the press of a button. What a link that is over, forged or of a deleted file leads to is
a page as well (404).
"""

import structlog
from aiohttp import web
from jinja2 import Environment

from bot.uploads.links import PATH
from bot.web.flood import VISITS_OF_AN_ADDRESS, require_room
from bot.web.page_language import page_language
from bot.web.parts import WebParts
from bot.web.translate import Translate
from bot.web.visitor import network_address
from storage.file_rows import PLACE_PICTURE, StoredFile
from storage.files import FileGone
from storage.vault import VaultError

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/json": "json",
    "text/plain": "txt",
}
_SHORT = 10**6
_PAGE_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
_FILE_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
    "X-Robots-Tag": "noindex",
}
_KILOBYTE, _MEGABYTE = 1024, 1024 * 1024
LOG = structlog.get_logger()


class FileDownloads:
    """The handlers of /files/."""

    def __init__(self, parts: WebParts, pages: Environment) -> None:
        self._parts = parts
        self._template = pages.get_template("file.html")

    def routes(self) -> list[web.RouteDef]:
        """Where they are."""
        path = PATH + "/{token}"
        shown = f"{path}/picture.png"
        return [web.get(path, self.page), web.post(path, self.file), web.get(shown, self.picture)]

    async def page(self, request: web.Request) -> web.Response:
        """What the link is for, and the button that fetches it."""
        file = await self._found(request)
        return self._page(request, file)

    async def file(self, request: web.Request) -> web.Response:
        """The file, to be saved."""
        file = await self._found(request)
        if file is None:
            return self._page(request, None)
        try:
            content = await self._parts.files.content(file)
        except (FileGone, VaultError) as error:
            LOG.error("file_not_given", error=type(error).__name__, file=file.id)
            return self._page(request, None)
        return _to_be_saved(file, content)

    async def picture(self, request: web.Request) -> web.Response:
        """A picture that we drew, shown in place as long as its link is good; nothing of anybody else's."""
        file = await self._found(request)
        if file is None or file.kind != PLACE_PICTURE:
            raise web.HTTPNotFound
        try:
            content = await self._parts.files.content(file)
        except (FileGone, VaultError) as error:
            LOG.error("file_not_given", error=type(error).__name__, file=file.id)
            raise web.HTTPNotFound from None
        return web.Response(body=content, content_type=file.content_type, headers=_FILE_HEADERS)

    async def _found(self, request: web.Request) -> StoredFile | None:
        """The file of the link, None when there is none any more."""
        await require_room(self._parts.flood, f"visits {network_address(request)}", VISITS_OF_AN_ADDRESS)
        file_id = self._parts.links.file_of(request.match_info["token"])
        return None if file_id is None else await self._parts.files.find(file_id)

    def _page(self, request: web.Request, file: StoredFile | None) -> web.Response:
        language = page_language(request)
        t = self._parts.texts(language)
        what = None if file is None else _in_words(t, file)
        html = self._template.render(t=t, lang=language, what=what)
        status = 404 if file is None else 200
        return web.Response(text=html, content_type="text/html", status=status, headers=_PAGE_HEADERS)


def _to_be_saved(file: StoredFile, content: bytes) -> web.Response:
    """Under a name of ours: what a person called it may name somebody, and is no business of a header."""
    ending = _ENDINGS.get(file.content_type)
    name = f"kezek-{file.id % _SHORT:06}.{ending or 'bin'}"
    return web.Response(
        body=content,
        content_type=file.content_type if ending else "application/octet-stream",
        headers={**_FILE_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'},
    )


def _in_words(t: Translate, file: StoredFile) -> str:
    """What it is, and how large."""
    match file.content_type:
        case "image/jpeg" | "image/png":
            kind = t("A picture")
        case "application/pdf":
            kind = t("A PDF document")
        case _:
            kind = t("A file")
    return f"{kind}, {_size(t, file.size)}"


def _size(t: Translate, size: int) -> str:
    if size < _MEGABYTE:
        return t("{size} KB", size=max(1, round(size / _KILOBYTE)))
    return t("{size} MB", size=round(size / _MEGABYTE))
