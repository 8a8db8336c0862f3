"""The paths under /open-data/: what is asked for, in which form, and what is refused."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from jinja2 import Environment

from bot.texts import DEFAULT_LANGUAGE, LANGUAGES, texts_in
from bot.web.flood import VISITS_OF_AN_ADDRESS, require_room
from bot.web.json_answers import json_answer
from bot.web.open_data.cache import Answer, Cache, rest_of_minute
from bot.web.open_data.files import CsvFiles
from bot.web.open_data.query import BadQuery, Query, read
from bot.web.open_data.responses import kept
from bot.web.open_data.sets import SETS, DataSet
from bot.web.open_data.snapshots import Lasts, Snapshots
from bot.web.open_data.source import PATH, Source
from bot.web.page_language import page_language
from bot.web.parts import WebParts
from bot.web.visitor import network_address

_SET_BY_NAME = {each.name: each for each in SETS}
# A clock that is moved by hand must not be looked at through an answer of a minute ago.
_DEMO_SECONDS = 1.0


class OpenData:
    """The handlers."""

    def __init__(self, parts: WebParts, pages: Environment) -> None:
        database, demo = parts.files.database, parts.demo is not None
        self._parts = parts
        lasts: Lasts = (lambda _: _DEMO_SECONDS) if demo else rest_of_minute
        self._source = Source(database, Snapshots(database, lasts), pages)
        self._cache = Cache(lasts=lasts)
        self._files = CsvFiles(self._source, self._cache, parts.flood)

    def routes(self) -> list[web.RouteDef]:
        """Where they are. Without an ending it is what the client takes: a page for a browser, else JSON."""
        return [
            web.get(PATH, self.to_overview),
            web.get(PATH + "/", self.overview),
            *(
                web.get(f"{PATH}/{data.name}{ending}", self.show)
                for data in SETS
                for ending in ("", ".html", ".csv", ".json")
            ),
        ]

    async def to_overview(self, request: web.Request) -> web.Response:
        """The path without its slash."""
        raise web.HTTPMovedPermanently(request.rel_url.with_path(PATH + "/", keep_query=True))

    async def overview(self, request: web.Request) -> web.Response:
        """What there is."""
        await self._not_too_often(request)
        body = self._source.overview(page_language(request))
        headers = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Language"}
        return web.Response(body=body, content_type="text/html", charset="utf-8", headers=headers)

    async def show(self, request: web.Request) -> web.StreamResponse:
        """A data set, or a piece of it."""
        await self._not_too_often(request)
        name, _, ending = request.path.removeprefix(PATH + "/").partition(".")
        kind = ending or _liked(request)
        language = page_language(request) if kind == "html" else _named_language(request)
        try:
            query = read(request.query, language, strict=kind != "html")
            if kind == "csv":
                return await self._files.file(request, _SET_BY_NAME[name], query)
            return await self._whole(request, _SET_BY_NAME[name], kind, query)
        except BadQuery as refusal:
            return self._refused(kind, language, refusal)

    async def _whole(self, request: web.Request, data: DataSet, kind: str, query: Query) -> web.Response:
        find_out: Callable[[DataSet, Query], Awaitable[Answer]]
        find_out = self._source.json if kind == "json" else self._source.page
        question = (data.name, kind, query)
        answer = await self._cache.get(question, lambda: find_out(data, query))
        return kept(request, kind, answer, self._cache.seconds_left(question))

    def _refused(self, kind: str, language: str, refusal: BadQuery) -> web.Response:
        words = refusal.words(texts_in(language))
        if kind == "json":
            return json_answer({"error": 400, "message": words}, status=400)
        headers = {"Cache-Control": "no-store"}
        if kind == "csv":
            return web.Response(text=words + "\n", status=400, headers=headers)
        body = self._source.refusal(language, words)
        return web.Response(body=body, content_type="text/html", charset="utf-8", status=400, headers=headers)

    async def _not_too_often(self, request: web.Request) -> None:
        await require_room(self._parts.flood, f"open data {network_address(request)}", VISITS_OF_AN_ADDRESS)


def _liked(request: web.Request) -> str:
    accepted = request.headers.get("Accept", "")
    return "html" if "text/html" in accepted else "csv" if "text/csv" in accepted else "json"


def _named_language(request: web.Request) -> str:
    """Programs name the language, or get the usual one: what they read must not depend on who runs them."""
    asked = request.query.get("lang", "")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE
