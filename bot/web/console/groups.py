"""Groups of the own houses, and reporting free seats of one [003]."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from aiohttp import web

from bot.desk import seats
from bot.web.console.acting import Done, act
from bot.web.console.fields import FieldWrong, a_year_after, require_day
from bot.web.console.page import ROOT, Page
from bot.web.console.people_words import full_name
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from domain.errors import NoPolicyInForce, Refused
from domain.local_time import local_date
from domain.seat_list import SeatList, list_for
from storage import policies
from storage.desk import enrolled, groups, people, reported
from storage.desk.enrolled import EnrolledChild
from storage.desk.groups import Group
from storage.desk.reported import ReportedSeats
from storage.transaction import Transaction

SHOWN = 20
MOST_SEATS = 999


@dataclass(frozen=True, slots=True)
class _Line:
    """An enrolled child; `left_on` is its last day, if that is known."""

    referral_id: int
    number: int
    child: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class _Known:
    group: Group
    reported: list[ReportedSeats]
    today: date
    planned: SeatList | None
    enrolled: list[_Line]


async def all_groups(visit: Visit) -> web.Response:
    """The groups, house by house."""
    found = await visit.read(lambda tx: groups.of_houses(tx, visit.reach(tx).kindergartens))
    houses: dict[str, list[Group]] = {}
    for each in found:
        houses.setdefault(each.kindergarten, []).append(each)
    return visit.page("groups", houses=houses)


async def group(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """One group: what it has reported, and the form to report more."""
    known = await visit.read(partial(_known, visit, visit.id("group")))
    return visit.page("group", trouble=trouble, known=known)


async def report(visit: Visit) -> web.Response:
    """Report free seats."""
    try:
        number, day = visit.form.number("seats", 1, MOST_SEATS), visit.form.day("released_on")
        await act(visit, partial(_report, visit, visit.id("group"), number, day))
    except (Refused, FieldWrong) as error:
        return await group(visit, trouble_of(visit.t, error))


def _known(visit: Visit, group_id: int, tx: Transaction) -> _Known:
    found = _found(visit, group_id, tx)
    before = reported.of_group(tx, group_id, [found.kindergarten_id], SHOWN)
    try:
        planned = list_for(tx.now, policies.in_force(tx, found.territory_id, tx.now))
    except NoPolicyInForce:
        planned = None
    children = [_line(tx, each) for each in enrolled.of_group(tx, group_id, [found.kindergarten_id])]
    return _Known(found, before, local_date(tx.now), planned, children)


def _line(tx: Transaction, each: EnrolledChild) -> _Line:
    child = full_name(people.child_card(tx, each.child_id))
    return _Line(each.referral_id, each.number, child, each.left_on)


def _found(visit: Visit, group_id: int, tx: Transaction) -> Group:
    found = groups.find(tx, group_id, visit.reach(tx).kindergartens)
    if found is None:
        raise web.HTTPNotFound
    return found


def _report(visit: Visit, group_id: int, number: int, day: date, tx: Transaction) -> Done:
    _found(visit, group_id, tx)
    today = local_date(tx.now)
    require_day("released_on", day, today, a_year_after(today))
    audited, bulletin_id = seats.report(tx, visit.officer, group_id, number, day)
    return Done(audited, f"{ROOT}seats/{bulletin_id}?done=reported")


PAGES = (
    Page("GET", "groups", all_groups, May.REPORT_SEATS),
    Page("GET", "groups/{group}", group, May.REPORT_SEATS),
    Page("POST", "groups/{group}", report, May.REPORT_SEATS),
)
