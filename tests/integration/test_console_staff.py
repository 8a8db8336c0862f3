"""The admin's pages of staff: seen, unlocked, sent out, shut out; never oneself, never beyond one's own."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, update

from bot import one_time_codes
from bot.web.console.page import ROOT
from storage import second_steps
from storage.database import Database
from storage.second_steps import SecondStep
from storage.tables import audit, help_request, staff
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import PASSWORD, SeenPage, StaffBrowser
from tests.integration.rows import add_territory

DEEDS = ("unlock", "end-sessions", "new-start", "second-step-off", "shut-out", "let-in")
STALE = "Something has changed here meanwhile."


class Office:
    """Admins of the country and of a region, an operator in its city, one elsewhere."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.ids: dict[str, int] = {}

    @classmethod
    async def opened(cls, desk: Desk) -> "Office":
        office = cls(desk)
        region = await desk.database.write(lambda tx: add_territory(tx, "region"))
        city = await desk.database.write(lambda tx: add_territory(tx, "city", region))
        other = await desk.database.write(lambda tx: add_territory(tx, "other"))
        for login, role, places in (
            ("chief", "admin", []),
            ("admin", "admin", [region]),
            ("berik", "operator", [city]),
            ("elsewhere", "operator", [other]),
            ("everywhere", "operator", []),
        ):
            office.ids[login] = await desk.hires(login, role, territories=places)
        return office

    def path(self, login: str, deed: str = "") -> str:
        return f"staff/{self.ids[login]}{'/' if deed else ''}{deed}"

    async def change(self, login: str, **values: object) -> None:
        changed = update(staff).where(staff.c.login == login).values(**values)
        await self.desk.database.write(lambda tx: tx.conn.execute(changed))

    async def noted(self) -> list[tuple[str, str | None]]:
        asked = (
            select(audit.c.what, audit.c.about)
            .where(audit.c.what.not_in(["signed_in", "signed_out"]))
            .order_by(audit.c.id)
        )
        return await self.desk.database.read(lambda tx: [(row[0], row[1]) for row in tx.conn.execute(asked)])

    async def gives_second_step(self, login: str) -> str:
        """A code of it, of the present half minute."""
        secret, staff_id = one_time_codes.new_secret(), self.ids[login]
        step = SecondStep(secret, (), used=1)
        await self.desk.database.write(lambda tx: second_steps.write(tx, staff_id, step))
        return secret


@pytest.fixture
async def office(sqlite: Database) -> AsyncIterator[Office]:
    """A console."""
    async with running_desk(sqlite) as desk:
        yield await Office.opened(desk)


async def does(browser: StaffBrowser, office: Office, login: str, deed: str) -> SeenPage:
    page = await browser.opens(office.path(login))
    return await browser.sends(page.form(deed), password=PASSWORD)


async def is_in(browser: StaffBrowser) -> bool:
    return (await browser.opens("")).path == ROOT


async def test_an_admin_sees_whoever_has_rights_within_the_own_alone(office: Office) -> None:
    async with office.desk.browser("admin") as browser, office.desk.browser("chief") as chief:
        own, home = await browser.opens("staff"), await browser.opens("")
        filtered = await browser.opens("staff?role=operator&login=BER")
        all_of_them = await chief.opens("staff")

    assert [name for name in office.ids if name in own.text.split()] == ["admin", "berik"]
    assert "admin you" in own.text
    assert "admin" not in filtered.text.split("Show")[1]
    assert [name for name in office.ids if name in all_of_them.text.split()] == list(office.ids)
    assert "Staff 2 can sign in" in home.text


async def test_a_page_goes_on_after_fifty_logins(office: Office) -> None:
    for number in range(50):
        await office.desk.hires(f"teacher-{number:02}", "kindergarten")
    async with office.desk.browser("chief") as browser:
        first = await browser.opens("staff?login=t")
        page = await browser.opens("staff")
        rest = await browser.opens("staff?after=teacher-44")

    assert "The next ones" not in first.text
    assert "The next ones" in page.text
    assert "after=teacher-44" in page.html
    assert [f"teacher-{number:02}" in rest.text for number in (44, 45, 49)] == [False, True, True]


@pytest.mark.parametrize(
    "query", ["login=%00", "after=%00", "role=x'--", "login=" + "x" * 5000, "login=%F0%9F%98%80"]
)
async def test_odd_words_find_nobody_and_break_nothing(office: Office, query: str) -> None:
    async with office.desk.browser("chief") as browser:
        assert (await browser.opens(f"staff?{query}")).status == 200


@pytest.mark.parametrize("login", ["chief", "elsewhere", "everywhere"])
async def test_whoever_lies_beyond_is_not_there(office: Office, login: str) -> None:
    await office.gives_second_step(login)
    await office.change(login, failed_tries=10, locked_until=office.desk.real)
    async with office.desk.browser("admin") as browser:
        seen = [(await browser.opens(office.path(login))).status]
        form = (await browser.opens(office.path("berik"))).form("shut-out").fields
        for deed in DEEDS:
            page = await browser.posts(ROOT + office.path(login, deed), form | {"password": PASSWORD})
            seen.append(page.status)

    assert seen == [404] * 7
    assert await office.noted() == []


@pytest.mark.parametrize("deed", DEEDS)
async def test_nobody_does_that_to_themselves(office: Office, deed: str) -> None:
    await office.gives_second_step("berik")
    async with office.desk.browser("admin") as browser:
        own = await browser.opens(office.path("admin"))
        form = (await browser.opens(office.path("berik"))).form("shut-out").fields
        page = await browser.posts(ROOT + office.path("admin", deed), form | {"password": PASSWORD})

        assert page.status == 409
        assert await is_in(browser)
    assert "another administrator" in page.text
    assert [each.action for each in own.forms if "/staff/" in each.action] == []
    assert await office.noted() == []


async def test_a_locked_login_is_unlocked(office: Office) -> None:
    later = office.desk.real.replace(year=2027)
    await office.change("berik", failed_tries=12, locked_until=later)
    async with office.desk.browser("admin") as browser, office.desk.browser() as berik:
        locked = (await berik.signs_in("berik")).status
        page = await browser.opens(office.path("berik"))
        done = await browser.sends(page.form("unlock"))
        unlocked = (await berik.signs_in("berik")).status

    assert (locked, unlocked) == (403, 200)
    assert "locked until" in page.text
    assert "locked until" not in done.text
    assert await office.noted() == [("unlocked", f"staff:{office.ids['berik']}")]


async def test_sessions_are_seen_and_ended(office: Office) -> None:
    async with office.desk.browser("admin") as browser, office.desk.browser("berik") as berik:
        page = await browser.opens(office.path("berik"))
        await browser.sends(page.form("end-sessions"))

        assert [await is_in(berik), await is_in(browser)] == [False, True]
    assert "since 23.11.2026 09:00, last seen" in page.text
    assert await office.noted() == [("sessions_ended", f"staff:{office.ids['berik']}")]


async def test_a_lost_second_step_is_turned_off_by_the_admins_own_password(office: Office) -> None:
    await office.gives_second_step("berik")
    async with office.desk.browser("admin") as browser, office.desk.browser() as berik:
        asked = await berik.signs_in("berik")
        form = (await browser.opens(office.path("berik"))).form("second-step-off")
        wrong = await browser.sends(form, password="not it")
        done = await browser.sends(form, password=PASSWORD)
        alone = await berik.signs_in("berik")

    assert (asked.path, wrong.status) == ("/console/sign-in/code", 422)
    assert "The second step is off" in done.text
    assert alone.path == ROOT
    assert await office.noted() == [("second_step_off", f"staff:{office.ids['berik']}")]


async def test_whoever_is_shut_out_is_out_at_once_until_let_in_again(office: Office) -> None:
    async with office.desk.browser("admin") as browser, office.desk.browser("berik") as berik:
        out = await does(browser, office, "berik", "shut-out")
        tried = [await is_in(berik), (await berik.signs_in("berik")).status]
        back = await does(browser, office, "berik", "let-in")
        again = (await berik.signs_in("berik")).status

    assert "Shut out: nobody signs in with this login." in out.text
    assert tried == [False, 403]
    assert (again, "Let in again." in back.text) == (200, True)
    about = f"staff:{office.ids['berik']}"
    assert await office.noted() == [("shut_out", about), ("let_in_again", about)]


@pytest.mark.parametrize("deed", ["end-sessions", "shut-out"])
async def test_whoever_is_put_out_takes_no_questions_any_more(office: Office, deed: str) -> None:
    await office.change("berik", on_duty_since=office.desk.real)
    async with office.desk.browser("berik"), office.desk.browser("admin") as browser:
        await does(browser, office, "berik", deed)
    asked = select(staff.c.on_duty_since).where(staff.c.login == "berik")
    held = select(help_request.c.id).where(help_request.c.assigned_to == office.ids["berik"])
    read = office.desk.database.read

    assert await read(lambda tx: tx.conn.execute(asked).scalar_one()) is None
    assert await read(lambda tx: tx.conn.execute(held).all()) == []


@pytest.mark.parametrize("deed", ["unlock", "end-sessions", "shut-out"])
async def test_a_form_that_comes_twice_or_too_late_has_one_effect(office: Office, deed: str) -> None:
    async with (
        office.desk.browser("admin") as browser,
        office.desk.browser("chief") as chief,
        office.desk.browser("berik"),
    ):
        await office.change("berik", failed_tries=3)
        form = (await browser.opens(office.path("berik"))).form(deed)
        late = (await chief.opens(office.path("berik"))).form(deed)
        twice = [(await browser.sends(form)).status for _ in range(2)]
        stale = await chief.sends(late)

    assert twice == [200, 200]
    assert stale.status == 409
    assert STALE in stale.text
    assert len(await office.noted()) == 1


async def test_an_admin_who_was_shut_out_meanwhile_does_nothing_more(office: Office) -> None:
    async with office.desk.browser("admin") as browser, office.desk.browser("chief") as chief:
        form = (await browser.opens(office.path("berik"))).form("shut-out")
        await does(chief, office, "admin", "shut-out")
        page = await browser.sends(form)

    assert page.path == "/console/sign-in"
    assert await office.noted() == [("shut_out", f"staff:{office.ids['admin']}")]
