"""A driver who is signed in nowhere any more lets go of the wheel, however that came: at once, and once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from bot.signed_in_nowhere import look_for_them
from storage import staff_sessions
from storage.centre import line, steering
from storage.database import Database
from storage.message_history import history
from storage.tables import conversation
from tests.fakes.console_site import MONDAY, running_desk
from tests.fakes.staff_browser import PASSWORD, StaffBrowser
from tests.integration.chat_stage import ChatStage

TOLD = "Оператор кетті. Сізге қайтадан бот жауап береді."
SECOND = timedelta(seconds=1)


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[ChatStage]:
    """A console, on either database."""
    async with running_desk(database) as desk:
        yield await ChatStage.set(desk)


async def drives(stage: ChatStage, browser: StaffBrowser) -> int:
    """A chat that the owner of this browser drives, and in which the parent waits for an answer."""
    chat = await stage.chat()
    await stage.desk.database.write(lambda tx: line.open_request(tx, chat, None, "kk", tx.now))
    await browser.sends((await browser.opens(f"chats/{chat}")).form("/drive"))
    return chat


async def is_driven(stage: ChatStage, chat: int) -> bool:
    return await stage.desk.database.read(lambda tx: steering.wheel_of(tx, chat) is not None)


async def said(stage: ChatStage, chat: int) -> tuple[list[str], list[str]]:
    """What staff read of the wheel, and what the parent was told last."""
    lines = await stage.desk.database.read(lambda tx: history(tx, chat))
    of_wheel = [each.text for each in lines if each.kind == steering.KIND]
    return of_wheel, [each.text for each in lines if each.kind == "screen"][-1:]


async def admin_does(stage: ChatStage, deed: str) -> None:
    async with stage.desk.browser("admin") as admin:
        page = await admin.opens(f"staff/{stage.aigerim}")
        done = await admin.sends(page.form(deed), password=PASSWORD)
        assert done.status == 200


@pytest.mark.parametrize("deed", ["shut-out", "end-sessions", "new-start"])
async def test_whoever_an_admin_puts_out_drives_no_more_and_both_sides_are_told(
    stage: ChatStage, deed: str
) -> None:
    async with stage.desk.browser("aigerim") as browser, stage.desk.browser("bolat") as colleague:
        chat, other = await drives(stage, browser), await drives(stage, colleague)

        await admin_does(stage, deed)

        assert [await is_driven(stage, each) for each in (chat, other)] == [False, True]
    of_wheel, told = await said(stage, chat)
    assert of_wheel == ["taken", "gone"]
    assert TOLD in told[0]
    waiting = await stage.desk.database.read(lambda tx: line.live_of(tx, chat))
    assert waiting is not None
    assert (waiting.state, waiting.assigned_to) == ("open", None)


async def test_who_signs_out_drives_no_more(stage: ChatStage) -> None:
    async with stage.desk.browser("aigerim") as browser:
        chat = await drives(stage, browser)

        await browser.sends((await browser.opens("")).form("sign-out"))

        assert not await is_driven(stage, chat)


async def test_who_is_signed_in_elsewhere_drives_on(stage: ChatStage) -> None:
    async with stage.desk.browser("aigerim") as browser, stage.desk.browser("aigerim") as phone:
        chat = await drives(stage, browser)

        await browser.sends((await browser.opens("account")).form("sessions/end-others"))
        signed_in_again = await phone.signs_in("aigerim")
        await phone.sends((await phone.opens("")).form("sign-out"))

        assert signed_in_again.path == "/console/"
        assert await is_driven(stage, chat)


async def test_the_one_who_comes_after_in_the_same_browser_ends_the_drive(stage: ChatStage) -> None:
    async with stage.desk.browser() as browser:
        form = (await browser.opens("sign-in")).form("sign-in")
        await browser.sends(form, login="aigerim", password=PASSWORD)
        chat = await drives(stage, browser)

        after = await browser.sends(form, login="bolat", password=PASSWORD)

        assert "bolat" in after.text
        assert not await is_driven(stage, chat)


@pytest.mark.parametrize(("early", "driven"), [(SECOND, True), (timedelta(), False)])
async def test_a_session_that_ends_by_time_ends_the_drive_at_its_second(
    stage: ChatStage, early: timedelta, driven: bool
) -> None:
    async with stage.desk.browser("aigerim") as browser:
        chat = await drives(stage, browser)

    ended = await look_for_them(stage.desk.database, MONDAY + staff_sessions.IDLE - early)

    assert (await is_driven(stage, chat), ended) == (driven, 0 if driven else 1)


async def test_two_processes_end_each_drive_once(stage: ChatStage) -> None:
    async with stage.desk.browser("aigerim") as browser:
        chats = [await drives(stage, browser) for _ in range(3)]
    over = MONDAY + staff_sessions.IDLE

    ended = await asyncio.gather(*(look_for_them(stage.desk.database, over) for _ in range(2)))

    assert sum(ended) == 3
    assert [(await said(stage, each))[0] for each in chats] == [["taken", "gone"]] * 3


@pytest.mark.postgresql
async def test_a_chat_in_which_a_turn_is_under_way_is_left_for_the_next_look(
    postgres: Database, postgresql_url: str
) -> None:
    engine, over = create_async_engine(postgresql_url), MONDAY + staff_sessions.IDLE
    async with running_desk(postgres) as desk:
        stage = await ChatStage.set(desk)
        async with desk.browser("aigerim") as browser:
            chat = await drives(stage, browser)
        async with engine.connect() as turn:
            await turn.execute(select(conversation.c.id).where(conversation.c.id == chat).with_for_update())
            during = await look_for_them(postgres, over)
        after = await look_for_them(postgres, over)
    await engine.dispose()

    assert (during, after) == (0, 1)
