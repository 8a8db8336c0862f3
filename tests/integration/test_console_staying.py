"""A session goes on while somebody is there, and not because a page is open: to the second."""

from collections.abc import AsyncIterator
from datetime import timedelta

import orjson
import pytest

from storage.database import Database
from storage.staff_sessions import IDLE, LONGEST
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.live_page import live_page
from tests.fakes.staff_browser import SeenPage, StaffBrowser
from tests.integration.made_up_chats import add_chat

PATH, HERE = "/console/session", "/console/chats/{chat}/here"
MINUTE_MS = 60_000


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """A console, on either database."""
    async with running_desk(database) as running:
        await running.hires("saule", "operator")
        yield running


async def is_in(browser: StaffBrowser) -> bool:
    return (await browser.opens("")).path == "/console/"


async def left(browser: StaffBrowser) -> dict[str, object]:
    """What an open page is told."""
    answer: dict[str, object] = orjson.loads((await browser.opens("session")).html)
    return answer


async def stays(browser: StaffBrowser, mark: str) -> SeenPage:
    return await browser.posts(PATH, {"csrf": mark})


async def mark_of(browser: StaffBrowser) -> str:
    return (await browser.opens("")).form("sign-out").fields["csrf"]


async def test_an_open_page_is_told_how_long_the_session_goes_on_and_makes_it_no_longer(desk: Desk) -> None:
    async with desk.browser("saule") as browser:
        told = [await left(browser)]
        for span in (timedelta(minutes=55), timedelta(minutes=4, seconds=59)):
            desk.real += span
            told.append(await left(browser))
        desk.later(seconds=1)
        over = await browser.opens("session")

    assert told == [
        {"left": 60 * MINUTE_MS, "can_stay": True},
        {"left": 5 * MINUTE_MS, "can_stay": True},
        {"left": 1000, "can_stay": True},
    ]
    assert over.path == "/console/sign-in"


async def test_what_an_open_page_does_by_itself_keeps_no_session(desk: Desk) -> None:
    chat = await desk.database.write(lambda tx: add_chat(tx, None))
    async with desk.browser("saule") as browser:
        mark = await mark_of(browser)
        desk.real += IDLE / 2
        async with live_page(browser):
            pass
        news = await browser.opens(f"chats/{chat}/news?after=0")
        here = await browser.posts(HERE.format(chat=chat), {"csrf": mark, "typing": "1"})
        desk.real += IDLE / 2
        over = not await is_in(browser)

    assert (news.status, here.status, over) == (200, 204, True)


async def test_input_keeps_the_session_for_another_hour_from_then_on(desk: Desk) -> None:
    async with desk.browser("saule") as browser:
        mark = await mark_of(browser)
        for _ in range(3):
            desk.real += IDLE - timedelta(seconds=1)
            answer = await stays(browser, mark)
        kept = await is_in(browser)
        desk.real += IDLE
        over = not await is_in(browser)

    assert orjson.loads(answer.html) == {"left": 60 * MINUTE_MS, "can_stay": True}
    assert (kept, over) == (True, True)


async def test_input_that_comes_too_late_opens_nothing_again(desk: Desk) -> None:
    async with desk.browser("saule") as browser:
        mark = await mark_of(browser)
        desk.real += IDLE
        answer = await stays(browser, mark)

        assert answer.path == "/console/sign-in"
        assert not await is_in(browser)


async def test_a_strangers_page_keeps_no_session(desk: Desk) -> None:
    async with desk.browser("saule") as browser:
        mark = await mark_of(browser)
        foreign = await browser.posts(PATH, {"csrf": mark}, origin="https://elsewhere.example")
        unmarked = await browser.posts(PATH, {"csrf": "x"})

    assert (foreign.status, unmarked.status) == (403, 403)


async def test_after_twelve_hours_nothing_makes_it_longer(desk: Desk) -> None:
    async with desk.browser("saule") as browser:
        mark = await mark_of(browser)
        for _ in range(23):
            desk.real += LONGEST / 24
            await stays(browser, mark)
        desk.later(minutes=26)
        told = orjson.loads((await stays(browser, mark)).html)
        desk.later(minutes=4)
        over = not await is_in(browser)

    assert told == {"left": 4 * MINUTE_MS, "can_stay": False}
    assert over


async def test_whoever_has_no_script_keeps_the_session_by_a_link_that_stands_on_every_page(
    desk: Desk,
) -> None:
    async with desk.browser("saule") as browser:
        page = await browser.opens("account")
        desk.real += IDLE - timedelta(seconds=1)
        kept = await browser.opens("session/stay")
        desk.later(seconds=1)
        still = await is_in(browser)

    assert 'href="/console/session/stay"' in page.html
    assert "The session goes on. You can close this page." in kept.text
    assert still
