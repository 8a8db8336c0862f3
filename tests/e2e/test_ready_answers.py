"""Answers kept ready, in a real browser: found with "/", chosen by keyboard, looked at before sending."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.texts import texts_in
from storage.database import Database
from tests.e2e.staff import clerk
from tests.fakes.console_site import running_desk
from tests.fakes.staff_browser import PASSWORD
from tests.integration.desk_city import City
from tests.integration.test_ready_answers import RULES, Centre

pytestmark = pytest.mark.chromium


@pytest_asyncio.fixture(loop_scope="session")
async def centre(database: Database) -> AsyncIterator[Centre]:
    """A contact centre with an operator."""
    async with running_desk(database) as desk:
        city = await database.write(lambda tx: City(tx, RULES))
        await desk.hires("operator", "operator", territories=[city.territory_id])
        yield Centre(desk, city)


async def test_an_answer_is_found_and_put_in_with_the_keyboard(browser: Browser, centre: Centre) -> None:
    t = texts_in("kk")
    family = await centre.family()
    number = (await centre.desk.database.read(family.application)).number
    conversation = await centre.asks(family, language="ru")
    async with clerk(browser, centre.desk.url, t) as operator:
        await operator.signs_in("operator", PASSWORD)
        page = operator.page
        await page.goto(f"{centre.desk.url}/console/chats/{conversation}")
        field, options = page.locator("#answer"), page.locator("[role=option]")
        await field.press_sequentially("/орны")
        await expect(options.first).to_contain_text("Кезектегі орны")
        await field.press("ArrowDown")
        await field.press("ArrowUp")
        await expect(page.locator("[aria-selected=true]")).to_contain_text("Кезектегі орны")
        chosen = await field.get_attribute("aria-activedescendant")
        assert chosen == await options.first.get_attribute("id")
        await field.press("Enter")

        await expect(field).to_have_value(
            f"Ваше заявление №\N{NO-BREAK SPACE}{number}: на 20.11.2026 место 1 из 1. Его можно "
            "посмотреть в любое время: «Мои заявления» в меню."
        )
        await expect(options).to_have_count(0)
        await expect(field).to_be_focused()
        assert operator.troubles == []


async def test_what_is_not_known_can_not_be_put_in(browser: Browser, centre: Centre) -> None:
    t = texts_in("ru")
    conversation = await centre.asks(await centre.family(), language="ru")
    async with clerk(browser, centre.desk.url, t) as operator:
        await operator.signs_in("operator", PASSWORD)
        page = operator.page
        await page.goto(f"{centre.desk.url}/console/chats/{conversation}")
        field, options = page.locator("#answer"), page.locator("[role=option]")
        await field.press_sequentially("/выбирать")
        await expect(options.first).to_have_attribute("aria-disabled", "true")
        await field.press("Enter")

        await expect(field).to_have_value("/выбирать")
        await field.press("Escape")
        await expect(options).to_have_count(0)
        await expect(field).to_have_value("/выбирать")
        assert operator.troubles == []
