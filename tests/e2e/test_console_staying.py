"""Staying signed in before a quiet page, in a real browser: both clocks are moved, nobody waits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from bot.texts import Texts, texts_in
from storage.centre import duty
from storage.database import Database
from storage.staff_sessions import IDLE
from tests.e2e.looking import axe_faults, faults_of
from tests.e2e.staff import Clerk, clerk
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import PASSWORD
from tests.integration.rows import add_territory

pytestmark = pytest.mark.chromium
SOON = (
    "Nothing has been done here for almost an hour: within five minutes you are signed out. "
    "Any key, click or touch keeps you signed in."
)
DAY = (
    "Twelve hours are over: within five minutes you are signed out. "
    "Please finish what you have begun and sign in again."
)
OVER = "You are signed out: your session is over."
PATH = "**/console/session"
FIVE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


@pytest_asyncio.fixture(loop_scope="session")
async def desk(database: Database) -> AsyncIterator[Desk]:
    """A console with an operator of a quiet town, and a secretary."""
    async with running_desk(database) as running:
        town = await database.write(lambda tx: add_territory(tx, "town"))
        await running.hires("saule", "operator", territories=[town])
        await running.hires("amina", "kindergarten")
        yield running


class Sitting(Clerk):
    """Somebody before an open page. `asked` are the methods by which it asked about the session."""

    def watch(self, desk: Desk) -> None:
        self.desk = desk
        self.asked: list[str] = []
        ours = f"{self.url}/console/session"
        self.page.on("request", lambda each: self.asked.append(each.method) if each.url == ours else None)

    async def passes(self, span: timedelta) -> None:
        """Time passes here and at the server."""
        self.desk.real += span
        await self.page.clock.run_for(int(span.total_seconds() * 1000))

    async def passes_and_asks(self, span: timedelta) -> None:
        """The same; the page asks meanwhile how long the session goes on."""
        async with self.page.expect_response(PATH):
            await self.passes(span)

    @property
    def told(self) -> Locator:
        return self.page.locator("#staying [role=status]")

    async def hears(self, words: str) -> None:
        await expect(self.told).to_have_text(self.t(words))

    async def hears_nothing(self) -> None:
        await expect(self.told).to_have_text("")


@asynccontextmanager
async def sitting(
    browser: Browser, desk: Desk, login: str, t: Texts, place: str, **options: object
) -> AsyncIterator[Sitting]:
    """Somebody signed in, with a page open, whose browser's clock stands until it is moved."""
    async with clerk(browser, desk.url, t, **options) as somebody:
        await somebody.page.clock.install()
        await somebody.signs_in(login, PASSWORD)
        await somebody.page.goto(f"{desk.url}/console/{place}")
        await somebody.page.clock.pause_at(await somebody.page.evaluate("Date.now() / 1000 + 1"))
        seated = Sitting(somebody.page, desk.url, t)
        seated.watch(desk)
        yield seated
        assert seated.troubles == []


async def test_an_operator_who_is_there_stays_on_duty_before_a_quiet_inbox(
    browser: Browser, desk: Desk
) -> None:
    async with sitting(browser, desk, "saule", texts_in("kk"), "chats") as operator:
        await operator.page.get_by_role("button", name=operator.t("Go on duty"), exact=True).click()
        await operator.page.wait_for_url("**done=duty-begun")
        for _ in range(3):
            await operator.passes(IDLE - 2 * FIVE)
            async with operator.page.expect_response(PATH) as answer:
                await operator.page.keyboard.press("ArrowDown")
            assert (await answer.value).ok

        on_duty = await desk.database.read(lambda tx: duty.on_duty(tx, None, desk.real))
        assert [each.login for each in on_duty] == ["saule"]
        assert operator.asked == ["POST"] * 3


async def test_input_is_told_at_most_once_in_five_minutes(browser: Browser, desk: Desk) -> None:
    async with sitting(browser, desk, "amina", texts_in("ru"), "account") as secretary:
        for _ in range(10):
            await secretary.page.keyboard.press("ArrowDown")
        await secretary.passes(FIVE)
        async with secretary.page.expect_response(PATH):
            await secretary.page.mouse.move(10, 10)
            await secretary.page.mouse.move(50, 50)
        for _ in range(10):
            await secretary.page.keyboard.press("ArrowDown")
            await secretary.page.mouse.wheel(0, 10)
        await secretary.passes(FIVE - SECOND)
        await secretary.page.keyboard.press("ArrowDown")

        assert secretary.asked == ["POST"]


async def test_a_forgotten_page_says_in_words_that_the_session_ends_and_it_ends(
    browser: Browser, desk: Desk
) -> None:
    # axe looks from within the page, which the policy of the page itself forbids.
    seen = {"bypass_csp": True, "reduced_motion": "reduce"}
    async with sitting(browser, desk, "amina", texts_in("kk"), "account", **seen) as secretary:
        await secretary.passes(IDLE - FIVE - 30 * SECOND)
        await secretary.hears_nothing()
        await secretary.passes_and_asks(30 * SECOND)
        await secretary.hears(SOON)
        await secretary.page.clock.resume()  # axe waits for timers of its own
        faults = [*await axe_faults(secretary.page), *await faults_of(secretary.page)]
        desk.real += FIVE
        async with secretary.page.expect_response(PATH):
            await secretary.page.clock.run_for(int(FIVE.total_seconds()) * 1000)
        await secretary.hears(OVER)
        await secretary.page.locator("#staying a").click()
        await expect(secretary.page.locator("#login")).to_be_visible()

        assert faults == []
        assert "POST" not in secretary.asked


@pytest.mark.parametrize("way", ["key", "pointer", "touch", "button"])
async def test_whoever_is_told_and_does_anything_stays(browser: Browser, desk: Desk, way: str) -> None:
    t, touch = texts_in("en"), {"has_touch": True}
    async with sitting(browser, desk, "amina", t, "account", **touch) as secretary:
        await secretary.passes_and_asks(IDLE - FIVE)
        await secretary.hears(SOON)
        async with secretary.page.expect_response(lambda each: each.request.method == "POST"):
            match way:
                case "key":
                    await secretary.page.keyboard.press("Shift")
                case "pointer":
                    await secretary.page.mouse.move(10, 10)
                    await secretary.page.mouse.move(50, 50)
                case "touch":
                    await secretary.page.touchscreen.tap(5, 300)
                case _:
                    await secretary.page.locator("#staying button").focus()
                    await secretary.page.keyboard.press("Enter")
        await secretary.hears_nothing()
        await secretary.passes(IDLE - FIVE - 30 * SECOND)

        assert (await secretary.page.goto(f"{desk.url}/console/account")).url.endswith("/account")  # type: ignore[union-attr]


async def test_a_page_beside_another_one_that_is_in_use_says_nothing(browser: Browser, desk: Desk) -> None:
    async with sitting(browser, desk, "amina", texts_in("kk"), "account") as secretary:
        beside = await secretary.page.context.new_page()
        desk.real += IDLE / 2
        await beside.goto(f"{desk.url}/console/account")
        desk.real += IDLE / 2 - FIVE
        async with secretary.page.expect_response(PATH):
            await secretary.page.clock.run_for(int((IDLE - FIVE).total_seconds()) * 1000)

        await secretary.hears_nothing()
        assert secretary.asked == ["GET"]


async def test_before_twelve_hours_are_over_it_is_said_that_nothing_helps(
    browser: Browser, desk: Desk
) -> None:
    async with sitting(browser, desk, "amina", texts_in("kk"), "account") as secretary:
        for span in (*[IDLE - 2 * FIVE] * 13, 8 * FIVE):
            await secretary.passes(span)
            async with secretary.page.expect_response(PATH):
                await secretary.page.keyboard.press("ArrowDown")
        await secretary.passes_and_asks(5 * FIVE)
        await secretary.hears(DAY)
        await expect(secretary.page.locator("#staying button")).to_be_hidden()


async def test_without_a_script_a_link_comes_in_time_and_keeps_the_session(
    browser: Browser, desk: Desk
) -> None:
    t = texts_in("kk")
    async with clerk(browser, desk.url, t, java_script_enabled=False, reduced_motion="reduce") as secretary:
        await secretary.signs_in("amina", PASSWORD)
        link = secretary.page.get_by_role("link", name=t("Stay signed in"))
        await expect(link).to_be_hidden()
        devtools = await secretary.page.context.new_cdp_session(secretary.page)
        begins = await secretary.page.locator(".staying.late").evaluate(
            "each => getComputedStyle(each).animationDelay"
        )
        await devtools.send("Animation.enable")
        await devtools.send("Animation.setPlaybackRate", {"playbackRate": 1_000_000})
        await expect(link).to_be_visible()
        desk.real += IDLE - SECOND
        async with secretary.page.context.expect_page() as opened:
            await link.click()
        await expect((await opened.value).locator("h1")).to_have_text(
            t("The session goes on. You can close this page.")
        )
        desk.real += SECOND
        await secretary.goes_to("Home page")
        await expect(secretary.page.locator(".places")).to_be_visible()

    assert begins == f"{(IDLE - FIVE).total_seconds():.0f}s"
