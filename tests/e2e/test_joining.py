"""The father of the worked case joins the queue of the demo: in a browser, and in Telegram."""

import pytest
from playwright.async_api import Browser

from bot.texts import texts_in
from tests.e2e.demo_process import WORKED_CASE, running_demo
from tests.e2e.joining import (
    FIRST,
    SECOND,
    adds_second_phone,
    begins,
    chooses_the_child,
    confirms_the_rest,
    gets_to_the_menu,
    goes_to_the_end,
    shows_phone,
)
from tests.e2e.person import person
from tests.e2e.telegram_person import TelegramPerson
from tests.fakes.bot_api import TOKEN, BotApi

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_father_gets_place_391_in_the_browser(browser: Browser, language: str) -> None:
    t = texts_in(language)
    async with running_demo(WORKED_CASE) as demo, person(browser) as father:
        family = demo.newcomers("worked_case")
        await father.opens(f"{demo.url}/chat/?lang={language}")
        await father.starts()
        await gets_to_the_menu(father, t)

        await begins(father, t, family)
        await shows_phone(father, demo, FIRST)
        await father.sees("14.03.1991")
        await adds_second_phone(father, demo, t)
        await chooses_the_child(father, t, family)
        await father.sees("09.10.2017")
        await confirms_the_rest(father, t)
        await father.taps(t("No, go on"))
        await goes_to_the_end(father, t)

        await father.sees(t("Place in the queue: {place}", place=391))
        await father.taps(t("Menu"))
        await father.taps(t("My applications"))
        await father.sees(t("Place in the queue: {place} of {size}", place=391, size=391))
        assert father.troubles == []


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_father_gets_place_391_in_telegram_without_a_code(language: str) -> None:
    t = texts_in(language)
    async with BotApi() as api:
        named = {"KEZEK_TELEGRAM_TOKEN": TOKEN, "KEZEK_TELEGRAM_API_URL": api.url}
        async with running_demo(WORKED_CASE, **named) as demo:
            family = demo.newcomers("worked_case")
            father = TelegramPerson(api.chat(391, language_code=language, phone=FIRST.e164))
            await father.says("/start")
            await gets_to_the_menu(father, t)

            await begins(father, t, family)
            await father.taps(t("Share my number"))
            await adds_second_phone(father, demo, t)
            await chooses_the_child(father, t, family)
            await confirms_the_rest(father, t)
            await father.taps(t("No, go on"))
            await goes_to_the_end(father, t)

            await father.sees(t("Place in the queue: {place}", place=391))
            assert await demo.sms_to(FIRST) == []
            assert len(await demo.sms_to(SECOND)) == 1
