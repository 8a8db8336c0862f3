"""The worked case, from the application to the enrolment: a messenger and the kindergarten's desk.

Times and numbers are the rule book's (section 10), the people are made up.
"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.clock import DemoClock
from bot.demo.city import prepare
from bot.demo.country import CITY, city_policy
from bot.texts import Texts, texts_in
from domain.local_time import ZONE
from domain.policy_data import to_data
from domain.policy_terms import ReferralMode
from storage import loading, territories
from storage.database import Database
from storage.keyring import Keyring
from storage.transaction import Transaction
from storage.vault import Vault
from tests.e2e.demo_process import WORKED_CASE, Demo, running_demo
from tests.e2e.joining import (
    FIRST,
    Somebody,
    adds_second_phone,
    begins,
    chooses_the_child,
    confirms_the_rest,
    gets_to_the_menu,
    goes_to_the_end,
    shows_phone,
)
from tests.e2e.person import person
from tests.e2e.staff import Clerk, clerk
from tests.e2e.telegram_person import TelegramPerson
from tests.fakes.bot_api import TOKEN, BotApi

pytestmark = pytest.mark.chromium
AMINA, GROUP = '"Амина" балабақшасы', "Солнце"
LAST_DAY, SIGNED_ON = "03.07.2019", "2019-06-26"


async def test_in_the_web_chat_where_the_kindergarten_activates(browser: Browser) -> None:
    t = texts_in("ru")
    async with (
        running_demo(WORKED_CASE) as demo,
        person(browser) as father,
        clerk(browser, demo.url, t) as secretary,
    ):
        await father.opens(f"{demo.url}/chat/?lang=ru")
        await father.starts()
        await gets_to_the_menu(father, t)
        await begins(father, t, demo.newcomers("worked_case"))
        await shows_phone(father, demo, FIRST)
        await gets_place_391(father, demo, t)

        await demo.is_at("2019-06-26T16:23")
        await takes_a_seat(father, t)
        await father.sees(t("Confirmed. The seat is kept for you until the kindergarten answers."))
        await secretary.signs_in("amina", await demo.password_of("amina"))
        await secretary.goes_to("Applications")
        await secretary.page.locator("main .row").click()
        await secretary.presses("Activate")
        await secretary.sees("Activated: the referral is issued, and the parents are told.")
        await father.sees(t("Valid through {day}.", day=LAST_DAY))

        await signs(secretary, demo)
        await is_enrolled(father, t)
        assert [*father.troubles, *secretary.troubles] == []


async def test_in_telegram_where_confirming_is_enough(browser: Browser, tmp_path: Path) -> None:
    t = texts_in("kk")
    await confirming_is_enough(tmp_path)
    async with BotApi() as api:
        named = {"KEZEK_TELEGRAM_TOKEN": TOKEN, "KEZEK_TELEGRAM_API_URL": api.url}
        async with (
            running_demo(WORKED_CASE, "--keep", str(tmp_path), **named) as demo,
            clerk(browser, demo.url, t) as secretary,
        ):
            father = TelegramPerson(api.chat(391, language_code="kk", phone=FIRST.e164))
            await father.says("/start")
            await gets_to_the_menu(father, t)
            await begins(father, t, demo.newcomers("worked_case"))
            await father.taps(t("Share my number"))
            await gets_place_391(father, demo, t)

            await demo.is_at("2019-06-26T16:23")
            await takes_a_seat(father, t)
            await father.sees(t("Confirmed. This message is your referral."))

            await secretary.signs_in("amina", await demo.password_of("amina"))
            await signs(secretary, demo)
            await is_enrolled(father, t)
            assert secretary.troubles == []


async def confirming_is_enough(folder: Path) -> None:
    """Make a demo in the folder whose city gives referrals without the kindergarten's answer."""
    at = datetime.fromisoformat(WORKED_CASE).replace(tzinfo=ZONE)
    city = await prepare(folder, at)
    rules = to_data(city_policy(at)) | {"referral_mode": ReferralMode.INSTANT.value}
    vault = Vault(Keyring.from_secret(city.secret_key))
    database = await Database.open(city.url, vault, DemoClock(at))

    def decide(tx: Transaction) -> None:
        territory_id = territories.find_by_code(tx, CITY)
        since = at - timedelta(days=1)
        loading.put_policies(tx, [{"territory_id": territory_id, "in_force_from": since, "data": rules}])

    await database.write(decide)
    await database.close()


async def gets_place_391(father: Somebody, demo: Demo, t: Texts) -> None:
    """From the first phone to the end of the form."""
    await adds_second_phone(father, demo, t)
    await chooses_the_child(father, t, demo.newcomers("worked_case"))
    await confirms_the_rest(father, t)
    await father.taps(t("No, go on"))
    await goes_to_the_end(father, t)
    await father.sees(t("Place in the queue: {place}", place=391))


async def takes_a_seat(father: Somebody, t: Texts) -> None:
    """The first bulletin: held and confirmed."""
    await father.taps(t("Menu"))
    await father.taps(t("Free places"))
    await father.taps("1. Амина")
    await father.sees(t("Seats: {seats}", seats=t("{free} of {total} free", free=22, total=23)))
    await father.taps(t("Take a seat"))
    await father.taps(t("Confirm"))


async def signs(secretary: Clerk, demo: Demo) -> None:
    """Two minutes later the father is there with the papers."""
    await demo.is_at("2019-06-26T16:25")
    await secretary.goes_to("Referrals")
    await secretary.fills("Find a referral", demo.newcomers("worked_case").children[0].digits)
    await secretary.presses("Find")
    await secretary.sees("valid through {day}", day=LAST_DAY)
    await secretary.fills("The contract starts on", SIGNED_ON)
    await secretary.presses("Contract signed")
    await secretary.sees("The contract is signed: the child is enrolled, and the parents are told.")


async def is_enrolled(father: Somebody, t: Texts) -> None:
    """The father is told where, and his application says it."""
    await father.sees(t("Kindergarten {kindergarten}, group {group}.", kindergarten=AMINA, group=GROUP))
    await father.taps(t("Show the application"))
    await father.sees(t("enrolled in a kindergarten"))
