"""The web chat's page in a real browser, on a telephone, against a small conversation."""

import pytest
from playwright.async_api import Browser, expect

from bot.conversation.reply import Screen
from storage.errors import StorageFull
from tests.e2e.person import DESKTOP, Person, Seen, person
from tests.e2e.small_talk import small_talk
from tests.fakes.web_site import Site, running_site

pytestmark = pytest.mark.chromium


async def begin(parent: Person, site: Site) -> None:
    """Open the chat in English and get to the menu."""
    await parent.opens(f"{site.url}/chat/?lang=en")
    await parent.starts()
    await parent.sees("What would you like to do?")


async def test_a_first_visit_begins_with_a_tap_and_shows_what_can_be_done(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)

        await parent.sees_own("Start")
        assert await parent.screen() == Seen(
            "Menu", "What would you like to do?", [["Check the queue"], ["Operator", "Settings"]]
        )


async def test_a_tapped_button_is_one_s_own_words_and_leads_on(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)

        await parent.taps("Check the queue")

        await parent.sees_own("Check the queue")
        await parent.sees("Type the IIN.")
        await expect(parent.field).to_have_attribute("placeholder", "12 digits")
        await expect(parent.field).to_have_attribute("inputmode", "numeric")


async def test_buttons_carry_the_numbers_that_can_be_typed(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)

        await expect(parent.page.locator(".current .number")).to_have_text(["1", "2", "3"])


async def test_a_list_that_is_numbered_already_is_not_numbered_twice(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        await parent.says("list")
        await parent.sees("Kindergartens")

        listed = parent.page.locator(".message", has_text="Kindergartens").locator(".option")
        assert [each.split() for each in await listed.all_inner_texts()] == [
            ["1", "Amina"], ["2", "Balapan"], ["3", "Menu"],
        ]  # fmt: skip

        await parent.taps("1. Amina")
        await parent.sees_own("1. Amina")
        await parent.sees("Call +7 725")

        # Left behind, the list has no badges any more: the labels keep their numbers.
        assert [each.split() for each in await listed.all_inner_texts()] == [
            ["1.", "Amina"], ["2.", "Balapan"], ["Menu"],
        ]  # fmt: skip


async def test_buttons_of_an_old_screen_still_work(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        await parent.taps("Check the queue")
        await parent.sees("Type the IIN.")

        await parent.page.locator(".option", has_text="Operator").first.click()

        await parent.sees("Call +7 725")


async def test_an_iin_is_masked_once_it_is_kept_and_nothing_of_it_stays_in_the_browser(
    parent: Person,
) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        await parent.taps("Check the queue")
        await parent.sees("Type the IIN.")

        await parent.says("171009600123")

        await parent.sees("Place 391 of 1204")
        await parent.sees_own("••••••23")
        kept = "() => JSON.stringify([sessionStorage, localStorage]) + document.body.innerHTML"
        assert "171009600123" not in await parent.page.evaluate(kept)


async def test_what_is_written_without_a_line_is_sent_when_it_is_back(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        port = site.server.port
        conversation = site.conversation
        hub = site.parts.hub
    await expect(parent.page.locator("#state")).not_to_have_attribute("data-state", "online")

    await parent.says("171009600123")
    await expect(parent.page.locator(".pending")).to_have_count(1)
    async with running_site(port=port, conversation=conversation, hub=hub):
        await parent.is_online()

        await parent.sees("Place 391 of 1204")
        await parent.sees_own("••••••23")
    assert len(conversation.taken) == 2


async def test_a_message_that_was_under_way_when_the_page_was_reloaded_has_one_effect(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        site.conversation.gate.clear()
        await parent.says("171009600123")
        await expect(parent.page.locator(".pending")).to_have_count(1)

        await parent.page.reload()
        await expect(parent.page.locator(".pending")).to_have_count(1)
        site.conversation.gate.set()

        await parent.sees("Place 391 of 1204")
        await parent.sees_own("••••••23")
        assert len(site.conversation.taken) == 2


async def test_a_reload_shows_the_conversation_as_it_was(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        await parent.taps("Check the queue")
        await parent.sees("Type the IIN.")
        before = await parent.page.locator(".bubble-text").all_inner_texts()

        await parent.page.reload()
        await parent.sees("Type the IIN.")

        assert await parent.page.locator(".bubble-text").all_inner_texts() == before
        assert (await parent.screen()).title == "Check the queue"


async def test_a_refused_text_comes_back_to_the_field_with_the_reason_in_words(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        site.conversation.fault = StorageFull()

        await parent.says("hello")

        await expect(parent.page.get_by_role("alert")).to_have_text(
            "We could not save your message: our storage is full. Nothing is lost, please try later."
        )
        await expect(parent.field).to_have_value("hello")
        await expect(parent.page.locator(".pending")).to_have_count(0)


async def test_a_text_that_is_too_long_stays_in_the_field(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)

        await parent.says("x" * 4097)

        await expect(parent.page.get_by_role("alert")).to_contain_text("At most 4096 characters")
        await expect(parent.field).to_have_value("x" * 4097)


async def test_half_an_emoji_and_markup_do_no_harm(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)

        await parent.says("<img src=x onerror=alert(1)> \ud83d\u202e \U0001f468‍\U0001f469‍\U0001f467")

        await parent.sees_own("<img src=x onerror=alert(1)>")
        await expect(parent.page.locator(".bubble img")).to_have_count(0)


async def test_the_language_is_switched_on_the_page_and_in_the_conversation(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)

        site.conversation.language = "ru"
        await parent.page.get_by_role("button", name="Русский").click()

        await parent.sees_own("Русский")
        await expect(parent.page.locator("html")).to_have_attribute("lang", "ru")
        assert site.conversation.taken[-1].content.text == "/language ru"  # type: ignore[union-attr]


async def test_the_menu_is_one_tap_away(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        await parent.taps("Check the queue")
        await parent.sees("Type the IIN.")

        await parent.page.get_by_role("button", name="Menu").click()

        await parent.sees_own("Menu")
        await expect(parent.page.locator(".message.current .bubble-title")).to_have_text("Menu")


async def test_a_phone_is_asked_for_in_a_telephone_field_which_goes_away_again(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)

        await parent.taps("Settings")
        await parent.sees("Type your phone.")
        await expect(parent.field).to_have_attribute("type", "tel")
        await parent.says("+7 700 000 00 01")
        await parent.sees_own("01")

        await expect(parent.page.locator("#phone")).to_be_hidden()
        await expect(parent.field).to_have_id("message")


async def test_a_location_is_shared_with_one_tap(browser: Browser) -> None:
    position = {"latitude": 43.3, "longitude": 68.25}
    async with (
        running_site(small_talk) as site,
        person(browser, geolocation=position, permissions=["geolocation"]) as parent,
    ):
        await begin(parent, site)
        await parent.says("place")
        await parent.sees("Where are you?")

        await parent.taps("Share where I am")

        await parent.sees_own("My location")
        assert site.conversation.taken[-1].content.latitude == 43.3  # type: ignore[union-attr]


async def test_a_location_that_is_not_told_is_explained(browser: Browser) -> None:
    async with running_site(small_talk) as site, person(browser, permissions=[]) as parent:
        await begin(parent, site)
        await parent.says("place")
        await parent.sees("Where are you?")

        await parent.taps("Share where I am")

        await expect(parent.page.get_by_role("alert")).to_contain_text("did not tell its location")


async def test_addresses_and_telephones_in_a_text_can_be_tapped(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        await parent.taps("Operator")
        await parent.sees("Call +7 725")

        links = parent.page.locator(".bubble a")

        assert [await link.get_attribute("href") for link in await links.all()] == [
            "tel:+77253342019",
            "https://operator.example/help",
        ]


async def test_a_place_on_the_map_is_a_card_that_opens_one(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        await parent.says("here")
        card = parent.page.locator("a.place").last

        await expect(card).to_contain_text("<b>Amina</b>")
        await expect(card).to_contain_text("Tauke khan, 7")
        assert await card.get_attribute("href") == (
            "https://www.openstreetmap.org/?mlat=43.301200&mlon=68.261100#map=17/43.301200/68.261100"
        )
        assert await card.get_attribute("rel") == "noopener noreferrer"


async def test_a_picture_is_fetched_from_the_page_s_own_address_and_gone_leaves_no_hole(
    browser: Browser,
) -> None:
    async with running_site(small_talk) as site, person(browser) as parent:
        await begin(parent, site)
        await parent.says("seen")
        await parent.sees("A good one.")
        picture = parent.page.locator("img.bubble-picture").last
        assert await picture.get_attribute("src") == "/static/none/mark.svg"
        assert await picture.get_attribute("alt") == "Amina"
        await parent.says("gone")
        await parent.sees("No picture.")

        await expect(parent.page.locator("img.bubble-picture")).to_have_count(1)


async def test_who_scrolls_up_meets_the_whole_past_and_is_not_pulled_away_by_news(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        chat = site.conversation.chats()[0]
        for number in range(1, 91):
            site.conversation.says(chat, Screen(f"message {number}"))
        await parent.sees("message 90")
        await parent.page.reload()
        await parent.is_online()

        messages = parent.page.locator(".message")
        while not await parent.own.count():
            before = await messages.count()
            await parent.page.locator("#scroll").evaluate("element => element.scrollTo(0, 0)")
            await expect(messages).not_to_have_count(before)
        await expect(parent.page.locator("#older")).to_be_hidden()
        await expect(parent.own).to_have_count(1)
        site.conversation.says(chat, Screen("something new"))

        await expect(parent.page.locator("#new-messages")).to_be_visible()
        ids = "() => [...document.querySelectorAll('.message')].map(message => Number(message.dataset.id))"
        shown = await parent.page.evaluate(ids)
        assert shown == list(range(1, len(shown) + 1))


async def test_a_long_answer_is_read_from_its_beginning(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)

        await parent.says("long")
        await parent.sees("line 79")

        await parent.page.wait_for_function(
            """() => {
                const top = [...document.querySelectorAll(".theirs")].at(-1).getBoundingClientRect().top;
                return top > 0 && top < 120;
            }"""
        )


async def test_a_forgotten_device_begins_anew(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)

        await parent.page.get_by_role("button", name="About this chat").click()
        await parent.page.get_by_role("button", name="Forget this device").click()
        await parent.page.get_by_role("button", name="Yes, forget it").click()

        await expect(parent.page.locator("#start")).to_be_visible()
        await expect(parent.page.locator(".bubble")).to_have_count(0)
        await parent.starts()
        await parent.sees("What would you like to do?")
        assert len(site.conversation.chats()) == 2


async def test_the_keyboard_is_enough(browser: Browser) -> None:
    async with running_site(small_talk) as site, person(browser, **{**DESKTOP, "is_mobile": False}) as parent:
        await parent.opens(f"{site.url}/chat/?lang=en")
        await parent.page.locator("#start").focus()
        await parent.page.keyboard.press("Enter")
        await parent.sees("What would you like to do?")

        await parent.page.locator(".current .option").first.focus()
        await parent.page.keyboard.press("Tab")
        await expect(parent.page.locator(".current .option").nth(1)).to_be_focused()
        await parent.page.keyboard.press("Escape")
        await expect(parent.field).to_be_focused()
        await parent.page.keyboard.type("check")
        await parent.page.keyboard.press("Enter")

        await parent.sees("Type the IIN.")
        await expect(parent.field).to_be_focused()


async def test_a_screen_reader_hears_who_says_what(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)

        log = parent.page.get_by_role("log", name="Conversation")

        await expect(log).to_have_attribute("aria-live", "polite")
        await expect(log.locator(".bubble-text").first).to_have_text("You: Start")
        await expect(log.locator(".bubble-text").last).to_have_text("Kezek: What would you like to do?")


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_nothing_is_too_small_to_tap_and_nothing_sticks_out(browser: Browser, width: int) -> None:
    async with (
        running_site(small_talk) as site,
        person(browser, viewport={"width": width, "height": 800}) as parent,
    ):
        await begin(parent, site)
        await parent.taps("Settings")
        await parent.sees("Type your phone.")

        targets = await parent.page.locator("button:visible, a.option:visible, .field:visible").all()
        boxes = [box for target in targets if (box := await target.bounding_box()) is not None]

        assert [box for box in boxes if box["width"] < 44 or box["height"] < 44] == []
        assert [box for box in boxes if box["x"] < 0 or box["x"] + box["width"] > width] == []
        assert await parent.page.evaluate("() => document.documentElement.scrollWidth") == width


async def test_two_windows_of_one_chat_show_the_same(browser: Browser) -> None:
    async with running_site(small_talk) as site, person(browser) as parent:
        await begin(parent, site)
        other = Person(await parent.page.context.new_page())
        await other.opens(f"{site.url}/chat/?lang=en")

        await parent.taps("Check the queue")

        await other.sees("Type the IIN.")
        await other.sees_own("Check the queue")


async def test_a_second_message_right_after_a_first_is_brought_before_the_eyes_too(parent: Person) -> None:
    async with running_site(small_talk) as site:
        await begin(parent, site)
        chat = site.conversation.chats()[0]
        for number in range(1, 9):
            site.conversation.says(chat, Screen(f"message {number}\n" * 6))
        await parent.sees("message 8")

        site.conversation.says(chat, Screen("thank you\n" * 8))
        await parent.sees("thank you")
        site.conversation.says(chat, Screen("here is your place\n" * 8))
        await parent.sees("here is your place")

        last = parent.page.locator(".theirs .bubble", has_text="here is your place")
        await expect(last).to_be_in_viewport(ratio=0.9)
        await expect(parent.page.locator("#new-messages")).to_be_hidden()
