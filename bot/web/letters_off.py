"""GET /mail/off/{token}: asks whether letters are to end. POST: ends them, as mail programs do by one click.

Mail programs and scanners look at every link by themselves: looking changes nothing.
"""

from functools import partial

from aiohttp import web
from jinja2 import Environment

from bot.channels.mail.links import PATH, LetterLinks
from bot.letters_ending import end_letters, is_known
from bot.texts import LANGUAGES, texts_in
from bot.web.flood import VISITS_OF_AN_ADDRESS
from bot.web.page_language import page_language
from bot.web.parts import WebParts
from bot.web.visitor import network_address

_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class LettersOff:
    """The handlers of /mail/off/."""

    def __init__(self, parts: WebParts, pages: Environment) -> None:
        self._parts = parts
        self._links = LetterLinks(parts.secret_key, parts.public_url)
        self._template = pages.get_template("letters.html")

    def routes(self) -> list[web.RouteDef]:
        """Where they are."""
        path = PATH + "/{token}"
        return [web.get(path, self.ask), web.post(path, self.end)]

    async def ask(self, request: web.Request) -> web.Response:
        """The page with the button."""
        await self._count(request)
        token = request.match_info["token"]
        known = await self._parts.files.database.read(partial(is_known, links=self._links, token=token))
        return self._page(request, known=known, done=False)

    async def end(self, request: web.Request) -> web.Response:
        """It is done, and said."""
        await self._count(request)
        token = request.match_info["token"]
        done = await self._parts.files.database.write(partial(end_letters, links=self._links, token=token))
        return self._page(request, known=done, done=done)

    async def _count(self, request: web.Request) -> None:
        visits = f"visits {network_address(request)}"
        if await self._parts.flood.wait(visits, VISITS_OF_AN_ADDRESS) is not None:
            raise web.HTTPTooManyRequests

    def _page(self, request: web.Request, *, known: bool, done: bool) -> web.Response:
        language = page_language(request)
        html = self._template.render(
            t=texts_in(language),
            lang=language,
            languages=LANGUAGES,
            path=request.rel_url.raw_path,
            known=known,
            done=done,
        )
        status = 200 if known else 404
        return web.Response(text=html, content_type="text/html", status=status, headers=_HEADERS)
