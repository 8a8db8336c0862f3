"""What lies beyond somebody's rights is not there: every page with an id, for every role it is for.

All things lie in one city; those who ask have rights in another one. The same pages open to whoever has
rights in the city: the ids are good ones.
"""

import re
import secrets
from collections.abc import AsyncIterator, Callable, Mapping

import pytest

from bot.centre import assisting
from bot.department.officer import Officer
from bot.desk import answers
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import allows
from bot.web.console.routes import PAGES
from domain.assisting import Helping
from domain.staff import StaffRole
from storage import reviews, staff
from storage.centre import ready_answers
from storage.centre.ready_answers import Wording
from storage.database import Database
from storage.desk import sent
from storage.tables import claim
from storage.transaction import Transaction
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import PASSWORD, StaffBrowser
from tests.integration.chats import a_chat
from tests.integration.desk_city import City
from tests.integration.rows import add_territory
from tests.integration.test_console_abuse import in_parts, names_of_fields
from tests.integration.test_department import claims_with_document

WITH_IDS = [page for page in PAGES if "{" in page.path]
NAMES = re.compile(r"\{([a-z_]+)\}")


def a_claim(tx: Transaction, city: City) -> int:
    family, _ = city.family(tx)
    return city.confirms(tx, family, city.seats(tx, city.amina, 1))


def a_referral(tx: Transaction, city: City) -> int:
    found = sent.find(tx, a_claim(tx, city), [city.amina.id])
    assert found is not None
    return answers.activate(tx, city.secretary(tx), found)[1]


def a_privilege(tx: Transaction, city: City) -> int:
    family, _ = city.family(tx)
    return claims_with_document(tx, family)


def a_review(tx: Transaction, city: City) -> int:
    family, _ = city.family(tx)
    claim_id = city.confirms(tx, family, city.seats(tx, city.amina, 1))
    tx.conn.execute(claim.update().where(claim.c.id == claim_id).values(state="enrolled", ended_at=tx.now))
    reviews.write(tx, family.parent_id, city.amina.id, 4, "Жақсы")
    [found] = reviews.waiting(tx, [city.territory_id], 1)
    return found.review.id


def an_answer(tx: Transaction, city: City) -> int:
    author = a_colleague(tx, city, "author")
    return ready_answers.write(tx, city.territory_id, Wording("Орын", "Орын бар.", "Место есть."), author)


def a_colleague(tx: Transaction, city: City, login: str = "colleague") -> int:
    return staff.add(
        tx,
        login=login,
        password_hash="hash",
        role="operator",
        language="kk",
        territories=[city.territory_id],
        kindergartens=[],
        at=tx.now,
    )


def an_assisted_family(tx: Transaction, city: City) -> int:
    helper = a_colleague(tx, city, "helper")
    helping = Helping.begun(helper, b"a session of another's", tx.now, "a form")
    return assisting.begin(tx, Officer(helper, "operator"), helping)[1]


THINGS: Mapping[str, Callable[[Transaction, City], int]] = {
    "claim": a_claim,
    "bulletin": lambda tx, city: city.seats(tx, city.amina, 1),
    "group": lambda tx, city: city.amina.group_id,
    "privilege": a_privilege,
    "referral": a_referral,
    "review": a_review,
    "answer": an_answer,
    "conversation": lambda tx, city: a_chat(tx, None, territory_id=city.territory_id),
    "staff": a_colleague,
    "assisted": an_assisted_family,
}
"""How to make what a page names first in its path."""
LATER = {"note", "whisper"}
"""What belongs to the thing before it in the path, which is not there to begin with."""

OF_ONE_SESSION = {"assisted"}
"""What is there for nobody but who began it, wherever their rights are."""


def test_of_every_thing_that_a_page_names_it_is_known_how_to_make_it() -> None:
    firsts = {NAMES.findall(page.path)[0] for page in WITH_IDS}
    others = {name for page in WITH_IDS for name in NAMES.findall(page.path)[1:]}

    assert firsts - THINGS.keys() == set()
    assert others - THINGS.keys() - LATER == set()


class Town:
    """The city's things by name, and a console."""

    def __init__(self, desk: Desk, ids: Mapping[str, int]) -> None:
        self.desk = desk
        self.ids = ids

    def path(self, page: Page) -> str:
        return NAMES.sub(lambda found: str(self.ids.get(found[1], 12345)), page.path)


@pytest.fixture
async def town(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """Somebody of every role in the city, and somebody elsewhere."""
    monkeypatch.setattr("bot.web.console.guard.require_room", _room)
    async with running_desk(sqlite) as desk:
        city = await sqlite.write(City)
        elsewhere = await sqlite.write(lambda tx: add_territory(tx, "elsewhere"))
        for role in StaffRole:
            of_house = role is StaffRole.KINDERGARTEN
            for where, territory, house in (
                ("here", city.territory_id, city.amina.id),
                ("elsewhere", elsewhere, city.other.id),
            ):
                rights = {"kindergartens": [house]} if of_house else {"territories": [territory]}
                await desk.hires(f"{role.value}-{where}", role.value, **rights)
        ids = await sqlite.write(lambda tx: {name: make(tx, city) for name, make in THINGS.items()})
        yield Town(desk, ids)


async def _room(*_: object) -> None:
    """How fast one may ask is another test's subject."""


async def asked(browser: StaffBrowser, town: Town, page: Page, mark: str) -> int:
    if page.method == "GET":
        return (await browser.opens(town.path(page))).status
    filled = dict.fromkeys(names_of_fields(), "1") | {"reason": "Анықтама жоқ", "password": PASSWORD}
    form = filled | {"csrf": mark, "once": secrets.token_urlsafe(12)}
    if page.takes_file:
        headers, url = {"Origin": town.desk.url}, f"{town.desk.url}{ROOT}{town.path(page)}"
        async with browser.http.post(url, data=in_parts(form), headers=headers) as answer:
            return answer.status
    return (await browser.posts(ROOT + town.path(page), form)).status


@pytest.mark.parametrize("role", StaffRole)
async def test_what_lies_beyond_ones_rights_is_not_there(town: Town, role: StaffRole) -> None:
    there = []
    async with town.desk.browser(f"{role.value}-elsewhere") as browser:
        mark = (await browser.opens("")).form("sign-out").fields["csrf"]
        for page in WITH_IDS:
            if allows(page.may, role.value):
                status = await asked(browser, town, page, mark)
                if status != 404:
                    there.append((page.method, page.path, status))

    assert there == []


@pytest.mark.parametrize("role", StaffRole)
async def test_what_lies_within_ones_rights_is_there(town: Town, role: StaffRole) -> None:
    missing = []
    async with town.desk.browser(f"{role.value}-here") as browser:
        for page in WITH_IDS:
            is_ones_own = bool(OF_ONE_SESSION & set(NAMES.findall(page.path)))
            if page.method == "GET" and allows(page.may, role.value) and not is_ones_own:
                seen = await browser.opens(town.path(page))
                if seen.status != 200:
                    missing.append((page.path, seen.status))

    assert missing == []
