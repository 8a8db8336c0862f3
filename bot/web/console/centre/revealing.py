"""An IIN or a phone in full, for a reason: the answer to a form, given once and never kept."""

from functools import partial

import structlog
from aiohttp import web

from bot.centre.revealing import Hidden, NotThere, Revealed, reveal
from bot.web.console.centre.reach import within_reach
from bot.web.console.fields import FieldWrong
from bot.web.console.ids import id_in
from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from bot.web.json_answers import json_answer, wants_json
from domain.errors import ReasonBadLength, TooManyTries
from storage.transaction import Transaction

log = structlog.get_logger("console")


async def show(visit: Visit) -> web.Response:
    """The number that the form names: as JSON for a script on the page, else as a page of its own."""
    try:
        what, of_id, reason = _asked(visit)
        shown = await visit.write(partial(_shown, visit, what, of_id, reason))
    except (FieldWrong, ReasonBadLength, TooManyTries) as error:
        if isinstance(error, TooManyTries):
            log.warning("enough numbers were shown for now", staff=visit.who.staff_id)
        return _refused(visit, trouble_of(visit.t, error))
    except NotThere:
        raise web.HTTPNotFound from None
    if wants_json(visit.request):
        return json_answer({"value": shown.value})
    return visit.page("centre/revealed", value=shown.value, conversation=visit.id("conversation"))


def _asked(visit: Visit) -> tuple[Hidden, int | None, str]:
    try:
        what = Hidden(visit.form.raw("what"))
    except ValueError:
        raise web.HTTPNotFound from None
    of = visit.form.raw("of")
    of_id = id_in(of)
    if of and of_id is None:
        raise web.HTTPNotFound
    return what, of_id, visit.reason


def _shown(visit: Visit, what: Hidden, of_id: int | None, reason: str, tx: Transaction) -> Revealed:
    conversation_id = within_reach(visit, tx)
    now = visit.house.console.real_now()
    shown = reveal(tx, visit.officer, conversation_id, what, of_id, reason, real_now=now)
    visit.audit(tx, shown.audited)
    return shown


def _refused(visit: Visit, trouble: Trouble) -> web.Response:
    if wants_json(visit.request):
        return json_answer({"trouble": trouble.words}, trouble.status)
    return visit.page(
        "centre/revealed",
        trouble=trouble,
        value="",
        conversation=visit.id("conversation"),
        what=visit.form.raw("what"),
        of=visit.form.raw("of"),
    )


PAGES = (Page("POST", "chats/{conversation}/reveal", show, May.SEARCH_PEOPLE),)
