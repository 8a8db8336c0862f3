"""GET /check/referral/{token}, and .ics behind it: where a referral's QR code leads.

It tells whether the referral is valid, and nothing personal.

A forged or mangled token, one of another version and one of a referral that is not there any more get
the same page (404): who tries tokens learns nothing from the difference.
"""

from functools import partial

from aiohttp import web
from jinja2 import Environment

from bot.flows.apply.instruction import language_name
from bot.papers.calendar import CONTENT_TYPE, calendar
from bot.papers.referral_links import CALENDAR, PATH, ReferralLinks
from bot.texts import LANGUAGES, texts_in
from bot.web.flood import VISITS_OF_AN_ADDRESS, require_room
from bot.web.page_language import page_language
from bot.web.parts import WebParts
from bot.web.visitor import network_address
from domain.referral import ReferralEnd
from storage.referral_checks import CheckedReferral, check

_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class ReferralCheck:
    """The handler of /check/referral/."""

    def __init__(self, parts: WebParts, pages: Environment) -> None:
        self._parts = parts
        self._links = ReferralLinks(parts.secret_key, parts.public_url)
        self._template = pages.get_template("check.html")

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        return [
            web.get(PATH + "/{token:[^/.]+}" + CALENDAR, self.calendar),
            web.get(PATH + "/{token}", self.page),
        ]

    async def calendar(self, request: web.Request) -> web.Response:
        """Its last day for a calendar."""
        await self._require_room(request)
        found = await self._found(request.match_info["token"])
        if found is None:
            raise web.HTTPNotFound(headers=_HEADERS)
        name = f'attachment; filename="referral-{found.number}.ics"'
        return web.Response(
            body=calendar(texts_in(page_language(request)), found),
            content_type=CONTENT_TYPE,
            charset="utf-8",
            headers=_HEADERS | {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"},
        )

    async def page(self, request: web.Request) -> web.Response:
        """What is known of the referral now."""
        await self._require_room(request)
        found = await self._found(request.match_info["token"])
        language = page_language(request)
        t = texts_in(language)
        html = self._template.render(
            t=t,
            lang=language,
            languages=LANGUAGES,
            path=request.rel_url.raw_path,
            found=found,
            taught_in=found and language_name(t, found.language),
            ends=ReferralEnd,
        )
        status = 404 if found is None else 200
        return web.Response(text=html, content_type="text/html", status=status, headers=_HEADERS)

    async def _require_room(self, request: web.Request) -> None:
        await require_room(self._parts.flood, f"checks {network_address(request)}", VISITS_OF_AN_ADDRESS)

    async def _found(self, token: str) -> CheckedReferral | None:
        number = self._links.number_of(token)
        if number is None:
            return None
        return await self._parts.files.database.read(partial(check, number=number))
