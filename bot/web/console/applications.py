"""What parents have sent to a kindergarten: to be activated, or declined with a reason [004]."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from aiohttp import web

from bot.desk import answers
from bot.web.console.acting import Done, act
from bot.web.console.fields import FieldWrong
from bot.web.console.looks import open_application
from bot.web.console.page import ROOT, Page
from bot.web.console.people_words import full_name
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from domain.application import Happening
from domain.errors import Refused
from domain.staff import StaffRole
from storage.desk import people, sent
from storage.desk.people import ChildCard, ParentCard
from storage.desk.sent import Sent
from storage.seats import claims
from storage.seats.activating import TURNED_DOWN
from storage.transaction import Transaction

SHOWN = 50


@dataclass(frozen=True, slots=True)
class _Line:
    sent: Sent
    child: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything on the page of one; `my_turn`: whoever looks may answer now."""

    sent: Sent
    child: ChildCard
    parents: tuple[ParentCard, ...]
    my_turn: bool
    reason: str | None


async def all_sent(visit: Visit) -> web.Response:
    """Those that wait, the longest waiting first."""

    def known(tx: Transaction) -> tuple[list[_Line], int, datetime]:
        houses = visit.reach(tx).kindergartens
        found = sent.waiting(tx, houses, SHOWN)
        lines = [_Line(each, full_name(people.child_card(tx, each.child_id))) for each in found]
        return lines, sent.how_many_wait(tx, houses), tx.now

    lines, many, now = await visit.read(known)
    return visit.page("applications", lines=lines, many=many, now=now)


async def one(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """One of them, and who it is for."""
    known = await visit.write(partial(_known, visit))
    return visit.page(
        "application",
        trouble=trouble,
        known=known,
        declined=TURNED_DOWN,
        taken_back=Happening.TAKEN_BACK.value,
        full_name=full_name,
    )


async def activate(visit: Visit) -> web.Response:
    """Issue the referral."""
    try:
        await act(visit, partial(_activate, visit))
    except Refused as error:
        return await one(visit, trouble_of(visit.t, error))


async def decline(visit: Visit) -> web.Response:
    """Turn it down, with a reason for the parents."""
    try:
        await act(visit, partial(_decline, visit, visit.reason))
    except (Refused, FieldWrong) as error:
        return await one(visit, trouble_of(visit.t, error))


def _known(visit: Visit, tx: Transaction) -> _Known:
    found = _found(visit, tx)
    application = open_application(visit, tx, found.application_id)
    my_turn = found.waits and (not _for_department(visit) or tx.now >= found.activate_by)
    child, parents = people.child_card(tx, found.child_id), people.parent_cards(tx, application)
    reason = claims.words_of(tx, found.claim_id)
    return _Known(found, child, tuple(parents), my_turn, reason)


def _found(visit: Visit, tx: Transaction) -> Sent:
    found = sent.find(tx, visit.id("claim"), visit.reach(tx).kindergartens)
    if found is None:
        raise web.HTTPNotFound
    return found


def _activate(visit: Visit, tx: Transaction) -> Done:
    audited, referral_id = answers.activate(tx, visit.officer, _found(visit, tx))
    return Done(audited, f"{ROOT}referrals/{referral_id}?done=activated")


def _decline(visit: Visit, reason: str, tx: Transaction) -> Done:
    found = _found(visit, tx)
    return Done(answers.decline(tx, visit.officer, found, reason), f"{ROOT}applications?done=declined")


def _for_department(visit: Visit) -> bool:
    return visit.who.role == StaffRole.DEPARTMENT.value


PAGES = (
    Page("GET", "applications", all_sent, May.ANSWER_APPLICATIONS),
    Page("GET", "applications/{claim}", one, May.ANSWER_APPLICATIONS),
    Page("POST", "applications/{claim}/activate", activate, May.ANSWER_APPLICATIONS),
    Page("POST", "applications/{claim}/decline", decline, May.ANSWER_APPLICATIONS),
)
