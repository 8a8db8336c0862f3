"""What the demo would have sent: JSON for scripts, a page for whoever looks with a browser."""

import re
from collections.abc import Callable, Iterable, Mapping

from aiohttp import web
from jinja2 import Environment

from bot.web.json_answers import json_answer
from bot.web.page_language import page_language
from bot.web.parts import DemoParts
from bot.web.translate import Translate

CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
Sent = Callable[[], Iterable[Mapping[str, object]]]


def sent_routes(
    demo: DemoParts, texts: Callable[[str | None], Translate], pages: Environment
) -> list[web.RouteDef]:
    """Where text messages and e-mails are to be seen."""
    template = pages.get_template("demo_sent.html")

    def shown(what: str, sent: Sent) -> web.RouteDef:
        async def show(request: web.Request) -> web.Response:
            if "text/html" not in request.headers.get("Accept", ""):
                return json_answer(list(sent()))
            language = page_language(request)
            newest_first = [_for_the_page(each) for each in reversed(list(sent()))]
            html = template.render(t=texts(language), lang=language, what=what, sent=newest_first)
            return web.Response(
                text=html, content_type="text/html", headers={"Cache-Control": "no-store", "Vary": "Accept"}
            )

        return web.get(f"/demo/{what}", show)

    return [shown("sms", demo.sms), shown("mail", demo.mail)]


def _for_the_page(message: Mapping[str, object]) -> Mapping[str, object]:
    """The message, with the code in it by itself: for copying with a tap."""
    found = CODE.search(str(message.get("text", "")))
    return {**message, "code": found.group() if found else None}
