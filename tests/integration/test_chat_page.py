"""The page of one conversation: what was said, by whom, and what became of it."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.texts import LANGUAGES, texts_in
from domain.notice import Deed
from storage import journal, staff_logins
from storage.database import Database
from tests.fakes.clock import SetClock
from tests.fakes.console_site import running_desk
from tests.integration import inboxes
from tests.integration.chat_stage import ChatStage

MARKUP = '<b>жоқ</b> & "сұрақ" <script>alert(1)</script>'


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[ChatStage]:
    """On both databases."""
    async with running_desk(database) as desk:
        yield await ChatStage.set(desk)


async def test_the_log_says_who_said_what_and_where_the_bot_stood(stage: ChatStage) -> None:
    chat = await stage.chat()
    await stage.hears(chat, "Сәлем", state="apply.child~register")
    await stage.says(chat, "Тізбекті таңдаңыз\n[Жалпы · Түзету]", state="apply.kind")
    await stage.says(chat, "Мен операторман", "operator", cause=journal.by_staff(stage.bolat))
    await stage.hears(chat, "Жалпы", "press")

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")

    t = texts_in("en")
    assert page.status == 200
    words = page.text
    assert words.index("Сәлем") < words.index("Тізбекті таңдаңыз") < words.index("Мен операторман")
    assert t("Joining the queue") + ": " + t("the child's IIN") in words
    assert re.search(r"bolat \d\d:\d\d Мен операторман", words)
    assert "<li>Жалпы</li><li>Түзету</li>" in page.html
    assert "[Жалпы" not in words
    assert "Pressed: Жалпы" in words


async def test_markup_in_a_parents_words_is_shown_as_text(stage: ChatStage) -> None:
    chat = await stage.chat()
    await stage.hears(chat, MARKUP)

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        news = await browser.opens(f"chats/{chat}/news?after=0")

    for each in (page, news):
        assert MARKUP in each.text
        assert "<script>alert" not in each.html


@pytest.mark.parametrize("path", ["chats/{}", "chats/{}/news?after=0"])
@pytest.mark.parametrize(("login", "somewhere", "status"), [
    ("stranger", True, 404), ("stranger", False, 200), ("aigerim", True, 200), ("admin", True, 200),
])  # fmt: skip
async def test_a_chat_of_another_centre_does_not_exist(
    stage: ChatStage, path: str, login: str, somewhere: bool, status: int
) -> None:
    chat = await stage.chat(somewhere=somewhere)
    await stage.hears(chat, "Сәлем")

    async with stage.desk.browser(login) as browser:
        page = await browser.opens(path.format(chat))

    assert page.status == status
    assert ("Сәлем" in page.text) is (status == 200)


@pytest.mark.parametrize("named", ["0", "12345", "9" * 19, "9" * 30, "abc", "-1"])
async def test_an_id_that_is_none_is_not_found(stage: ChatStage, named: str) -> None:
    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{named}")

    assert page.status == 404


async def test_the_log_is_leafed_upwards_line_after_line(stage: ChatStage) -> None:
    chat = await stage.chat()
    for number in range(130):
        await stage.hears(chat, f"сөз-{number:03d}")

    seen, path = [], f"chats/{chat}"
    async with stage.desk.browser("aigerim") as browser:
        while path:
            page = await browser.opens(path)
            seen.append(re.findall(r"сөз-(\d{3})", page.text))
            earlier = re.search(r'href="/console/(chats/\d+\?before=\d+)"', page.html)
            path = earlier.group(1) if earlier else ""

    assert [len(each) for each in seen] == [60, 60, 10]
    assert [int(each) for piece in reversed(seen) for each in piece] == list(range(130))


@pytest.mark.parametrize("before", ["", "x", "-5", "1e9", "٣"])
async def test_an_edge_that_is_none_shows_the_newest(stage: ChatStage, before: str) -> None:
    chat = await stage.chat()
    await stage.hears(chat, "Сәлем")

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}?before={before}")

    assert "Сәлем" in page.text


async def test_what_became_of_each_message_is_told(stage: ChatStage) -> None:
    chat = await stage.chat()
    at = stage.desk.real
    fates: dict[str, dict[str, Any]] = {
        "on its way": {},
        "not sent yet, ConnectionError; it is tried again": {"tries": 2, "error": "ConnectionError"},
        "sent 09:00": {"state": "sent", "sent_at": at},
        "arrived 09:00": {"state": "delivered", "delivered_at": at},
        "read 09:00": {"state": "read", "read_at": at},
        "did not arrive: nothing reaches this account any more": {
            "state": "failed", "error": "unreachable: Forbidden",
        },
        "given up: it would have come too late to be of use": {"state": "given_up", "error": "too late"},
    }  # fmt: skip
    for values in fates.values():
        message = await stage.says(chat, "Хабар")
        if values:
            await stage.settles(message, **values)

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")

    assert re.findall(r'data-fate="\d+">([^<]+)<', page.html) == list(fates)


async def test_news_bring_newer_lines_and_what_became_of_the_last(stage: ChatStage) -> None:
    chat = await stage.chat()
    first = await stage.says(chat, "Бірінші")
    last = await stage.hears(chat, "Екінші")
    await stage.settles(first, state="read", read_at=stage.desk.real)
    newest = await stage.hears(chat, "Үшінші")

    async with stage.desk.browser("aigerim") as browser:
        news = await browser.opens(f"chats/{chat}/news?after={last}")
        nothing = await browser.opens(f"chats/{chat}/news?after={newest}")

    assert f'data-last="{newest}"' in news.html
    assert "Үшінші" in news.text
    assert "Екінші" not in news.text
    assert f'data-fate="{first}">read 09:00<' in news.html
    assert "<html" not in news.html
    assert f'data-last="{newest}"' in nothing.html
    assert 'class="line' not in nothing.html


async def test_a_look_at_a_family_is_noted_once_a_day(stage: ChatStage, clock: SetClock) -> None:
    family, chat = await stage.family()

    async with stage.desk.browser("aigerim") as browser:
        for _ in range(2):
            await browser.opens(f"chats/{chat}")
        clock.advance(timedelta(days=1))
        await browser.opens(f"chats/{chat}")

    looks = [
        each for each in await inboxes.noted(stage.desk.database, family.parent_id) if each[1] is Deed.LOOKED
    ]
    assert await stage.audited() == ["looked", "looked"]
    assert looks == [(f"staff:{stage.aigerim}", Deed.LOOKED)] * 2


@pytest.mark.parametrize("piece", ["news?after=0", "ready?q="])
async def test_whoever_asks_for_a_piece_of_the_page_alone_has_looked_too(
    stage: ChatStage, piece: str
) -> None:
    family, chat = await stage.family()

    async with stage.desk.browser("aigerim") as browser:
        for _ in range(2):
            await browser.opens(f"chats/{chat}/{piece}")

    noted = await inboxes.noted(stage.desk.database, family.parent_id)
    assert await stage.audited() == ["looked"]
    assert noted.count((f"staff:{stage.aigerim}", Deed.LOOKED)) == 1


async def test_a_look_at_nobodys_chat_is_not_noted(stage: ChatStage) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        await browser.opens(f"chats/{chat}")

    assert await stage.audited() == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_is_drawn_in_each_language(stage: ChatStage, language: str) -> None:
    _, chat = await stage.family()
    await stage.hears(chat, "Сәлем", state="apply.child~register")
    await stage.desk.database.write(lambda tx: staff_logins.speak(tx, stage.aigerim, language))

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")

    t = texts_in(language)
    assert f'<html lang="{language}">' in page.html
    assert t("The family") in page.text
    assert t("the child's IIN") in page.text
    assert t("No question is open.") in page.text
