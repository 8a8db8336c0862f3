"""The father of the worked case: from application to enrolment, in a browser and in Telegram, on 26.06.2019.

The desk is played in a real browser beside it. With the list's own instant he is too early.
"""

import pytest
from playwright.async_api import Browser

from bot.texts import texts_in
from tests.e2e.demo_process import WORKED_CASE, running_demo
from tests.e2e.enrolling import holds_a_seat, is_enrolled, looks_at_amina, reports_anew, signs_in
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
from tests.e2e.staff import clerk
from tests.e2e.telegram_person import TelegramPerson
from tests.fakes.bot_api import TOKEN, BotApi

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize(("language", "referrals"), [("kk", "activated"), ("ru", "instant")])
async def test_in_the_browser_the_father_gets_place_391_and_his_daughter_a_kindergarten(
    browser: Browser, language: str, referrals: str
) -> None:
    t = texts_in(language)
    async with (
        running_demo(WORKED_CASE, "--referrals", referrals) as demo,
        person(browser) as father,
        clerk(browser, demo.url, t) as secretary,
    ):
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
        await father.taps(t("Menu"))

        await secretary.signs_in("amina", await demo.password_of("amina"))
        await looks_at_amina(father, t)
        await holds_a_seat(father, t)
        await is_enrolled(father, secretary, demo, t, referrals)
        assert [*father.troubles, *secretary.troubles] == []


@pytest.mark.parametrize(("language", "referrals"), [("ru", "activated"), ("kk", "instant")])
async def test_in_telegram_the_father_gets_place_391_without_a_code_and_his_daughter_a_kindergarten(
    browser: Browser, language: str, referrals: str
) -> None:
    t = texts_in(language)
    async with BotApi() as api:
        named = {"KEZEK_TELEGRAM_TOKEN": TOKEN, "KEZEK_TELEGRAM_API_URL": api.url}
        async with (
            running_demo(WORKED_CASE, "--referrals", referrals, **named) as demo,
            clerk(browser, demo.url, t) as secretary,
        ):
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
            await father.taps(t("Menu"))

            await secretary.signs_in("amina", await demo.password_of("amina"))
            await looks_at_amina(father, t)
            await holds_a_seat(father, t)
            await is_enrolled(father, secretary, demo, t, referrals)


async def test_with_the_lists_own_instant_it_is_refused_until_it_is_open_to_everyone(
    browser: Browser,
) -> None:
    kk, ru = texts_in("kk"), texts_in("ru")
    async with BotApi() as api:
        named = {"KEZEK_TELEGRAM_TOKEN": TOKEN, "KEZEK_TELEGRAM_API_URL": api.url}
        async with (
            running_demo(WORKED_CASE, **named) as demo,
            person(browser) as mother,
            clerk(browser, demo.url, kk) as secretary,
        ):
            opens, to_everyone = (
                {t: t.moment(demo.instant(moment)) for t in (kk, ru)}
                for moment in ("2019-06-27T07:00", "2019-07-02T07:00")
            )
            family, (entry, *_) = demo.family("two_parents")
            father = TelegramPerson(api.chat(392, language_code="kk", phone=FIRST.e164))
            await father.says("/start")
            await gets_to_the_menu(father, kk)
            await signs_in(father, demo, kk, family.parents[0], entry.number)
            application_id = (await father.pressed_by(kk("Pause"))).rpartition(":")[2]
            await mother.opens(f"{demo.url}/chat/?lang=ru")
            await mother.starts()
            await gets_to_the_menu(mother, ru)
            await signs_in(mother, demo, ru, family.parents[1], entry.number)
            await mother.says("/menu")
            await secretary.signs_in("amina", await demo.password_of("amina"))
            bulletin_id = await reports_anew(secretary)
            takes = f"take:{bulletin_id}:{application_id}"

            await demo.is_at("2019-06-26T16:23")
            await mother.taps(ru("Free places"))
            await mother.sees(ru("Nothing is free with these filters at present."))
            await mother.taps(ru("Menu"))
            await father.presses(takes)
            await father.sees(kk("The list is not open yet: it opens {moment}.", moment=opens[kk]))

            await demo.is_at("2019-06-26T18:00")
            await looks_at_amina(mother, ru)
            await mother.sees(ru("The list is not open yet: it opens {moment}.", moment=opens[ru]))
            await mother.sees(
                ru(
                    "{moment}: what is left is open to everyone, first come, first served.",
                    moment=to_everyone[ru],
                )
            )

            await demo.is_at("2019-06-27T07:00")
            await mother.taps(ru("Look again"))
            await mother.sees(
                ru(
                    "The list is open to the first of the queue; to everyone from {moment}.",
                    moment=to_everyone[ru],
                )
            )
            await father.presses(takes)
            await father.sees(
                kk(
                    "The list is open to the first of the queue; to everyone from {moment}.",
                    moment=to_everyone[kk],
                )
            )

            await demo.is_at("2019-07-02T07:00")
            # Meanwhile she was told that seats are free: that is what stands before her.
            await mother.says("/menu")
            await looks_at_amina(mother, ru)
            await holds_a_seat(mother, ru)
            assert [*mother.troubles, *secretary.troubles] == []
