"""A chat's page asks a fixed number of questions, whatever the length of the log and whoever wrote in it."""

from collections.abc import AsyncIterator

import pytest

from storage import journal
from storage.database import Database
from tests.fakes.console_site import running_desk
from tests.fakes.staff_browser import StaffBrowser
from tests.integration.chat_stage import ChatStage
from tests.integration.plans import counted


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[ChatStage]:
    """On both databases."""
    async with running_desk(database) as desk:
        yield await ChatStage.set(desk)


async def _asked(browser: StaffBrowser, path: str, monkeypatch: pytest.MonkeyPatch) -> int:
    with counted(monkeypatch) as asked:
        assert (await browser.opens(path)).status == 200
    return len(asked)


async def test_a_long_log_asks_no_more_than_a_short_one(
    stage: ChatStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, chat = await stage.family()
    paths = [f"chats/{chat}", f"chats/{chat}/news?after=0"]
    for staff_id in (stage.aigerim, stage.bolat):
        await stage.says(chat, "Сәлем", "operator", cause=journal.by_staff(staff_id))
    async with stage.desk.browser("aigerim") as browser:
        # The look is noted, and the session seen, by then.
        await browser.opens(paths[0])
        few = [await _asked(browser, path, monkeypatch) for path in paths]
        for number in range(200):
            await stage.hears(chat, f"сөз {number}")
        await stage.says(chat, "Сәлем", "operator", cause=journal.by_staff(stage.bolat))
        many = [await _asked(browser, path, monkeypatch) for path in paths]

    assert few == many
    assert few[0] < 48
    assert few[1] < 20
