"""What is waiting: the page that everybody begins with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aiohttp import web

from bot.texts import Texts
from bot.web.console.page import Page
from bot.web.console.permission import May, allows
from bot.web.console.visit import Visit
from storage import reviews
from storage.desk import groups, privileged, sent, valid
from storage.staff_reach import Reach
from storage.transaction import Transaction

MOST_REVIEWS = 100


@dataclass(frozen=True, slots=True)
class Tile:
    """How many wait behind a page."""

    path: str
    name: str
    number: int
    what: str


async def home(visit: Visit) -> web.Response:
    """What there is to do, in numbers."""
    tiles = await visit.read(lambda tx: list(_tiles(visit, tx)))
    return visit.page("home", tiles=tiles)


def _tiles(visit: Visit, tx: Transaction) -> Iterator[Tile]:
    t, reach = visit.t, visit.reach(tx)
    for may, tile in _TILES:
        if allows(may, visit.who.role):
            yield tile(t, tx, reach)


def _applications(t: Texts, tx: Transaction, reach: Reach) -> Tile:
    number = sent.how_many_wait(tx, reach.kindergartens)
    return Tile("applications", t("Applications"), number, t("wait to be activated or declined"))


def _referrals(t: Texts, tx: Transaction, reach: Reach) -> Tile:
    number = valid.how_many(tx, reach.kindergartens)
    return Tile("referrals", t("Referrals"), number, t("are valid: sign, refuse, find"))


def _groups(t: Texts, tx: Transaction, reach: Reach) -> Tile:
    offered = sum(each.offered for each in groups.of_houses(tx, reach.kindergartens))
    return Tile("groups", t("Groups"), offered, t("seats are reported and not signed for"))


def _privileges(t: Texts, tx: Transaction, reach: Reach) -> Tile:
    number = privileged.how_many_wait(tx, reach.territories)
    return Tile("privileges", t("Privileges"), number, t("wait for a decision about their documents"))


def _reviews(t: Texts, tx: Transaction, reach: Reach) -> Tile:
    number = len(reviews.waiting(tx, reach.territories, MOST_REVIEWS))
    return Tile("reviews", t("Reviews"), number, t("wait for a look"))


_TILES: tuple[tuple[May, Callable[[Texts, Transaction, Reach], Tile]], ...] = (
    (May.ANSWER_APPLICATIONS, _applications),
    (May.SEE_REFERRALS, _referrals),
    (May.REPORT_SEATS, _groups),
    (May.DECIDE_PRIVILEGES, _privileges),
    (May.CHECK_REVIEWS, _reviews),
)

PAGES = (Page("GET", "", home, May.BE_HERE),)
