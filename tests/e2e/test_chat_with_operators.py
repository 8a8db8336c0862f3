"""A chat's page in a real browser: what is new comes by itself, and disturbs nobody who reads or writes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.texts import texts_in
from storage import journal
from storage.database import Database
from tests.e2e.looking import faults_of
from tests.e2e.person import DESKTOP, PHONE
from tests.e2e.staff import Clerk, clerk
from tests.fakes.console_site import running_desk
from tests.fakes.staff_browser import PASSWORD
from tests.integration.chat_stage import ChatStage

pytestmark = pytest.mark.chromium
T = texts_in("ru")
MARKUP = "<img src=x onerror=alert(1)> & <b>жирно</b>"


@pytest_asyncio.fixture(loop_scope="session")
async def stage(database: Database) -> AsyncIterator[ChatStage]:
    """A fresh one."""
    async with running_desk(database) as desk:
        yield await ChatStage.set(desk)


@asynccontextmanager
async def operator(
    browser: Browser, stage: ChatStage, chat: int, login: str = "aigerim", **options: Any
) -> AsyncIterator[Clerk]:
    """Somebody who has the chat's page open, with its line to the feed."""
    async with clerk(browser, stage.desk.url, T, **options) as somebody:
        await somebody.signs_in(login, PASSWORD)
        async with somebody.page.expect_response(f"**/chats/{chat}/news?**"):
            await somebody.page.goto(f"{stage.desk.url}/console/chats/{chat}")
        yield somebody
        assert somebody.troubles == []


async def _long(stage: ChatStage) -> int:
    """A chat that fills more than a screen."""
    chat = await stage.chat()
    for number in range(70):
        await stage.hears(chat, f"слово-{number:02d}")
    return chat


async def _top(line: Locator) -> float:
    """How far below the upper edge of the window, in pixels."""
    return float(await line.evaluate("line => line.getBoundingClientRect().top"))


async def _up(page: Page) -> float:
    return float(await page.locator(".log").evaluate("box => box.scrollTop"))


async def test_who_reads_above_is_not_moved_and_told_of_what_is_new_below(
    browser: Browser, stage: ChatStage
) -> None:
    chat = await _long(stage)
    async with operator(browser, stage, chat) as me:
        page = me.page
        await expect(page.get_by_text("слово-69")).to_be_in_viewport()
        await page.locator(".log").evaluate("box => { box.scrollTop = -600; }")
        reading = page.get_by_text("слово-58")
        before = await _top(reading)

        await stage.hears(chat, MARKUP)
        await stage.hears(chat, "второе")
        await expect(page.locator(".below")).to_have_text(T("New below: {number}", number=2))
        after = await _top(reading)
        await page.locator(".below").click()

        assert abs(after - before) < 1
        await expect(page.get_by_text("второе")).to_be_in_viewport()
        await expect(page.get_by_text(MARKUP)).to_be_visible()
        await expect(page.locator(".below")).to_be_hidden()


async def test_who_reads_the_newest_sees_what_comes_and_what_became_of_it(
    browser: Browser, stage: ChatStage
) -> None:
    chat = await _long(stage)
    said = await stage.says(chat, "Ответ", "operator", cause=journal.by_staff(stage.bolat))
    async with operator(browser, stage, chat) as me:
        fate = me.page.locator(f"[data-fate='{said}']")
        await expect(fate).to_have_text(T("on its way"))

        await stage.settles(said, state="sent", sent_at=stage.desk.real)
        await stage.hears(chat, "спасибо")

        await expect(me.page.get_by_text("спасибо")).to_be_in_viewport()
        await expect(fate).to_have_text(T("sent {time}", time="09:00"))
        assert await _up(me.page) == 0


async def test_what_was_said_earlier_is_put_above(browser: Browser, stage: ChatStage) -> None:
    chat = await _long(stage)
    async with operator(browser, stage, chat) as me:
        await me.page.locator("a.earlier").click()

        await expect(me.page.locator("#lines > li").first).to_contain_text("слово-00")
        await expect(me.page.locator("#lines > li")).to_have_count(70)
        await expect(me.page.locator("#lines .day")).to_have_count(1)
        await me.sees("This is where it began.")


async def test_the_keyboard_writes_sends_and_leaves(browser: Browser, stage: ChatStage) -> None:
    chat = await stage.chat()
    async with operator(browser, stage, chat) as me:
        page, keys = me.page, me.page.keyboard
        await keys.press("a")
        await keys.type("Здравствуйте")
        await page.reload()
        await expect(page.locator("#answer")).to_have_value("Здравствуйте")

        await page.locator("#answer").press("Control+Enter")
        await me.sees("The answer is on its way.")
        await expect(page.locator(".answer-card .primary")).to_be_in_viewport(ratio=1)
        await expect(page.locator("#lines")).to_contain_text("Здравствуйте")
        await page.reload()
        await expect(page.locator("#answer")).to_have_value("")

        await page.locator("#answer").focus()
        await keys.press("Escape")
        await keys.press("Shift+?")
        await expect(page.locator("#keys")).to_be_visible()
        await keys.press("Escape")
        await keys.press("g")
        await keys.press("i")
        await page.wait_for_url("**/console/chats")


async def test_two_see_each_other_and_who_writes_and_who_drives(browser: Browser, stage: ChatStage) -> None:
    chat = await stage.chat()
    async with operator(browser, stage, chat) as me, operator(browser, stage, chat, "bolat") as other:
        seen = me.page.locator("#onlookers")
        await expect(seen).to_have_text(T("Also here: {names}", names="bolat"))

        await other.page.locator("#answer").press_sequentially("Сейчас")
        await expect(seen).to_have_text(T("Writing now: {names}", names="bolat"))

        await me.presses("Talk in the bot's stead")
        await me.sees("You talk in the bot's stead.")
        await expect(other.page.locator("#situation")).to_contain_text(
            T("{name} talks in the bot's stead.", name="aigerim")
        )
        await expect(other.page.locator("#answer")).to_have_value("Сейчас")


async def test_what_is_chosen_and_not_sent_yet_stays_whatever_comes(
    browser: Browser, stage: ChatStage
) -> None:
    chat = await stage.chat()
    await stage.asks(chat, "apply", "address", ("Мәзір", "menu"), ("Тоқтату", "cancel"))
    async with operator(browser, stage, chat) as me:
        await me.page.locator("#prepared summary").click()
        chosen = me.page.locator("#press")
        await chosen.select_option(index=1)
        was = await chosen.input_value()
        await me.page.locator("#answer").focus()

        await stage.hears(chat, "тағы бір сөз")

        await expect(me.page.locator("#lines")).to_contain_text("тағы бір сөз")
        await expect(chosen).to_have_value(was)


@pytest.mark.parametrize(("language", "screen", "scheme"), [
    ("kk", DESKTOP, "dark"), ("ru", PHONE, "light"),
], ids=["desktop", "phone"])  # fmt: skip
async def test_the_page_can_be_read_by_everybody(
    browser: Browser, stage: ChatStage, screen: dict[str, Any], language: str, scheme: str
) -> None:
    _, chat = await stage.family()
    await stage.asks(chat, "apply", "address", ("Мәзір", "menu"))
    failed = await stage.says(chat, "Хабар", "notice", channel="sms")
    await stage.settles(failed, state="failed", error="unreachable: gone")

    async with operator(browser, stage, chat, color_scheme=scheme, **screen) as me:
        await me.page.locator(f"button[name=language][value={language}]").click()
        await me.page.locator("#prepared summary").click()

        assert await faults_of(me.page) == []
