"""A new start for a forgotten password: shown once, changed before anything else, never from a stale page."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.web.console.page import ROOT
from domain.staff import ONE_TIME_PASSWORD_LASTS
from storage.database import Database
from storage.tables import audit, staff
from tests.fakes.console_site import running_desk
from tests.fakes.lost_race import lose_the_first_race
from tests.fakes.staff_browser import PASSWORD, SeenPage, StaffBrowser
from tests.integration.test_console_staff import STALE, Office, is_in

OWN = "quite another password"
CHANGE = f"{ROOT}account/new-password"
MADE = re.compile(r'class="secret">([^<]+)<')


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """A console, on either database."""
    async with running_desk(database) as desk:
        yield await Office.opened(desk)


async def gives(browser: StaffBrowser, office: Office, login: str = "berik") -> SeenPage:
    page = await browser.opens(office.path(login))
    return await browser.sends(page.form("new-start"), password=PASSWORD)


def made(page: SeenPage) -> str:
    found = MADE.search(page.html)
    assert found is not None, page.text
    return found[1]


async def given(office: Office) -> str:
    """A password that an admin has made."""
    async with office.desk.browser("admin") as browser:
        return made(await gives(browser, office))


async def test_the_password_is_shown_once_and_the_old_one_opens_nothing(office: Office) -> None:
    async with office.desk.browser("admin") as browser, office.desk.browser("berik") as berik:
        page = await gives(browser, office)
        again = await browser.opens(office.path("berik"))
        was_out = not await is_in(berik)
        old, new = [await berik.signs_in("berik", each) for each in (PASSWORD, made(page))]

    assert "It is good until 26.11.2026 09:00" in page.text
    assert made(page) not in again.html
    assert "One-time password good until 26.11.2026 09:00" in again.text
    assert (was_out, old.status, new.path) == (True, 403, CHANGE)
    assert await office.noted() == [("new_start", f"staff:{office.ids['berik']}")]


async def test_the_password_stands_nowhere_but_in_that_answer(office: Office) -> None:
    password = await given(office)
    read = office.desk.database.read
    kept = await read(
        lambda tx: [
            *tx.conn.execute(select(staff.c.password_hash)).scalars(),
            *(str(row) for row in tx.conn.execute(select(audit))),
        ]
    )

    assert [each for each in kept if password in each] == []


async def test_nothing_is_open_before_the_password_is_changed(office: Office) -> None:
    password = await given(office)
    async with office.desk.browser() as berik:
        page = await berik.signs_in("berik", password, then="chats")
        form = page.form("account/password")
        duty = await berik.posts(f"{ROOT}duty", form.fields | {"duty": "on"})
        led = [(await berik.opens(each)).path for each in ("", "chats", "account", "live?inbox=1")]
        unchanged = await berik.sends(form, password=password, new=password, again=password)
        done = await berik.sends(unchanged.form("account/password"), password=password, new=OWN, again=OWN)
        opened = [(await berik.opens(each)).path for each in ("chats", "account/new-password")]

    assert [page.path, duty.path, *led] == [CHANGE] * 6
    assert unchanged.status == 422
    assert "This is your current password." in unchanged.text
    assert (done.path, "The password is changed." in done.text) == (ROOT, True)
    assert opened == [f"{ROOT}chats", f"{ROOT}account"]
    async with office.desk.browser() as berik:
        assert [(await berik.signs_in("berik", each)).path for each in (password, OWN)] == [
            f"{ROOT}sign-in",
            ROOT,
        ]


async def test_whoever_has_still_to_change_it_can_leave_and_choose_the_language(office: Office) -> None:
    password = await given(office)
    async with office.desk.browser() as berik:
        page = await berik.signs_in("berik", password)
        russian = await berik.sends(page.form("language"), language="ru")
        left = await berik.sends(russian.form("sign-out"))
        again = await berik.signs_in("berik", password)

    assert "Придумайте свой пароль" in russian.text
    assert (left.path, again.path) == (f"{ROOT}sign-in", CHANGE)


async def test_a_password_that_nobody_has_come_with_is_good_no_more_to_the_second(office: Office) -> None:
    password = await given(office)
    seen = []
    async with office.desk.browser() as berik:
        office.desk.later(seconds=ONE_TIME_PASSWORD_LASTS.total_seconds() - 1)
        seen.append((await berik.signs_in("berik", password)).path)
    async with office.desk.browser() as berik:
        office.desk.later(seconds=1)
        seen.append((await berik.signs_in("berik", password)).path)
        words = (await berik.signs_in("berik", password)).text
        wrong = (await berik.signs_in("berik", "wrong")).text

    assert seen == [CHANGE, f"{ROOT}sign-in"]
    assert words == wrong


async def test_a_lock_and_what_was_mistyped_here_before_count_no_more(office: Office) -> None:
    later = office.desk.real.replace(year=2027)
    async with office.desk.browser() as berik:
        tried = [(await berik.signs_in("berik", f"wrong {each}")).status for each in range(6)]
        await office.change("berik", failed_tries=12, locked_until=later)
        password = await given(office)
        page = await berik.signs_in("berik", password)

    assert tried == [403] * 5 + [429]
    assert page.path == CHANGE


async def test_the_second_step_stays_and_the_admin_is_told_so(office: Office) -> None:
    await office.gives_second_step("berik")
    async with office.desk.browser("admin") as browser, office.desk.browser() as berik:
        page = await gives(browser, office)
        asked = await berik.signs_in("berik", made(page))

    assert "the code of the second step is asked for as before" in page.text
    assert asked.path == f"{ROOT}sign-in/code"


async def test_a_form_that_comes_twice_makes_one_password(office: Office) -> None:
    async with office.desk.browser("admin") as browser, office.desk.browser() as berik:
        form = (await browser.opens(office.path("berik"))).form("new-start")
        first = await browser.sends(form, password=PASSWORD)
        second = await browser.sends(form, password=PASSWORD)
        page = await berik.signs_in("berik", made(first))

    assert second.path == ROOT + office.path("berik")
    assert "was shown once" in second.text
    assert MADE.search(second.html) is None
    assert page.path == CHANGE
    assert len(await office.noted()) == 1


async def test_of_a_form_that_comes_twice_whichever_has_lost_a_race_shows_no_password(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[SeenPage] = []
    async with office.desk.browser("admin") as browser, office.desk.browser() as berik:
        form = (await browser.opens(office.path("berik"))).form("new-start")

        async def other() -> None:
            pages.append(await browser.sends(form, password=PASSWORD))

        lose_the_first_race(monkeypatch, other)
        lost = await browser.sends(form, password=PASSWORD)
        came = await berik.signs_in("berik", made(pages[0]))

    assert (lost.path, MADE.search(lost.html)) == (ROOT + office.path("berik"), None)
    assert came.path == CHANGE


async def test_a_page_that_knows_of_an_older_password_is_told_so(office: Office) -> None:
    async with office.desk.browser("admin") as browser, office.desk.browser("chief") as chief:
        stale = (await chief.opens(office.path("berik"))).form("new-start")
        first = made(await gives(browser, office))
        page = await chief.sends(stale, password=PASSWORD)
        async with office.desk.browser() as berik:
            came = await berik.signs_in("berik", first)

    assert (page.status, STALE in page.text, MADE.search(page.html)) == (409, True, None)
    assert came.path == CHANGE


async def test_of_two_admins_at_once_one_makes_a_password(office: Office) -> None:
    async with office.desk.browser("admin") as browser, office.desk.browser("chief") as chief:
        pages = await asyncio.gather(gives(browser, office), gives(chief, office))
        [password] = [made(each) for each in pages if MADE.search(each.html)]
        async with office.desk.browser() as berik:
            came = await berik.signs_in("berik", password)

    assert sorted(each.status for each in pages) == [200, 409]
    assert came.path == CHANGE


@pytest.mark.parametrize(
    ("changed", "status"), [("soon", 400), ("2026-11-23T04:00:00", 409), ("2026-11-23T04:00:00+00:00", 409)]
)
async def test_an_odd_time_in_the_form_changes_nothing(office: Office, changed: str, status: int) -> None:
    async with office.desk.browser("admin") as browser:
        form = (await browser.opens(office.path("berik"))).form("new-start")
        page = await browser.sends(form, password=PASSWORD, changed=changed)

    assert page.status == status
    assert await office.noted() == []


async def test_whoever_is_shut_out_gets_no_new_start(office: Office) -> None:
    async with office.desk.browser("admin") as browser:
        form = (await browser.opens(office.path("berik"))).form("new-start")
        await office.change("berik", disabled_at=office.desk.real)
        refused = await browser.sends(form, password=PASSWORD)

    assert (refused.status, STALE in refused.text) == (409, True)
    assert [each.action for each in refused.forms if each.action.endswith("new-start")] == []
