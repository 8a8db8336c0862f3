"""How parents found that they were helped: in numbers, and the newest of those who did not find so."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from urllib.parse import urlencode

from aiohttp import web

from bot.flows.kindergartens.numbers import decimal
from bot.flows.kindergartens.opinions import star_line
from bot.web.console.centre.keys import key_in, key_text
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May, allows
from bot.web.console.visit import Visit
from domain.local_time import local_date, start_of
from storage import audit_reading, staff_within, territories
from storage.centre import stars
from storage.centre.inbox import Key
from storage.centre.stars import Stars, Unhappy
from storage.journal import by_staff
from storage.transaction import Transaction

DAYS, USUAL = (7, 30, 90), 30
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Known:
    """What a page shows. `rows`: of whom, by login, and what they got.

    `others`: what was closed by those whose rights are not within the viewer's; None for who sees no rows but
    the own one. `logins` of `rows` by actor; `places` are the names of territories.
    """

    since: date
    whole: Stars
    rows: Sequence[tuple[str, Stars]]
    others: Stars | None
    unhappy: Sequence[Unhappy]
    logins: Mapping[str, str]
    places: Mapping[int, str]


async def show(visit: Visit) -> web.Response:
    """The questions that were closed on the last days, today among them."""
    days = next((each for each in DAYS if str(each) == visit.request.query.get("days")), USUAL)
    before = key_in(visit.request.query.get("from", ""))
    known = await visit.read(partial(_known, visit, days, before))
    listed = known.unhappy[:SHOWN]
    more = key_text(listed[-1].key) if len(known.unhappy) > SHOWN else ""
    return visit.page(
        "centre/stars",
        known=known,
        listed=listed,
        days=days,
        everybody=_sees_everybody(visit),
        periods=[(each, _path(days=each)) for each in DAYS],
        older=_path(days=days, **{"from": more}) if more else None,
        goes_on=before is not None,
        star_line=star_line,
        decimal=partial(decimal, visit.t),
    )


def _known(visit: Visit, days: int, before: Key | None, tx: Transaction) -> Known:
    since = local_date(tx.now) - timedelta(days=days - 1)
    reach, begins_at = visit.territories(tx), start_of(since)
    found = stars.by_closer(tx, begins_at, reach)
    shown = _shown(visit, tx, found)
    logins = audit_reading.names_of(tx, shown)
    names = {each.id: each.name(visit.t.language) for each in territories.tree(tx)}
    nothing = stars.together(())
    rows = [(logins.get(actor, actor), found.get(actor, nothing)) for actor in shown]
    others = [each for actor, each in found.items() if actor not in shown]
    return Known(
        since=since,
        whole=stars.together(found.values()),
        rows=sorted(rows, key=lambda row: row[0]),
        others=stars.together(others) if others and _sees_everybody(visit) else None,
        unhappy=stars.unhappy(tx, begins_at, reach, before, SHOWN + 1),
        logins=logins,
        places=names,
    )


def _shown(visit: Visit, tx: Transaction, found: Collection[str]) -> set[str]:
    """Whose rows are shown: an admin sees those of the staff within the own rights, others their own."""
    if not _sees_everybody(visit):
        return {by_staff(visit.who.staff_id)}
    within = staff_within.ids(tx, visit.reach(tx))
    return set(found) if within is None else set(found) & set(map(by_staff, within))


def _sees_everybody(visit: Visit) -> bool:
    return allows(May.MANAGE_STAFF, visit.who.role)


def _path(**fields: object) -> str:
    return f"{ROOT}stars?{urlencode(fields)}"


PAGES = (Page("GET", "stars", show, May.SEE_STARS),)
