"""The contact centre finds people, looks at what is hidden, and applies for those without a smartphone."""

import json
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.texts import texts_in
from tests.e2e.demo_process import Demo, running_demo
from tests.e2e.enrolling import signs_in
from tests.e2e.joining import (
    FIRST,
    adds_second_phone,
    chooses_the_child,
    confirms_the_rest,
    gets_to_the_menu,
    shows_phone,
)
from tests.e2e.operators import Operator, operator
from tests.e2e.person import Person
from tests.e2e.service_process import ROOT

pytestmark = pytest.mark.chromium
THURSDAY_MORNING = "2026-11-19T10:20"
ASKED = "Медициналық анықтама керек пе"
REASON = "Ата-ана SMS келмейді дейді"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo keeps what it has."""
    return tmp_path_factory.mktemp("demo")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo(folder: Path) -> AsyncIterator[Demo]:
    """On a working day, when the contact centre is open."""
    keeps = ("--keep", str(folder))
    async with running_demo(THURSDAY_MORNING, *keeps, KEZEK_LOG_LEVEL="error") as running:
        yield running


async def test_somebody_is_found_and_reads_who_looked_and_the_admin_reads_all_of_it(
    browser: Browser, parent: Person, demo: Demo, folder: Path
) -> None:
    t = texts_in("kk")
    family, (entry, *_) = demo.family("two_parents")
    phone = family.parents[0].phones[0]
    await parent.opens(f"{demo.url}/chat/?lang=kk")
    await parent.starts()
    await gets_to_the_menu(parent, t)
    await signs_in(parent, demo, t, family.parents[0], entry.number)
    await parent.says("/menu")
    await parent.taps(t("Operator"))
    await parent.says(ASKED)
    await parent.sees(t("You are number {number} in the line.", number=1))

    async with operator(browser, demo, "operator", t) as aigul:
        await finds_by_number(aigul, entry.number)
        await finds_by_words(aigul, "анықтама")
        await expect(aigul.page.locator(".chat-page")).to_contain_text(phone.masked)
        assert phone.e164 not in await aigul.page.content()
        shown = aigul.page.locator(".reveal").filter(has_text=phone.masked)
        await shown.locator("summary").click()
        await shown.locator("[name=reason]").fill(REASON)
        await shown.get_by_role("button", name=t("Show it")).click()
        await expect(aigul.page.locator(".chat-page")).to_contain_text(phone.e164)

    await parent.says("/menu")
    await parent.taps(t("Messages"))
    await parent.taps(t("My journal"))
    await parent.sees(t("Your phone number was shown in full"))
    await parent.sees(REASON)
    async with operator(browser, demo, "admin", t) as chief:
        await chief.goes_to("Audit")
        await chief.sees("had a hidden number shown")
        await chief.sees("Reason: {reason}", reason=REASON)
        await chief.sees("looked at data of a family")
    said = await audit_checked(folder)
    assert said.startswith("ok")
    assert said.endswith("all as they were written")


async def finds_by_number(somebody: Operator, number: int) -> None:
    """The application and the chat of a number."""
    await somebody.goes_to("Search")
    await somebody.fills("Number of an application or a referral", str(number))
    await somebody.page.locator("form", has=somebody.page.locator("#number")).get_by_role("button").click()
    await somebody.sees("Application № {number}", number=number)
    await expect(somebody.page.locator("main a.row").first).to_contain_text(somebody.t("Chat"))


async def finds_by_words(somebody: Operator, words: str) -> None:
    """The line in which they were said, and the chat around it."""
    await somebody.goes_to("Search")
    await somebody.page.locator("#words").fill(words)
    await somebody.page.keyboard.press("Enter")
    await somebody.page.locator("main .said-row mark").first.click()
    await expect(somebody.page.locator(".chat-page")).to_be_visible()


async def audit_checked(folder: Path) -> str:
    """What `kezek check` says of the audit."""
    secret = json.loads((folder / "demo.json").read_text())["secret_key"]
    settings = {"KEZEK_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/kezek.db", "KEZEK_SECRET_KEY": secret}
    process = await create_subprocess_exec(
        sys.executable, "-m", "bot", "check", cwd=ROOT, env=settings, stdout=PIPE, stderr=PIPE
    )
    out, _ = await process.communicate()
    return next(line for line in out.decode().splitlines() if "audit" in line)


class OnTheTelephone:
    """A family without a smartphone: what it says, the operator types."""

    def __init__(self, helper: Operator) -> None:
        self.helper = helper

    async def says(self, text: str) -> None:
        """It is typed, and sent with Enter."""
        await self.helper.page.locator("#text").fill(text)
        await self.helper.page.keyboard.press("Enter")

    async def taps(self, label: str) -> None:
        """A button of the screen."""
        await self.helper.page.get_by_role("button", name=label, exact=True).click()

    async def sees(self, text: str) -> None:
        """The operator reads it out."""
        await expect(self.helper.page.locator("main")).to_contain_text(text)


async def test_a_family_without_a_smartphone_is_applied_for(browser: Browser, demo: Demo) -> None:
    t = texts_in("kk")
    family = demo.newcomers("worked_case")
    async with operator(browser, demo, "operator", t) as aigul:
        there = OnTheTelephone(aigul)
        await aigul.goes_to("By telephone")
        await aigul.presses("Begin")
        await there.says("Түркістан")
        await there.sees(t("The family's consent"))
        await shows_phone(there, demo, FIRST)
        await there.sees(t("The family has agreed."))
        await there.taps(t("General queue"))
        await there.says(family.parents[0].digits)
        await adds_second_phone(there, demo, t)
        await chooses_the_child(there, t, family)
        await confirms_the_rest(there, t)
        await there.taps(t("No, go on"))
        await there.taps(t("That's good"))
        await there.taps(t("Confirm"))
        await there.sees(t("Place in the queue: {place}", place=391))
        await aigul.opens("Finish")
        await aigul.presses("Finish now")
        await aigul.sees("Finished. Nobody enters the family's cabinet from here any more.")
    texts = await demo.sms_to(FIRST)
    assert any("391" in each for each in texts)
