"""Signing in with a second step, and the pages of logins, in a real browser."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page
from sqlalchemy import update

from bot.texts import texts_in
from storage.database import Database
from storage.tables import staff
from tests.e2e.looking import axe_faults, faults_of
from tests.e2e.person import DESKTOP, PHONE
from tests.e2e.staff import Clerk, clerk
from tests.fakes.authenticator import Authenticator
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import PASSWORD
from tests.integration.rows import add_territory

pytestmark = pytest.mark.chromium


@pytest_asyncio.fixture(loop_scope="session")
async def desk(database: Database) -> AsyncIterator[Desk]:
    """A console with an admin, and an operator who is locked."""
    async with running_desk(database) as running:
        city = await database.write(lambda tx: add_territory(tx, "city"))
        await running.hires("chief", "admin", territories=[city])
        await running.hires("berik", "operator", territories=[city])
        locked = {"failed_tries": 10, "locked_until": running.real + timedelta(minutes=15)}
        await database.write(
            lambda tx: tx.conn.execute(update(staff).where(staff.c.login == "berik").values(locked))
        )
        yield running


async def sets_up(somebody: Clerk, desk: Desk) -> Authenticator:
    """Turn the second step on, up to the code."""
    await somebody.page.locator("a.login").click()
    await somebody.page.locator("#begin-password").fill(PASSWORD)
    await somebody.presses("Set it up")
    secret = await somebody.page.locator(".secret").inner_text()
    is_drawn = "() => document.querySelector('.qr').naturalWidth > 0"
    await somebody.page.wait_for_function(is_drawn)
    return Authenticator(secret)


async def types_password(somebody: Clerk, login: str = "chief", password: str = PASSWORD) -> None:
    """Sign in, up to the second step."""
    await somebody.page.fill("#login", login)
    await somebody.page.fill("#password", password)
    await somebody.presses("Sign in")


async def test_a_second_step_is_set_up_and_asked_for(browser: Browser, desk: Desk) -> None:
    async with clerk(browser, desk.url, texts_in("kk")) as chief:
        await chief.signs_in("chief", PASSWORD)
        app = await sets_up(chief, desk)
        await chief.page.fill("#code", app.shows(desk.real))
        await chief.presses("Turn it on")
        await chief.sees("The second step is on. It is asked for from now on.")
        await chief.presses("Sign out")
        desk.later(seconds=30)
        await types_password(chief)
        await chief.page.fill("#code", app.shows(desk.real))
        await chief.presses("Sign in")
        await chief.sees("What is waiting")

        assert chief.troubles == []


async def test_a_session_is_ended_from_another_browser_and_its_next_step_says_so(
    browser: Browser, desk: Desk
) -> None:
    t, of_kazakhs = texts_in("kk"), {"locale": "kk-KZ"}
    async with (
        clerk(browser, desk.url, t, **of_kazakhs) as left_open,
        clerk(browser, desk.url, t) as at_home,
    ):
        await left_open.signs_in("chief", PASSWORD)
        # Not the chats: that page hears of it, and leaves by itself.
        await left_open.goes_to("Ready answers")
        await at_home.signs_in("chief", PASSWORD)
        await at_home.page.locator("a.login").click()
        await at_home.presses("End all others")
        await at_home.sees("All other sessions are over.")

        await left_open.goes_to("Search")
        await left_open.sees("Please sign in again: your session is over.")
        await at_home.goes_to("Chats")
        assert (left_open.troubles, at_home.troubles) == ([], [])


async def test_an_admin_unlocks_and_shuts_out(browser: Browser, desk: Desk) -> None:
    async with clerk(browser, desk.url, texts_in("ru")) as chief:
        await chief.signs_in("chief", PASSWORD)
        await chief.goes_to("Staff members")
        await chief.chooses("berik")
        await chief.presses("Unlock")
        await chief.sees("Unlocked: the right password is good again.")
        await chief.opens("Shut out")
        await chief.presses("Shut out")
        await chief.sees("Shut out: nobody signs in with this login.")

        assert chief.troubles == []


async def test_a_forgotten_password_gets_a_new_start(browser: Browser, desk: Desk) -> None:
    t, own = texts_in("ru"), "a password of the own"
    async with clerk(browser, desk.url, t) as chief, clerk(browser, desk.url, t, locale="ru-RU") as berik:
        await chief.signs_in("chief", PASSWORD)
        await chief.goes_to("Staff members")
        await chief.chooses("berik")
        await chief.opens("Give a new start")
        await chief.page.locator("#password-new-start").fill(PASSWORD)
        await chief.presses("Make a one-time password")
        await chief.sees("It is shown only now.")
        made = await chief.page.locator(".secret").inner_text()
        await berik.page.goto(f"{desk.url}/console/sign-in?lang=ru")
        await berik.page.fill("#login", "berik")
        await berik.page.fill("#password", made)
        await berik.presses("Sign in")
        await berik.page.locator("button[name=language][value=ru]").click()
        await berik.sees("Choose your own password")
        for field, typed in (("#password", made), ("#new", own), ("#again", own)):
            await berik.page.fill(field, typed)
        await berik.presses("Change the password")
        await berik.sees("The password is changed. All other sessions are over.")
        await berik.goes_to("Chats")

        assert (chief.troubles, berik.troubles) == ([], [])


async def all_faults(page: Page) -> list[str]:
    """What our own look and axe find."""
    await page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    return [*await faults_of(page), *await axe_faults(page)]


@pytest.mark.parametrize(
    ("device", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"]
)
async def test_every_page_of_logins_can_be_read_and_used_by_everybody(
    browser: Browser, desk: Desk, device: dict[str, object], scheme: str
) -> None:
    found: dict[str, list[str]] = {}
    seen = {**device, "color_scheme": scheme, "reduced_motion": "reduce", "bypass_csp": True}

    async with clerk(browser, desk.url, texts_in("kk"), **seen) as chief:
        await chief.signs_in("chief", PASSWORD)
        app = await sets_up(chief, desk)
        found["setting up"] = await all_faults(chief.page)
        await chief.page.fill("#code", app.shows(desk.real))
        await chief.presses("Turn it on")
        found["account"] = await all_faults(chief.page)
        await chief.goes_to("Staff members")
        found["staff"] = await all_faults(chief.page)
        for login in ("berik", "chief"):
            await chief.goes_to("Staff members")
            await chief.chooses(login)
            found[login] = await all_faults(chief.page)
        await chief.goes_to("Staff members")
        await chief.chooses("berik")
        await chief.opens("Give a new start")
        await chief.page.locator("#password-new-start").fill(PASSWORD)
        await chief.presses("Make a one-time password")
        found["new start"] = await all_faults(chief.page)
        made = await chief.page.locator(".secret").inner_text()
        await chief.presses("Sign out")
        await types_password(chief, "berik", made)
        await chief.page.locator("button[name=language][value=kk]").click()
        found["new password"] = await all_faults(chief.page)
        await chief.presses("Sign out")
        desk.later(seconds=30)
        await types_password(chief)
        await chief.page.fill("#code", "000000")
        await chief.presses("Sign in")
        await chief.sees("This code is not right, or it was used already.")
        found["code"] = await all_faults(chief.page)

    assert {page: faults for page, faults in found.items() if faults} == {}
