"""The staff that an admin looks after: who may do what where, who is in, who is locked or shut out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.role_words import role_names
from bot.web.console.visit import Visit
from domain.staff import StaffRole
from storage import staff_rights, staff_within
from storage.staff_within import Colleague
from storage.transaction import Transaction

SHOWN = 50
LONGEST = 64


@dataclass(frozen=True, slots=True)
class _Asked:
    begins: str
    role: str
    after: str


@dataclass(frozen=True, slots=True)
class _Known:
    people: Sequence[Colleague]
    rights: Mapping[int, list[str]]
    goes_on: bool


async def colleagues(visit: Visit) -> web.Response:
    """By login, a page at a time; those of one role, or whose login begins so."""
    asked = _asked(visit)
    known = await visit.read(partial(_known, visit, asked))
    return visit.page(
        "colleagues", known=known, asked=asked, roles=role_names(visit.t), now=visit.house.console.real_now()
    )


def _asked(visit: Visit) -> _Asked:
    query = visit.request.query
    role = query.get("role", "")
    return _Asked(
        "".join(query.get("login", "").split())[:LONGEST].lower().replace("\0", ""),
        role if role in {each.value for each in StaffRole} else "",
        query.get("after", "")[:LONGEST].replace("\0", ""),
    )


def _known(visit: Visit, asked: _Asked, tx: Transaction) -> _Known:
    now = visit.house.console.real_now()
    found = staff_within.page(
        tx,
        visit.reach(tx),
        now,
        begins=asked.begins,
        role=asked.role,
        after=asked.after,
        most=SHOWN + 1,
    )
    shown = found[:SHOWN]
    rights = staff_rights.names(tx, [each.id for each in shown], visit.t.language)
    return _Known(shown, rights, len(found) > SHOWN)


PAGES = (Page("GET", "staff", colleagues, May.MANAGE_STAFF),)
