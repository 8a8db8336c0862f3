"""The contact centre in real browsers, in a whole demo: a parent who needs help, operators, the night."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.conversation.drive_screens import begun
from bot.texts import Texts, texts_in
from tests.e2e.demo_process import Demo, running_demo
from tests.e2e.joining import (
    FIRST,
    adds_second_phone,
    begins,
    chooses_the_child,
    gets_to_the_menu,
    shows_phone,
)
from tests.e2e.operators import Operator, operator
from tests.e2e.person import Person, person

pytestmark = pytest.mark.chromium
THURSDAY_MORNING = "2026-11-19T10:20"
QUESTION = "Өтінішті толтыра алмай отырмын, көмектесіңізші"
ADDRESS = "Тәуке хан даңғылы, 7-үй, 12-пәтер"
WORDS = "Рақмет! Қашан шақырады?"
SECOND_QUESTION = "Почему моё место стало дальше?"
DRAFT = "Сейчас посмотрю"
NIGHT, MORNING = "2026-11-19", "2026-11-20"
NIGHT_QUESTION, MORNING_QUESTION = "Жолдамам ертең бітеді ме?", "Таңғы сұрағым бар еді"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """On a working day, when the contact centre is open."""
    async with running_demo(THURSDAY_MORNING, KEZEK_LOG_LEVEL="error") as running:
        yield running


async def asks(parent: Person, demo: Demo, t: Texts, question: str, number: int = 1) -> None:
    """Come for the first time, and leave a question for an operator."""
    await parent.opens(f"{demo.url}/chat/?lang={t.language}")
    await parent.starts()
    await gets_to_the_menu(parent, t)
    await parent.taps(t("Operator"))
    await parent.sees(t("Type your question here: it is kept, and an operator will answer in this chat."))
    await parent.says(question)
    await parent.sees(t("You are number {number} in the line.", number=number))


async def suggests_the_address(helper: Operator) -> None:
    """What the parent has to type next, prepared."""
    await helper.opens("Prepare a step for the parent")
    await helper.page.locator("#step").fill(ADDRESS)
    await helper.presses("Suggest this answer")
    await helper.sees("The step is prepared: the parent is asked for a yes or no.")


async def test_a_parent_is_helped_from_the_first_question_to_the_stars(
    browser: Browser, parent: Person, demo: Demo
) -> None:
    t, family = texts_in("kk"), demo.newcomers("worked_case")
    async with operator(browser, demo, "operator", t) as aigul:
        await aigul.is_on_duty(True)

        await asks(parent, demo, t, QUESTION)
        await expect(aigul.chat_with(QUESTION)).to_contain_text(t("assigned:"))
        await aigul.opens_chat(QUESTION)
        await parent.says("/menu")
        await begins(parent, t, family)
        await shows_phone(parent, demo, FIRST)
        await adds_second_phone(parent, demo, t)
        await chooses_the_child(parent, t, family)
        await aigul.reads(t("Address"))

        await suggests_the_address(aigul)
        await parent.sees(t("Answer: {answer}", answer=ADDRESS))
        await parent.taps(t("Yes, that is right"))
        await parent.sees(t("Language"))
        await aigul.reads(t("Language"))

        await aigul.presses("Talk in the bot's stead")
        await parent.sees(begun(t).text)
        await parent.says(WORDS)
        await aigul.reads(WORDS)
        answer = await aigul.takes_ready_answer(t("What to bring"))
        await aigul.sends_by_keyboard()
        await parent.sees(answer)

        await aigul.presses("Back to the bot")
        await parent.sees(t("The operator has finished. The bot answers you again."))
        await aigul.presses("Close the question")
        await parent.sees(t("The operator has closed your question. Did we help? Five stars are the most."))
        await parent.taps("★★★★★")
        await parent.sees(t("Thank you! Your answer helps us to answer better."))


async def test_of_two_operators_the_second_is_told_who_has_it(
    browser: Browser, parent: Person, demo: Demo
) -> None:
    kk, ru = texts_in("kk"), texts_in("ru")
    async with (
        operator(browser, demo, "operator", kk) as aigul,
        operator(browser, demo, "operator-two", ru) as bolat,
    ):
        for each in (aigul, bolat):
            await each.is_on_duty(False)
        await asks(parent, demo, ru, SECOND_QUESTION)
        for each in (aigul, bolat):
            await each.opens_chat(SECOND_QUESTION)
        await aigul.sees("Also here: {names}", names="operator-two")
        await bolat.page.locator("#answer").press_sequentially(DRAFT)
        await aigul.sees("Writing now: {names}", names="operator-two")

        await bolat.is_about_to("Take the question")
        await aigul.presses("Take the question")
        await aigul.sees("The question is yours.")
        await bolat.page.keyboard.press("Enter")
        await bolat.sees("A colleague has taken this question meanwhile. Nothing was changed.")
        await bolat.sees("The question is with {name}.", name="operator")
        await expect(bolat.page.locator("#answer")).to_have_value(DRAFT)

        await bolat.is_about_to("Talk in the bot's stead")
        await aigul.presses("Talk in the bot's stead")
        await parent.sees(begun(ru).text)
        await bolat.page.keyboard.press("Enter")
        await expect(bolat.page.get_by_role("alert")).to_contain_text(
            ru("A colleague talks with this parent now, until {time} if nothing more is said.").split("{")[0]
        )
        await bolat.sees("{name} talks in the bot's stead.", name="operator")
        await aigul.presses("Back to the bot")
        await parent.sees(ru("The operator has finished. The bot answers you again."))

        await bolat.is_on_duty(True)
        await bolat.opens_chat(SECOND_QUESTION)
        await aigul.page.reload()
        await aigul.page.get_by_label(kk("Colleague")).select_option(index=1)
        await aigul.presses("Hand over")
        await aigul.sees("The question is with {name}.", name="operator-two")
        await bolat.sees("The question is yours.")
        await bolat.presses("Close the question")
        await parent.taps("★★★★☆")
        await parent.sees(ru("Thank you! Your answer helps us to answer better."))


async def test_what_is_asked_at_night_alarms_in_the_morning(
    browser: Browser, parent: Person, demo: Demo
) -> None:
    t = texts_in("kk")
    await demo.is_at(f"{NIGHT}T20:00")
    await asks(parent, demo, t, NIGHT_QUESTION)
    opens = t.moment(demo.instant(f"{MORNING}T09:00"))
    await parent.sees(t("The contact centre is closed now and opens at {moment}.", moment=opens))

    async with person(browser) as other, operator(browser, demo, "operator", t) as aigul:
        await demo.is_at(f"{MORNING}T09:02")
        await asks(other, demo, t, MORNING_QUESTION, number=2)
        await aigul.is_on_duty(False)
        waiting = aigul.page.locator("#chats-waiting .chat")
        await expect(waiting).to_have_count(2)
        await expect(waiting.first).to_contain_text(NIGHT_QUESTION)
        await expect(aigul.page.locator(".chat.late")).to_have_count(0)

        await demo.is_at(f"{MORNING}T09:03")
        await aigul.page.reload()
        await expect(aigul.page.locator(".chat.late")).to_have_count(1)
        await expect(aigul.page.locator(".chat.late")).to_contain_text(NIGHT_QUESTION)
