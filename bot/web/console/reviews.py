"""What parents say of kindergartens, looked at before others read it (ours)."""

from datetime import datetime
from functools import partial

from aiohttp import web

from bot.department import reviews as deciding
from bot.web.console.acting import Done, act
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from domain.errors import Refused, ReviewChanged
from storage import reviews
from storage.desk.reviewed import is_within
from storage.transaction import Transaction

SHOWN = 20


async def waiting(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """Those that nobody has looked at yet, the oldest first."""
    found = await visit.read(lambda tx: reviews.waiting(tx, visit.territories(tx), SHOWN))
    return visit.page("reviews", trouble=trouble, waiting=found)


async def show(visit: Visit) -> web.Response:
    """Let it be read."""
    return await _decide(visit, shown=True)


async def refuse(visit: Visit) -> web.Response:
    """Do not let it be read."""
    return await _decide(visit, shown=False)


async def _decide(visit: Visit, *, shown: bool) -> web.Response:
    try:
        await act(visit, partial(_decided, visit, shown))
    except Refused as error:
        return await waiting(visit, trouble_of(visit.t, error))


def _decided(visit: Visit, shown: bool, tx: Transaction) -> Done:
    review_id = visit.id("review")
    if not is_within(tx, review_id, visit.territories(tx)):
        raise web.HTTPNotFound
    audited = deciding.decide(tx, visit.officer, review_id, _seen_at(visit), show=shown)
    return Done(audited, f"{ROOT}reviews?done={'review-shown' if shown else 'review-refused'}")


def _seen_at(visit: Visit) -> datetime:
    """When the text was written that stood on the page. Raises ReviewChanged for no such instant."""
    seen_at = visit.form.instant("seen")
    if seen_at is None:
        raise ReviewChanged
    return seen_at


PAGES = (
    Page("GET", "reviews", waiting, May.CHECK_REVIEWS),
    Page("POST", "reviews/{review}/show", show, May.CHECK_REVIEWS),
    Page("POST", "reviews/{review}/refuse", refuse, May.CHECK_REVIEWS),
)
