"""What is waiting: the page that everybody begins with."""

from aiohttp import web

from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.places import Place, places_of
from bot.web.console.visit import Visit
from storage.transaction import Transaction


async def home(visit: Visit) -> web.Response:
    """What there is to do, in numbers."""
    tiles = await visit.read(lambda tx: _tiles(visit, tx))
    return visit.page("home", tiles=tiles)


def _tiles(visit: Visit, tx: Transaction) -> list[tuple[Place, int | str]]:
    reach = visit.reach(tx)
    return [(each, each.number(tx, reach)) for each in places_of(visit.who.role)]


PAGES = (Page("GET", "", home, May.BE_HERE),)
