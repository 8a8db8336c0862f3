"""A held seat is counted down on the page: by the server's clock, on every page, to the very end."""

import re
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from bot.conversation.incoming import Incoming
from bot.conversation.reply import Button, Held, Screen
from bot.texts import texts_in
from tests.e2e.demo_process import WORKED_CASE, Demo, running_demo
from tests.e2e.enrolling import holds_a_seat, looks_at_amina, signs_in
from tests.e2e.joining import gets_to_the_menu
from tests.e2e.person import PATIENCE_MS, Person, person
from tests.fakes.web_conversation import FIRST_INSTANT, words
from tests.fakes.web_site import Site, running_site

pytestmark = pytest.mark.chromium

CLAIM = 17
HELD = Screen(
    "A seat is held",
    rows=((Button("Confirm", "confirm"),), (Button("Let it go", "letgo"),), (Button("Menu", "menu"),)),
    held=Held(CLAIM, FIRST_INSTANT, ("confirm", "letgo")),
)
OVER = "The time is over: the seat is free for others again."


def a_seat(incoming: Incoming) -> Sequence[Screen]:
    """A seat that is held, for whoever asks for one."""
    return [HELD if words(incoming) == "take" else Screen("Well.", rows=((Button("Menu", "menu"),),))]


async def takes(parent: Person, site: Site, left: timedelta) -> None:
    """Somebody holds a seat for so long still."""
    site.conversation.left = {CLAIM: left}
    await parent.opens(f"{site.url}/chat/?lang=en")
    await parent.says("take")
    await parent.sees("A seat is held")


def clock(parent: Person) -> Locator:
    """The minutes and seconds under the newest seat."""
    return parent.page.locator(".countdown-clock").last


async def seconds(parent: Person) -> int:
    """What the page shows, in seconds."""
    minutes, _, rest = (await clock(parent).inner_text()).partition(":")
    return int(minutes) * 60 + int(rest)


def outdated(parent: Person) -> Locator:
    """The buttons that look out of date."""
    return parent.page.locator(".option.outdated .option-label")


async def test_it_goes_on_by_itself_and_reads_nothing_out_each_second(parent: Person) -> None:
    async with running_site(a_seat) as site:
        await takes(parent, site, timedelta(minutes=9, seconds=41))

        await expect(clock(parent)).to_have_text(re.compile(r"9:(41|40|39|38)"))
        first = await seconds(parent)
        await expect(clock(parent)).not_to_have_text(f"{first // 60}:{first % 60:02}")

        assert await seconds(parent) < first
        assert await clock(parent).get_attribute("role") == "timer"
        assert await clock(parent).get_attribute("aria-live") == "off"
        await expect(outdated(parent)).to_have_count(0)


async def test_at_its_end_the_page_says_so_once_and_its_buttons_look_out_of_date_but_answer(
    parent: Person,
) -> None:
    async with running_site(a_seat) as site:
        await takes(parent, site, timedelta(seconds=2))

        over = parent.page.locator(".countdown-over")
        await expect(over).to_have_text(OVER)
        await expect(over).to_have_attribute("role", "status")
        await expect(clock(parent)).to_be_hidden()
        await expect(outdated(parent)).to_have_text(["Confirm", "Let it go"])

        await parent.taps("Confirm")

        await parent.sees("Well.")


async def test_a_telephone_whose_clock_is_wrong_shows_what_the_server_says(
    browser: Browser,
) -> None:
    async with running_site(a_seat) as site, person(browser) as parent:
        await parent.page.add_init_script("const real = Date.now; Date.now = () => real() + 3600000;")
        await takes(parent, site, timedelta(minutes=5, seconds=30))
        await expect(clock(parent)).to_have_text(re.compile(r"5:(30|2\d)"))
        site.conversation.left = {CLAIM: timedelta(minutes=3)}

        site.parts.hub.wake_all()

        await expect(clock(parent)).to_have_text(re.compile(r"(3:00|2:5\d)"))
        assert parent.troubles == []


async def test_what_was_let_go_or_confirmed_is_not_counted_any_longer(parent: Person) -> None:
    async with running_site(a_seat) as site:
        await takes(parent, site, timedelta(minutes=9))
        site.conversation.left = {CLAIM: None}

        await parent.taps("Let it go")

        await expect(parent.page.locator(".countdown")).to_be_hidden()
        await expect(outdated(parent)).to_have_text(["Confirm", "Let it go"])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """The demo of the worked case."""
    async with running_demo(WORKED_CASE) as running:
        yield running


async def test_a_reload_keeps_it_two_pages_agree_and_both_follow_the_clock_that_is_moved(
    browser: Browser, demo: Demo
) -> None:
    t = texts_in("ru")
    family, (entry, *_) = demo.family("two_parents")
    async with person(browser) as mother:
        await mother.opens(f"{demo.url}/chat/?lang=ru")
        await mother.starts()
        await gets_to_the_menu(mother, t)
        await signs_in(mother, demo, t, family.parents[0], entry.number)
        await mother.says("/menu")
        await looks_at_amina(mother, t)
        await holds_a_seat(mother, t)
        await expect(clock(mother)).to_have_text(re.compile(r"(10:00|9:\d\d)"))
        other = Person(await mother.page.context.new_page())
        await other.opens(f"{demo.url}/chat/?lang=ru")
        await expect(clock(other)).to_be_visible()
        assert abs(await seconds(mother) - await seconds(other)) <= 1

        await mother.page.reload()
        await expect(clock(mother)).to_be_visible()
        assert 500 < await seconds(mother) <= await seconds(other) + 1

        await demo.advances("PT7M")
        for page in (mother, other):
            await expect(clock(page)).to_have_text(re.compile(r"[12]:\d\d"))

        await demo.advances("PT3M")
        for page in (mother, other):
            over = page.page.locator(".countdown-over").last
            await expect(over).to_have_text(t(OVER), timeout=PATIENCE_MS)
            await expect(outdated(page).first).to_have_text(t("Confirm"))

        await mother.page.reload()
        await expect(mother.page.locator(".countdown-over").last).to_have_text(t(OVER))
        assert [*mother.troubles, *other.troubles] == []
