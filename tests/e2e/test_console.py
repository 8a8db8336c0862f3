"""The secretary's day in a real browser, and what the officer of the department adds to it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.texts import texts_in
from domain.application import Status
from storage import reviews
from storage.database import Database
from storage.tables import claim
from storage.transaction import Transaction
from tests.e2e.looking import faults_of
from tests.e2e.person import DESKTOP, PHONE
from tests.e2e.staff import Clerk, clerk
from tests.fakes.clock import SetClock
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import PASSWORD
from tests.integration.desk_city import RELEASED_ON, City
from tests.integration.unverified_families import Family

pytestmark = pytest.mark.chromium
REASON = "Медициналық анықтама жоқ"


class Stage:
    """A console of a city in which the kindergarten activates."""

    def __init__(self, desk: Desk, city: City, clock: SetClock) -> None:
        self.desk = desk
        self.city = city
        self.clock = clock

    async def sent(self) -> Family:
        """A family sends its application to "Амина"."""

        def work(tx: Transaction) -> Family:
            family, _ = self.city.family(tx)
            self.city.confirms(tx, family, self.city.seats(tx, self.city.amina, 1))
            return family

        return await self.desk.database.write(work)

    async def number(self, family: Family) -> str:
        return await self.desk.database.read(lambda tx: str(family.application(tx).number))

    async def status(self, family: Family) -> Status:
        return await self.desk.database.read(lambda tx: family.application(tx).status)


@pytest_asyncio.fixture(loop_scope="session")
async def stage(database: Database, clock: SetClock) -> AsyncIterator[Stage]:
    """A fresh one."""
    async with running_desk(database) as desk:
        city = await database.write(City)
        await desk.hires("amina", "kindergarten", kindergartens=[city.amina.id])
        await desk.hires("officer", "department", territories=[city.territory_id])
        yield Stage(desk, city, clock)


async def test_a_secretarys_day(browser: Browser, stage: Stage) -> None:
    t, day = texts_in("kk"), RELEASED_ON.isoformat()
    comes, stays_away = await stage.sent(), await stage.sent()

    async with clerk(browser, stage.desk.url, t) as secretary:
        await secretary.signs_in("amina", PASSWORD)
        await secretary.goes_to("Applications")
        await secretary.chooses(await stage.number(comes))
        await secretary.presses("Activate")
        await secretary.sees("Activated: the referral is issued, and the parents are told.")
        await secretary.goes_to("Applications")
        await secretary.chooses(await stage.number(stays_away))
        await secretary.opens("Decline")
        await secretary.fills("Reason, for the parents", REASON)
        await secretary.page.locator("details").get_by_role("button", name=t("Decline")).click()
        await secretary.sees("Declined. The parents are told, and keep their date.")

        await secretary.goes_to("Referrals")
        await secretary.fills("Find a referral", comes.child.digits)
        await secretary.presses("Find")
        await secretary.fills("The contract starts on", day)
        await secretary.presses("Contract signed")
        await secretary.sees("The contract is signed: the child is enrolled, and the parents are told.")

        await secretary.goes_to("Groups")
        await secretary.chooses("Күн")
        await secretary.fills("Free seats", "3")
        await secretary.presses("Report")
        await secretary.sees("The seats are reported.")

        assert comes.child.digits not in secretary.page.url
        assert secretary.troubles == []
    statuses = [await stage.status(each) for each in (comes, stays_away)]
    assert statuses == [Status.ENROLLED, Status.AWAITING_PLACE]


async def test_a_button_pressed_twice_at_once_has_one_effect(browser: Browser, stage: Stage) -> None:
    async with clerk(browser, stage.desk.url, texts_in("ru")) as secretary:
        await secretary.signs_in("amina", PASSWORD)
        await secretary.goes_to("Groups")
        await secretary.chooses("Күн")
        await secretary.fills("Free seats", "3")
        await secretary.page.get_by_role("button", name=secretary.t("Report"), exact=True).dblclick()
        await secretary.sees("The seats are reported.")
        await secretary.goes_to("Groups")
        await secretary.sees("Reported: {number}", number=3)


async def test_after_signing_out_going_back_shows_nothing(browser: Browser, stage: Stage) -> None:
    async with clerk(browser, stage.desk.url, texts_in("kk")) as secretary:
        await secretary.signs_in("amina", PASSWORD)
        await secretary.goes_to("Groups")
        await secretary.presses("Sign out")
        await secretary.sees("You are signed out.")
        await secretary.page.go_back()

        await expect(secretary.page.locator("#password")).to_be_visible()


async def test_the_department_answers_late_and_checks_a_review(browser: Browser, stage: Stage) -> None:
    family = await stage.sent()
    await stage.desk.database.write(lambda tx: _reviewed(tx, stage.city))
    stage.clock.advance(timedelta(days=7))

    async with clerk(browser, stage.desk.url, texts_in("ru")) as officer:
        await officer.signs_in("officer", PASSWORD)
        await officer.goes_to("Applications")
        await officer.sees("overdue")
        await officer.page.locator("main .row").first.click()
        await officer.presses("Activate")
        await officer.sees("Activated: the referral is issued, and the parents are told.")
        await officer.goes_to("Reviews")
        await officer.presses("Show it")
        await officer.sees("The review is shown from now on.")

        assert officer.troubles == []
    assert await stage.status(family) is Status.REFERRED


def _reviewed(tx: Transaction, city: City) -> None:
    """A family whose child goes to "Амина" says something of it."""
    family, _ = city.family(tx)
    claim_id = city.confirms(tx, family, city.seats(tx, city.amina, 1))
    tx.conn.execute(claim.update().where(claim.c.id == claim_id).values(state="enrolled", ended_at=tx.now))
    reviews.write(tx, family.parent_id, city.amina.id, 4, "Тәрбиешілері мейірімді")


@pytest.mark.parametrize(
    ("device", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"]
)
async def test_every_page_can_be_read_and_used_by_everybody(
    browser: Browser, stage: Stage, device: dict[str, object], scheme: str
) -> None:
    await stage.sent()
    found: dict[str, list[str]] = {}
    # A colour on its way to another one is nobody's to judge.
    seen = {**device, "color_scheme": scheme, "reduced_motion": "reduce"}

    async with clerk(browser, stage.desk.url, texts_in("kk"), **seen) as secretary:
        await secretary.page.goto(f"{stage.desk.url}/console/sign-in?lang=kk")
        found["sign-in"] = await faults_of(secretary.page)
        await secretary.signs_in("amina", PASSWORD)
        for path in await _all_pages(secretary, stage):
            await secretary.page.goto(f"{stage.desk.url}/console/{path}")
            await secretary.page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
            found[path] = await faults_of(secretary.page)
        await secretary.page.locator("form").evaluate_all("all => all.forEach(one => one.noValidate = true)")
        await secretary.presses("Refuse")
        await expect(secretary.page.locator(".fault")).to_be_visible()
        await secretary.page.mouse.move(0, 0)
        found["with troubles"] = await faults_of(secretary.page)

    assert {path: faults for path, faults in found.items() if faults} == {}


async def _all_pages(secretary: Clerk, stage: Stage) -> list[str]:
    """Paths of every page, one of each kind; a referral's last, which is made by activating."""
    group = f"groups/{stage.city.amina.group_id}"
    await secretary.page.goto(f"{stage.desk.url}/console/{group}")
    await secretary.fills("Free seats", "2")
    await secretary.presses("Report")
    made = secretary.page.url.partition("?")[0].rpartition("/console/")[2]
    await secretary.goes_to("Applications")
    application = await secretary.page.locator("main .row").first.get_attribute("href")
    assert application is not None
    await stage.sent()
    await secretary.page.locator("main .row").first.click()
    await secretary.presses("Activate")
    referral = secretary.page.url.partition("?")[0].rpartition("/console/")[2]
    return [
        "",
        "groups",
        group,
        made,
        "applications",
        application.removeprefix("/console/"),
        "referrals",
        referral,
    ]
