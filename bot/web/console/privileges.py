"""Privileges that wait for the department: confirmed by their documents, or refused [000, 003]."""

from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.department import privileges as deciding
from bot.flows.privilege_words import name as privilege_name
from bot.web.console.acting import Done, act
from bot.web.console.fields import FieldWrong
from bot.web.console.looks import open_application
from bot.web.console.page import ROOT, Page
from bot.web.console.papers import Paper, papers_of
from bot.web.console.people_words import full_name
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from domain.errors import AlreadyDecided, Refused
from storage import documents
from storage.desk import people, privileged
from storage.desk.people import ChildCard, ParentCard
from storage.desk.privileged import Waiting
from storage.transaction import Transaction

SHOWN = 50


@dataclass(frozen=True, slots=True)
class _Known:
    waiting: Waiting
    child: ChildCard
    parents: tuple[ParentCard, ...]
    papers: tuple[Paper, ...]


async def all_waiting(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """Those that wait, the longest waiting first."""

    def known(tx: Transaction) -> tuple[list[tuple[Waiting, str]], int]:
        territories = visit.territories(tx)
        found = privileged.waiting(tx, territories, SHOWN)
        lines = [(each, full_name(people.child_card(tx, each.child_id))) for each in found]
        return lines, privileged.how_many_wait(tx, territories)

    lines, many = await visit.read(known)
    return visit.page(
        "privileges",
        trouble=trouble,
        lines=lines,
        many=many,
        privilege_name=partial(privilege_name, visit.t),
    )


async def one(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """One of them, with its documents; once it is decided, those that still wait."""
    known = await visit.write(partial(_known, visit))
    if known is None:
        return await all_waiting(visit, trouble or trouble_of(visit.t, AlreadyDecided()))
    return visit.page(
        "privilege",
        trouble=trouble,
        known=known,
        full_name=full_name,
        privilege_name=partial(privilege_name, visit.t),
    )


async def confirm(visit: Visit) -> web.Response:
    """The documents prove it, or the objection is right."""
    try:
        await act(visit, partial(_confirm, visit))
    except Refused as error:
        return await one(visit, trouble_of(visit.t, error))


async def refuse(visit: Visit) -> web.Response:
    """It is not proved, for a reason that the parents read."""
    try:
        await act(visit, partial(_refuse, visit, visit.reason))
    except (Refused, FieldWrong) as error:
        return await one(visit, trouble_of(visit.t, error))


def _known(visit: Visit, tx: Transaction) -> _Known | None:
    _require_within(visit, tx)
    found = privileged.find(tx, visit.id("privilege"), visit.territories(tx))
    if found is None:
        return None
    application = open_application(visit, tx, found.claimed.application_id)
    child, parents = people.child_card(tx, found.child_id), people.parent_cards(tx, application)
    shown = [each for each in documents.of_application(tx, application.id) if each.kind == found.claimed.code]
    return _Known(found, child, tuple(parents), tuple(papers_of(visit, shown)))


def _require_within(visit: Visit, tx: Transaction) -> int:
    """The privilege's id. Raises HTTPNotFound for one of another territory, decided or not."""
    privilege_id = visit.id("privilege")
    if not privileged.is_within(tx, privilege_id, visit.territories(tx)):
        raise web.HTTPNotFound
    return privilege_id


def _confirm(visit: Visit, tx: Transaction) -> Done:
    audited = deciding.confirm(tx, visit.officer, _require_within(visit, tx))
    return Done(audited, f"{ROOT}privileges?done=privilege-confirmed")


def _refuse(visit: Visit, reason: str, tx: Transaction) -> Done:
    audited = deciding.refuse(tx, visit.officer, _require_within(visit, tx), reason)
    return Done(audited, f"{ROOT}privileges?done=privilege-refused")


PAGES = (
    Page("GET", "privileges", all_waiting, May.DECIDE_PRIVILEGES),
    Page("GET", "privileges/{privilege}", one, May.DECIDE_PRIVILEGES),
    Page("POST", "privileges/{privilege}/confirm", confirm, May.DECIDE_PRIVILEGES),
    Page("POST", "privileges/{privilege}/refuse", refuse, May.DECIDE_PRIVILEGES),
)
