"""What only the demo shows: its front page, its clock, and what would have been sent."""

from collections.abc import Callable

from aiohttp import web
from jinja2 import Environment

from bot.web.demo_clock import clock_routes
from bot.web.demo_sent import sent_routes
from bot.web.page_language import page_language
from bot.web.parts import DemoParts
from bot.web.translate import Translate
from domain.local_time import local


def demo_routes(
    demo: DemoParts, texts: Callable[[str | None], Translate], pages: Environment
) -> list[web.RouteDef]:
    """The paths of the demo."""
    template = pages.get_template("demo.html")

    async def front(request: web.Request) -> web.Response:
        language = page_language(request)
        now = local(demo.clock.read())
        html = template.render(
            t=texts(language),
            lang=language,
            guide=demo.guide(language),
            clock=f"{now:%Y-%m-%dT%H:%M:%S}",
            origin=request.url.origin(),
        )
        return web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-store"})

    return [
        web.get("/", front),
        *sent_routes(demo, texts, pages),
        *clock_routes(demo),
    ]
