"""The page of stars: who sees whose, since which day, and which chats of the unhappy open."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage.database import Database
from tests.fakes.clock import START
from tests.fakes.console_site import running_desk
from tests.fakes.staff_browser import SeenPage
from tests.integration.chat_stage import ChatStage
from tests.integration.rows import add_territory
from tests.integration.starred import closed

SECOND = timedelta(seconds=1)
MIDNIGHT = datetime(2026, 11, 19, 19, 0, tzinfo=UTC)
"""When the day of START begins in Kazakhstan."""
NOTHING_CLOSED = "operators have closed no question within your reach."


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[ChatStage]:
    async with running_desk(sqlite) as desk:
        yield await ChatStage.set(desk)


async def closes(stage: ChatStage, by: int | None, at: datetime = START, **more: Any) -> int:
    place = {"place": stage.city.territory_id}
    return await stage.desk.database.write(lambda tx: closed(tx, by, at, **(place | more)))


async def sees(stage: ChatStage, login: str, query: str = "") -> SeenPage:
    async with stage.desk.browser(login) as browser:
        return await browser.opens(f"stars{query}")


def chats(page: SeenPage) -> list[int]:
    """The conversations that the page leads to."""
    return [int(each) for each in re.findall(r'href="/console/chats/([0-9]+)"', page.html)]


async def test_an_operator_sees_the_whole_and_the_own_row_and_no_colleagues(stage: ChatStage) -> None:
    await closes(stage, stage.aigerim, stars=5)
    await closes(stage, stage.aigerim)
    await closes(stage, stage.bolat, stars=2)

    page = await sees(stage, "aigerim")

    assert "Questions that operators have closed 3 Of these rated 2 Stars on average 3.5" in page.text
    assert "Closed by you aigerim closed: 2, rated: 1 5 ★ – 1 · 4 ★ – 0" in page.text
    assert "mean 5.0" in page.text
    assert "bolat" not in page.html
    assert "By operator" not in page.text


async def test_an_operator_who_has_closed_nothing_has_a_row_that_says_so(stage: ChatStage) -> None:
    await closes(stage, stage.bolat, stars=2)

    page = await sees(stage, "aigerim")

    assert "Closed by you aigerim closed: 0, rated: 0 not rated yet" in page.text


async def test_an_admin_sees_the_row_of_each_operator(stage: ChatStage) -> None:
    await closes(stage, stage.aigerim, stars=5)
    await closes(stage, stage.bolat, stars=2)

    page = await sees(stage, "admin")

    assert "By operator aigerim closed: 1, rated: 1" in page.text
    assert "bolat closed: 1, rated: 1" in page.text
    assert "closed by bolat" in page.text
    assert "Others" not in page.text


async def test_an_admin_of_a_town_sees_who_goes_beyond_it_only_as_one_of_the_others(
    stage: ChatStage,
) -> None:
    await stage.desk.hires("town", "admin", territories=[stage.city.territory_id])
    whole = await stage.desk.hires("everywhere", "operator")
    await closes(stage, stage.aigerim, stars=5)
    await closes(stage, whole, stars=1)

    page = await sees(stage, "town")

    assert "By operator aigerim closed: 1, rated: 1" in page.text
    assert "Others, whose rights go further than yours closed: 1, rated: 1" in page.text
    assert "everywhere" not in page.html


async def test_what_was_asked_elsewhere_is_not_there(stage: ChatStage) -> None:
    far = await stage.desk.database.write(lambda tx: add_territory(tx, "far"))
    own = await closes(stage, stage.aigerim, stars=1)
    others = await closes(stage, stage.aigerim, stars=2, place=far)

    near, everything = await sees(stage, "bolat"), await sees(stage, "admin")
    stranger = await sees(stage, "stranger")

    assert (chats(near), sorted(chats(everything))) == ([own], sorted([own, others]))
    assert NOTHING_CLOSED in stranger.text


@pytest.mark.parametrize(
    ("query", "days"), [("?days=7", 7), ("", 30), ("?days=30", 30), ("?days=90", 90), ("?days=8", 30)]
)
async def test_a_period_begins_at_midnight_of_its_first_day_to_the_second(
    stage: ChatStage, query: str, days: int
) -> None:
    begins = MIDNIGHT - timedelta(days=days - 1)
    await closes(stage, stage.aigerim, begins - SECOND, stars=1)

    before = await sees(stage, "aigerim", query)
    await closes(stage, stage.aigerim, begins, stars=4)
    after = await sees(stage, "aigerim", query)

    assert NOTHING_CLOSED in before.text
    assert f"Closed since {begins + timedelta(hours=5):%d.%m.%Y}" in after.text
    assert "Questions that operators have closed 1 Of these rated 1 Stars on average 4.0" in after.text
    assert (f"days={days}" in after.html, chats(after)) == (True, [])


async def test_where_nothing_is_rated_the_page_says_so_in_words(stage: ChatStage) -> None:
    await closes(stage, stage.aigerim)
    await closes(stage, None)

    page = await sees(stage, "aigerim")

    assert "Questions that operators have closed 1 Of these rated 0 None of them is rated yet." in page.text
    assert "Nobody gave one or two stars in this time." in page.text
    assert "Stars on average" not in page.text


async def test_the_unhappy_come_twenty_at_a_time_and_lead_to_chats_that_open(stage: ChatStage) -> None:
    made = [await closes(stage, stage.aigerim, START + n * SECOND, stars=1 + n % 2) for n in range(22)]

    async with stage.desk.browser("bolat") as browser:
        first = await browser.opens("stars?days=7")
        link = first.html.split('class="button secondary" href="/console/')[1].split('"')[0]
        second = await browser.opens(link.replace("&amp;", "&"))
        opened = await browser.opens(f"chats/{chats(first)[0]}")

    assert chats(first) + chats(second) == made[::-1]
    assert (len(chats(first)), opened.status) == (20, 200)
    assert 'class="button secondary"' not in second.html
    assert 'href="/console/stars?days=7" aria-current="page"' in second.html


@pytest.mark.parametrize("query", ["?from=x", "?days=%00", "?from=99999999999999999-1", "?days=-7&from=1-"])
async def test_what_can_not_be_asked_is_as_if_it_was_not(stage: ChatStage, query: str) -> None:
    chat = await closes(stage, stage.aigerim, stars=1)

    page = await sees(stage, "aigerim", query)

    assert (page.status, chats(page)) == (200, [chat])


async def test_a_mean_is_written_as_the_language_writes_it(stage: ChatStage) -> None:
    for given in (4, 5):
        await closes(stage, stage.aigerim, stars=given)

    async with stage.desk.browser("aigerim") as browser:
        form = (await browser.opens("stars")).form("language")
        russian = await browser.sends(form, language="ru")

    assert "Звёзд в среднем 4,5" in russian.text


async def test_nobody_of_a_department_sees_it(stage: ChatStage) -> None:
    await stage.desk.hires("officer", "department", territories=[stage.city.territory_id])

    page = await sees(stage, "officer")

    assert (page.status, "This page is not for your role." in page.text) == (403, True)
