"""Seats that were reported together: what has become of them, to be corrected and recalled."""

from functools import partial

from aiohttp import web

from bot.desk import seats
from bot.web.console.acting import Done, act
from bot.web.console.fields import FieldWrong
from bot.web.console.groups import MOST_SEATS
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from domain.errors import Refused
from storage.desk import reported
from storage.desk.reported import ReportedSeats
from storage.transaction import Transaction


async def bulletin(visit: Visit, trouble: Trouble | None = None, form: str = "") -> web.Response:
    """What was reported, and what has become of it; `form` is the one that the trouble is about."""

    def known(tx: Transaction) -> tuple[ReportedSeats, bool]:
        found = _found(visit, tx)
        return found, tx.now < found.publish_at

    found, hidden = await visit.read(known)
    return visit.page(
        "bulletin",
        trouble=trouble,
        form=form,
        seats=found,
        hidden=hidden,
    )


async def correct(visit: Visit) -> web.Response:
    """More or fewer seats, before anybody has seen them."""
    try:
        number, mark = visit.form.number("seats", 1, MOST_SEATS), visit.form.raw("seen")
        await act(visit, partial(_correct, visit, number, mark))
    except (Refused, FieldWrong) as error:
        return await bulletin(visit, trouble_of(visit.t, error), "correct")


async def recall(visit: Visit) -> web.Response:
    """Take seats off, all of them or some."""
    try:
        reason = visit.reason
        number = visit.form.number("seats", 1, MOST_SEATS) if visit.form.raw("seats").strip() else None
        await act(visit, partial(_recall, visit, reason, number, visit.form.raw("seen")))
    except (Refused, FieldWrong) as error:
        return await bulletin(visit, trouble_of(visit.t, error), "recall")


def _found(visit: Visit, tx: Transaction) -> ReportedSeats:
    found = reported.find(tx, visit.id("bulletin"), visit.reach(tx).kindergartens)
    if found is None:
        raise web.HTTPNotFound
    return found


def _correct(visit: Visit, number: int, mark: str, tx: Transaction) -> Done:
    found = _found(visit, tx)
    return Done(seats.correct(tx, visit.officer, found, number, mark), _path(found, "corrected"))


def _recall(visit: Visit, reason: str, number: int | None, mark: str, tx: Transaction) -> Done:
    found = _found(visit, tx)
    return Done(seats.recall(tx, visit.officer, found, reason, number, mark), _path(found, "recalled"))


def _path(found: ReportedSeats, done: str) -> str:
    return f"{ROOT}seats/{found.id}?done={done}"


PAGES = (
    Page("GET", "seats/{bulletin}", bulletin, May.REPORT_SEATS),
    Page("POST", "seats/{bulletin}/correct", correct, May.REPORT_SEATS),
    Page("POST", "seats/{bulletin}/recall", recall, May.REPORT_SEATS),
)
