"""Every page of the contact centre, looked at by axe and by ourselves: desktop and phone, light and dark."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.texts import texts_in
from storage import look_up
from storage.centre import ready_answers
from storage.centre.ready_answers import Wording
from storage.database import Database
from storage.keyring import Keyring
from storage.migrations.runner import migrate
from storage.vault import Vault
from tests.e2e.person import DESKTOP, PHONE
from tests.e2e.staff import clerk
from tests.e2e.test_console_sign_in import all_faults
from tests.fakes.clock import SetClock
from tests.fakes.console_site import running_desk
from tests.fakes.staff_browser import PASSWORD
from tests.integration.chat_stage import ChatStage

pytestmark = pytest.mark.chromium
T = texts_in("ru")
WORDS = "Здравствуйте! Какой документ нужен?"


@pytest_asyncio.fixture(loop_scope="session")
async def stage(tmp_path: Path) -> AsyncIterator[ChatStage]:
    """A fresh one."""
    url = f"sqlite+aiosqlite:///{tmp_path}/kezek.db"
    await migrate(url)
    database = await Database.open(url, Vault(Keyring.from_secret("a secret of the tests")), SetClock())
    try:
        async with running_desk(database) as desk:
            yield await ChatStage.set(desk)
    finally:
        await database.close()


async def pages_of(stage: ChatStage) -> dict[str, list[str]]:
    """By login the pages with something on each of them."""
    family, chat = await stage.family()
    await stage.hears(chat, WORDS)
    await stage.asks(chat, "apply", "address", ("Мәзір", "menu"))
    own = Wording("Ашық есік", "Бүгін: {today}", "Сегодня: {today}")
    answer = await stage.desk.database.write(
        lambda tx: ready_answers.write(tx, stage.city.territory_id, own, stage.aigerim)
    )
    [applied] = await stage.desk.database.read(lambda tx: look_up.of_parent(tx, family.parent_id))
    return {
        "aigerim": [
            *("chats", f"chats/{chat}", f"chats/{chat}/ready?q=", f"search?number={applied.number}"),
            *("answers", "answers/new", f"answers/{answer}", "assist"),
        ],
        "admin": ["chats", f"chats/{chat}", "search", "audit", "answers"],
    }


@pytest.mark.parametrize(
    ("device", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"]
)
async def test_every_page_of_the_centre_can_be_read_and_used_by_everybody(
    browser: Browser, stage: ChatStage, device: dict[str, Any], scheme: str
) -> None:
    pages = await pages_of(stage)
    found: dict[str, list[str]] = {}
    seen = {**device, "color_scheme": scheme, "reduced_motion": "reduce", "bypass_csp": True}

    for login, paths in pages.items():
        async with clerk(browser, stage.desk.url, T, **seen) as somebody:
            await somebody.signs_in(login, PASSWORD)
            for path in paths:
                await somebody.page.goto(f"{stage.desk.url}/console/{path}")
                found[f"{login} {path}"] = await all_faults(somebody.page)
            if login == "aigerim":
                await somebody.page.goto(f"{stage.desk.url}/console/assist")
                await somebody.page.locator("form[action$='begin'] button[type=submit]").first.click()
                await somebody.page.wait_for_url("**/console/assist/*")
                found["assist"] = await all_faults(somebody.page)

    assert {page: faults for page, faults in found.items() if faults} == {}
