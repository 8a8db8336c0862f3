"""What is waiting: the page that everybody begins with."""

from aiohttp import web

from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.visit import Visit


async def home(visit: Visit) -> web.Response:
    """What there is to do."""
    return visit.page("home")


PAGES = (Page("GET", "", home, May.BE_HERE),)
