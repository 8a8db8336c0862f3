"""How long the session goes on: asked for by open pages, and longer where somebody is there.

A page tells once in a while that there was a key, a pointer or a touch; whoever has no script follows a link.
"""

from aiohttp import web

from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.visit import Visit
from bot.web.json_answers import json_answer


async def left(visit: Visit) -> web.Response:
    """How long, and whether it can be longer. That a page asks makes it no longer."""
    return json_answer({"left": visit.milliseconds_left, "can_stay": visit.who.can_stay})


async def stay(visit: Visit) -> web.Response:
    """The same, when somebody is there."""
    return await left(visit)


async def stay_without_script(visit: Visit) -> web.Response:
    """That it goes on, to be read and closed."""
    return visit.page("message", title=visit.t("The session goes on. You can close this page."))


PAGES = (
    Page("GET", "session", left, May.COME_IN, by_itself=True),
    Page("POST", "session", stay, May.COME_IN),
    Page("GET", "session/stay", stay_without_script, May.BE_HERE),
)
