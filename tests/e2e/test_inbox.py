"""The operators' list in a real browser: it changes as things happen, and is worked by keyboard."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from sqlalchemy import update

from bot.texts import texts_in
from storage.database import Database
from storage.tables import help_request
from storage.transaction import Transaction
from tests.e2e.looking import faults_of
from tests.e2e.person import DESKTOP, PHONE
from tests.e2e.staff import clerk
from tests.fakes.clock import SetClock
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import PASSWORD
from tests.integration.made_up_chats import add_chat, add_line, waits
from tests.integration.rows import add_territory

pytestmark = pytest.mark.chromium


class Centre:
    """A contact centre of one city with three chats, the newest last."""

    def __init__(self, desk: Desk, city: int, chats: list[int]) -> None:
        self.desk = desk
        self.city = city
        self.chats = chats

    async def says(self, chat: int, text: str) -> None:
        """Its parent says something."""
        await self.desk.database.write(lambda tx: add_line(tx, chat, text))


@pytest_asyncio.fixture(loop_scope="session")
async def centre(database: Database, clock: SetClock) -> AsyncIterator[Centre]:
    """A fresh one."""
    async with running_desk(database) as desk:
        city = await database.write(add_territory)
        chats = []
        for text in ("first", "second", "third"):
            chats.append(await database.write(partial(add_chat, territory_id=city, text=text)))
            clock.advance(timedelta(seconds=1))
        await desk.hires("saule", "operator", territories=[city])
        yield Centre(desk, city, chats)


async def lines(page: Page) -> list[str]:
    """The last lines, from the top."""
    return await page.locator("#chats [data-part=text]").all_inner_texts()


async def test_the_list_changes_as_things_happen(browser: Browser, centre: Centre) -> None:
    t = texts_in("kk")
    first, _, _ = centre.chats
    async with clerk(browser, centre.desk.url, t) as operator:
        page = operator.page
        await operator.signs_in("saule", PASSWORD)
        await page.goto(f"{centre.desk.url}/console/chats")
        drawn = await lines(page)

        await centre.says(first, "<b>again</b>")
        await expect(page.locator("#chats-rest [data-part=text]").first).to_have_text("<b>again</b>")
        moved = await lines(page)

        request = await centre.desk.database.write(lambda tx: waits(tx, first))
        await expect(page.locator("#chats-waiting .chat")).to_have_count(1)
        await expect(page).to_have_title(f"(1) {t('Chats')} · Кезек")
        await expect(page.locator("#inbox-waiting")).to_have_text(
            t("Waiting for a person: {number}", number=1)
        )
        await expect(page.locator("#chats-waiting").get_by_role("button", name=t("Take"))).to_be_visible()

        def answered(tx: Transaction) -> None:
            none = {"waits_since": None, "alarm_at": None}
            tx.conn.execute(update(help_request).where(help_request.c.id == request).values(none))

        await centre.desk.database.write(answered)
        await expect(page.locator("#chats-waiting .chat")).to_have_count(0)
        await expect(page).to_have_title(f"{t('Chats')} · Кезек")
        assert operator.troubles == []

    assert drawn == ["third", "second", "first"]
    assert moved == ["<b>again</b>", "third", "second"]


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_a_question_is_taken_from_a_row_that_the_script_has_drawn(
    browser: Browser, centre: Centre, device: dict[str, object]
) -> None:
    async with clerk(browser, centre.desk.url, texts_in("ru"), **device) as operator:
        await operator.signs_in("saule", PASSWORD)
        await operator.page.goto(f"{centre.desk.url}/console/chats")

        def comes(tx: Transaction) -> int:
            chat = add_chat(tx, centre.city, "new here")
            waits(tx, chat)
            return chat

        chat = await centre.desk.database.write(comes)
        await operator.presses("Take")

        await operator.page.wait_for_url(f"{centre.desk.url}/console/chats/{chat}?done=question-taken")
        assert operator.troubles == []


async def test_the_list_is_worked_by_keyboard(browser: Browser, centre: Centre) -> None:
    async with clerk(browser, centre.desk.url, texts_in("ru")) as operator:
        page, keyboard = operator.page, operator.page.keyboard
        await operator.signs_in("saule", PASSWORD)
        await page.goto(f"{centre.desk.url}/console/chats")
        links = page.locator(".chat .open")

        await keyboard.press("j")
        await expect(links.nth(0)).to_be_focused()
        await keyboard.press("ArrowDown")
        await keyboard.press("j")
        await keyboard.press("j")  # the end: there is none further
        await expect(links.nth(2)).to_be_focused()
        await keyboard.press("k")
        await expect(links.nth(1)).to_be_focused()
        # News of another chat: what has the focus keeps it.
        await centre.says(centre.chats[0], "news")
        await expect(page.locator("#chats [data-part=text]").first).to_have_text("news")
        await expect(page.locator(f'.chat[data-id="{centre.chats[1]}"] .open')).to_be_focused()

        await keyboard.press("/")
        await expect(page.locator("#inbox-search")).to_be_focused()
        await keyboard.type("j?")
        await expect(page.locator("#inbox-search")).to_have_value("j?")
        await page.locator("#inbox-search").blur()
        await keyboard.press("?")
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await faults_of(page) == []
        await keyboard.press("Escape")

        await keyboard.press("j")
        await keyboard.press("Enter")
        await page.wait_for_url(f"{centre.desk.url}/console/chats/{centre.chats[0]}")


async def test_that_the_line_is_lost_is_said_and_it_comes_back(browser: Browser, centre: Centre) -> None:
    t = texts_in("ru")
    async with clerk(browser, centre.desk.url, t) as operator:
        page = operator.page
        await operator.signs_in("saule", PASSWORD)
        await page.route("**/console/live*", lambda route: route.abort())
        await page.goto(f"{centre.desk.url}/console/chats")
        said = page.locator("#inbox-connection")
        await expect(said).to_have_text(t("Connection lost. What you see may be out of date; trying again…"))

        await page.unroute("**/console/live*")
        await centre.says(centre.chats[0], "meanwhile")

        await expect(said).to_have_text(t("Connected again."), timeout=20_000)
        await expect(page.locator("#chats [data-part=text]").first).to_have_text("meanwhile")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_list_can_be_read_by_everybody(browser: Browser, centre: Centre, scheme: str) -> None:
    await centre.desk.database.write(lambda tx: waits(tx, centre.chats[0], minutes=4))
    await centre.desk.database.write(lambda tx: waits(tx, centre.chats[1], minutes=1))
    for device in ({}, PHONE):
        options = {**device, "color_scheme": scheme}
        async with clerk(browser, centre.desk.url, texts_in("kk"), **options) as operator:
            await operator.signs_in("saule", PASSWORD)
            await operator.page.goto(f"{centre.desk.url}/console/chats")

            assert await faults_of(operator.page) == []


async def test_the_list_is_whole_without_scripts(browser: Browser, centre: Centre) -> None:
    await centre.desk.database.write(lambda tx: waits(tx, centre.chats[0]))
    async with clerk(browser, centre.desk.url, texts_in("kk"), java_script_enabled=False) as operator:
        page = operator.page
        await operator.signs_in("saule", PASSWORD)
        await page.goto(f"{centre.desk.url}/console/chats")

        await expect(page.locator("#chats .chat")).to_have_count(3)
        await operator.presses("Take")
        await page.wait_for_url(f"{centre.desk.url}/console/chats/{centre.chats[0]}?done=question-taken")
