"""Referrals to the own houses: those that are valid, and the search for one [001]."""

from dataclasses import dataclass
from datetime import date

from aiohttp import web

from bot.papers.referral_links import ReferralLinks
from bot.web.console import referral_search
from bot.web.console.fields import FieldWrong
from bot.web.console.page import ROOT, Page
from bot.web.console.people_words import full_name
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from domain.errors import IinRefused
from storage.desk import people, valid
from storage.desk.valid import ValidReferral
from storage.seats.referrals import Issued
from storage.transaction import Transaction

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A referral in a list, with whose it is."""

    id: int
    number: int
    child: str
    group: str
    kindergarten: str
    valid_through: date
    over: bool = False


async def all_valid(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """The form to find one, and those that are valid."""

    def known(tx: Transaction) -> tuple[list[Line], int]:
        houses = visit.reach(tx).kindergartens
        found = valid.valid(tx, houses, SHOWN)
        return [_line(tx, each) for each in found], valid.how_many(tx, houses)

    lines, many = await visit.read(known)
    return visit.page(
        "referrals",
        trouble=trouble,
        lines=lines,
        many=many,
        found=None,
    )


async def find(visit: Visit) -> web.Response:
    """Look for one: what was typed stands in no address. The only one there is opens at once."""
    t = visit.t
    links = ReferralLinks(visit.house.parts.secret_key, visit.house.parts.public_url)
    try:
        typed = visit.form.text("wanted", referral_search.LONGEST)
        found = await visit.read(
            lambda tx: [
                _found_line(tx, each)
                for each in referral_search.find(tx, links, visit.reach(tx).kindergartens, typed)
            ]
        )
    except FieldWrong as error:
        return await all_valid(visit, trouble_of(t, error))
    except IinRefused:
        return await all_valid(visit, Trouble(t("This is no IIN: a digit is wrong."), "wanted", 422))
    if not found:
        words = t("No referral to your kindergartens was found by this.")
        return await all_valid(visit, Trouble(words, "wanted", 404))
    if len(found) == 1:
        raise web.HTTPSeeOther(f"{ROOT}referrals/{found[0].id}")
    return visit.page("referrals", lines=[], many=0, found=found)


def _line(tx: Transaction, each: ValidReferral) -> Line:
    child = full_name(people.child_card(tx, each.child_id))
    return Line(each.id, each.number, child, each.group, each.kindergarten, each.valid_through)


def _found_line(tx: Transaction, each: Issued) -> Line:
    child = full_name(people.child_card(tx, each.child_id))
    over = not each.referral.is_valid(tx.now)
    return Line(each.id, each.number, child, each.group, each.kindergarten, each.referral.last_day, over)


PAGES = (
    Page("GET", "referrals", all_valid, May.SEE_REFERRALS),
    Page("POST", "referrals/find", find, May.SEE_REFERRALS),
)
