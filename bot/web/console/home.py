"""What is waiting: the page that everybody begins with."""

from collections.abc import Callable, Mapping

from aiohttp import web

from bot.texts import Texts
from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.places import Place, places_of
from bot.web.console.visit import Visit
from domain.staff import StaffRole
from storage.transaction import Transaction

_ELSEWHERE: Mapping[str, Callable[[Texts], str]] = {
    StaffRole.OPERATOR.value: lambda t: t(
        "There is no page for operators yet. What parents write to the operator is kept, and the contacts "
        "of your centre are shown to them."
    ),
    StaffRole.ADMIN.value: lambda t: t(
        "There is no page for administrators. Staff, territories and rules are changed on the server with "
        "the commands kezek staff add and kezek load."
    ),
}
"""Roles that have nothing to do on these pages are told so, and where it is done."""


async def home(visit: Visit) -> web.Response:
    """What there is to do, in numbers."""
    tiles = await visit.read(lambda tx: _tiles(visit, tx))
    elsewhere = _ELSEWHERE[visit.who.role](visit.t) if visit.who.role in _ELSEWHERE else ""
    return visit.page("home", tiles=tiles, elsewhere=elsewhere)


def _tiles(visit: Visit, tx: Transaction) -> list[tuple[Place, int]]:
    reach = visit.reach(tx)
    return [(each, each.number(tx, reach)) for each in places_of(visit.who.role)]


PAGES = (Page("GET", "", home, May.BE_HERE),)
