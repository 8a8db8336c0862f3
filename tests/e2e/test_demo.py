"""The demo itself, in a real browser and in Telegram through a local Bot API server, in all languages."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.texts import LANGUAGES, texts_in
from tests.e2e.demo_process import Demo, running_demo
from tests.e2e.joining import (
    FIRST,
    adds_second_phone,
    begins,
    chooses_the_child,
    confirms_the_rest,
    goes_to_the_end,
    shows_phone,
)
from tests.e2e.person import Person, person
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.bot_api_chat import Chat
from tests.fakes.pictures import a_page, a_pdf

pytestmark = pytest.mark.chromium


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def bot_api() -> AsyncIterator[BotApi]:
    """The Bot API server that the demo's bot is at."""
    async with BotApi() as api:
        yield api


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo(bot_api: BotApi) -> AsyncIterator[Demo]:
    """One demo for all of these plays: its people do not get in each other's way."""
    named = {"KEZEK_TELEGRAM_TOKEN": TOKEN, "KEZEK_TELEGRAM_API_URL": bot_api.url}
    async with running_demo(**named) as running:
        yield running


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_stranger_checks_a_place_in_the_browser(browser: Browser, demo: Demo, language: str) -> None:
    t = texts_in(language)
    _, (entry, *_) = demo.family("moved")

    async with person(browser) as visitor:
        await arrives(visitor, demo, language)
        await visitor.taps(t("Check the queue"))
        await visitor.says(str(entry.number))
        await visitor.sees(t("Place in the queue: {place} of {size}", place=340, size=390))

        assert visitor.troubles == []


async def arrives(visitor: Person, demo: Demo, language: str) -> None:
    """The first contact in the browser."""
    t = texts_in(language)
    await visitor.opens(f"{demo.url}/chat/?lang={language}")
    await visitor.starts()
    await visitor.taps(LANGUAGES[language])
    await visitor.taps(t("I agree"))
    await visitor.says("Туркестан")
    await visitor.sees(t("The kindergarten queue. What would you like to do?"))


@pytest.mark.parametrize(
    ("language", "story"), [("kk", "two_parents"), ("ru", "large_family"), ("en", "moved")]
)
async def test_a_parent_signs_in_and_sees_class_reasons_and_neighbours(
    browser: Browser, demo: Demo, language: str, story: str
) -> None:
    t = texts_in(language)
    family, (entry, *_) = demo.family(story)
    parent = family.parents[0]

    async with person(browser) as visitor:
        await arrives(visitor, demo, language)
        await visitor.taps(t("Check the queue"))
        await visitor.says(str(entry.number))
        await visitor.taps(t("This is my child"))
        await visitor.says(parent.iin.digits)
        await visitor.says(await demo.code_for(parent.phones[0]))
        await visitor.taps(t("Why did it move?"))
        await visitor.taps(t("Back"))
        await visitor.taps(t("The queue around"))
        await visitor.sees(t("Place, class and date of the application; no names."))

        assert visitor.troubles == []


@pytest.mark.parametrize(("number", "language"), list(enumerate(LANGUAGES)))
async def test_a_stranger_checks_a_place_in_telegram(
    demo: Demo, bot_api: BotApi, number: int, language: str
) -> None:
    t = texts_in(language)
    _, (entry, *_) = demo.family("moved")
    chat = bot_api.chat(9000 + number, language_code=language)

    await says(chat, "/start")
    await taps(chat, LANGUAGES[language])
    await taps(chat, t("I agree"))
    await says(chat, "Turkistan")
    await taps(chat, t("Check the queue"))
    await says(chat, f"№ {entry.number}")

    assert t("Place in the queue: {place} of {size}", place=340, size=390) in chat.screen.text
    assert f"№ {entry.number}" not in [seen.text for seen in chat.messages if seen.mine]


async def says(chat: Chat, text: str) -> None:
    await chat.says(text)
    await chat.waits()


async def taps(chat: Chat, label: str) -> None:
    await chat.taps(label)
    await chat.waits()


async def test_a_certificate_is_attached_in_the_browser(browser: Browser, demo: Demo, tmp_path: Path) -> None:
    t = texts_in("ru")
    family = demo.newcomers("special_needs")
    page, scan = tmp_path / "справка.jpg", tmp_path / "справка.pdf"
    page.write_bytes(a_page())
    scan.write_bytes(a_pdf(2))

    async with person(browser) as mother:
        await arrives(mother, demo, "ru")
        await begins(mother, t, family)
        await shows_phone(mother, demo, FIRST)
        await adds_second_phone(mother, demo, t)
        await chooses_the_child(mother, t, family)
        # In a queue of its own: the places that the other plays expect stay as they are.
        await mother.taps(t("Correctional queue"))
        await confirms_the_rest(mother, t)
        await mother.taps(t("Serviceman"))
        await mother.chooses(page, scan)
        await mother.sees(t.many("{number} file is here.", "{number} files are here.", 2))
        await mother.taps(t("That's all"))
        await goes_to_the_end(mother, t)

        await mother.taps(t("Show the application"))
        await mother.sees(t("Place in the queue: {place} of {size}", place=10, size=10))
        assert mother.troubles == []


async def test_the_clock_of_the_demo_goes_forward_only(demo: Demo) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{demo.url}/demo/clock", json={"at": "2026-11-20T16:00"}) as back:
            assert back.status == 409
        async with session.post(f"{demo.url}/demo/clock", json={"at": "2026-11-21T07:00"}) as forward:
            shown = await forward.json()

    assert shown["at"].startswith("2026-11-21T07:00")


async def test_the_front_page_leads_to_the_chat_and_lists_whom_one_can_be(
    browser: Browser, demo: Demo
) -> None:
    family, _ = demo.family("twins")

    async with person(browser) as visitor:
        await visitor.page.goto(f"{demo.url}/?lang=en")
        listed = await visitor.page.locator("body").inner_text()
        await visitor.page.get_by_role("link", name="Web chat").click()
        await visitor.is_online()

        assert family.parents[0].iin.digits in listed
        assert visitor.troubles == []
