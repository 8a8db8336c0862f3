"""Sending files in the chat's page, in a real browser, on a telephone."""

from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from bot.conversation.incoming import SharedFile
from bot.uploads.verdict import LARGEST
from storage.errors import StorageFull
from tests.e2e.person import Person
from tests.e2e.small_talk import small_talk
from tests.fakes.pictures import a_page, a_pdf
from tests.fakes.web_site import Site, running_site

pytestmark = pytest.mark.chromium

NAME, PHOTO = "Айгүл.jpg", a_page()
ASKED = "Send a photo or a PDF of the paper."
THANKS = "Thank you. One more?"
OFFER = ".current .option-share"


async def is_asked(parent: Person, site: Site) -> None:
    """Open the chat in English and get to where a paper is asked for."""
    await parent.opens(f"{site.url}/chat/?lang=en")
    await parent.starts()
    await parent.sees("What would you like to do?")
    await parent.says("paper")
    await parent.sees(ASKED)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo on the telephone."""
    return written(tmp_path / NAME, PHOTO)


def written(path: Path, content: bytes) -> Path:
    """A file on the telephone."""
    path.write_bytes(content)
    return path


def files_of(site: Site) -> list[SharedFile]:
    """The files that were taken, in their order."""
    return [each.content for each in site.conversation.taken if isinstance(each.content, SharedFile)]


async def test_the_paperclip_is_there_while_a_file_is_asked_for_and_can_be_hit_with_a_thumb(
    parent: Person, photo: Path
) -> None:
    async with running_site(small_talk) as site:
        await parent.opens(f"{site.url}/chat/?lang=en")
        await parent.starts()
        await parent.sees("What would you like to do?")
        await expect(parent.page.locator("#attach")).to_be_hidden()

        await parent.says("paper")
        await parent.sees(ASKED)

        attach = parent.page.get_by_role("button", name="Attach a photo or a PDF").last
        await expect(attach).to_be_visible()
        box = await attach.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        await parent.taps("Back")
        await parent.sees("What would you like to do?")
        await expect(parent.page.locator("#attach")).to_be_hidden()


@pytest.mark.parametrize("by", ["#attach", OFFER])
async def test_a_chosen_photo_is_sent_and_its_name_is_not_kept_on_the_page(
    parent: Person, by: str, photo: Path
) -> None:
    async with running_site(small_talk) as site:
        await is_asked(parent, site)

        await parent.chooses(photo, by=by)

        await parent.sees(THANKS)
        await parent.sees_own("A file")
        (file,) = files_of(site)
        assert (file.kind, file.name, file.size) == ("photo", NAME, len(PHOTO))
        assert await site.parts.files.sealed.from_spool(file.ref) == PHOTO
        assert "Айгүл" not in await parent.page.evaluate("() => document.body.innerHTML")


async def test_a_reload_shows_a_file_as_a_file(parent: Person, photo: Path) -> None:
    async with running_site(small_talk) as site:
        await is_asked(parent, site)
        await parent.chooses(photo)
        await parent.sees(THANKS)

        await parent.page.reload()

        await parent.sees(THANKS)
        await parent.sees_own("A file")


async def test_several_files_chosen_at_once_are_sent_each_once_and_in_their_order(
    parent: Person, tmp_path: Path
) -> None:
    names = [f"page {number}.pdf" for number in range(4)]
    async with running_site(small_talk) as site:
        await is_asked(parent, site)

        await parent.chooses(*(written(tmp_path / name, a_pdf()) for name in names))

        await expect(parent.page.locator(".mine", has_text="A file")).to_have_count(4)
        await expect(parent.page.locator(".pending")).to_have_count(0)
        assert [(file.kind, file.name) for file in files_of(site)] == [("document", name) for name in names]


async def test_a_file_that_is_too_large_is_told_and_not_even_sent(
    parent: Person, photo: Path, tmp_path: Path
) -> None:
    async with running_site(small_talk) as site:
        await is_asked(parent, site)

        await parent.chooses(written(tmp_path / "large.jpg", b"x" * (LARGEST + 1)), photo)

        await expect(parent.page.locator("#notice")).to_have_text(
            "This file is too large: up to 10 MB can be taken."
        )
        await parent.sees(THANKS)
        assert [file.name for file in files_of(site)] == [NAME]


async def test_how_far_a_file_is_stands_under_its_name_in_words(
    parent: Person, photo: Path, tmp_path: Path
) -> None:
    async with running_site(small_talk) as site:
        await is_asked(parent, site)
        site.conversation.gate.clear()

        await parent.chooses(photo, written(tmp_path / "second.pdf", a_pdf()))

        first, second = parent.page.locator(".pending").nth(0), parent.page.locator(".pending").nth(1)
        await expect(first).to_contain_text("Айгүл.jpg")
        await expect(first.locator(".bubble-state")).to_have_text("Sending: 100\u00a0%")
        await expect(second.locator(".bubble-state")).to_have_text("Will be sent as soon as it can be")
        site.conversation.gate.set()
        await expect(parent.page.locator(".pending")).to_have_count(0)


async def test_a_file_that_could_not_be_kept_is_told_and_can_be_chosen_again(
    parent: Person, photo: Path
) -> None:
    async with running_site(small_talk) as site:
        await is_asked(parent, site)
        site.conversation.fault = StorageFull()
        await parent.chooses(photo)
        await expect(parent.page.locator("#notice")).to_contain_text("our storage is full")
        await expect(parent.page.locator(".pending")).to_have_count(0)
        site.conversation.fault = None

        await parent.chooses(photo)

        await parent.sees(THANKS)
        await expect(parent.page.locator("#notice")).to_be_hidden()
    # The browser itself notes a 503.
    parent.troubles = [each for each in parent.troubles if "503" not in each]


async def test_a_file_chosen_without_a_line_is_sent_once_it_is_back(parent: Person, photo: Path) -> None:
    async with running_site(small_talk) as site:
        await is_asked(parent, site)
        port, conversation, hub = site.server.port, site.conversation, site.parts.hub
    await expect(parent.page.locator("#state")).not_to_have_attribute("data-state", "online")

    await parent.chooses(photo)
    await expect(parent.page.locator(".bubble-state")).to_have_text("Will be sent as soon as it can be")
    async with running_site(port=port, conversation=conversation, hub=hub) as site:
        await parent.is_online()

        await parent.sees(THANKS)
        await parent.sees_own("A file")
        assert len(files_of(site)) == 1


async def test_a_file_whose_answer_was_lost_is_taken_once(parent: Person, photo: Path) -> None:
    async with running_site(small_talk) as site:
        await is_asked(parent, site)
        lost = 0

        async def lose_the_first_answer(route: Route) -> None:
            nonlocal lost
            lost += 1
            await route.fetch()
            await (route.abort() if lost == 1 else route.continue_())

        await parent.page.route("**/chat/upload*", lose_the_first_answer)

        await parent.chooses(photo)

        await parent.sees(THANKS)
        await parent.sees_own("A file")
        await expect(parent.page.locator(".mine", has_text="A file")).to_have_count(1)
        assert len(files_of(site)) == 1


async def test_a_device_that_was_forgotten_meanwhile_sends_nothing_and_is_told(
    parent: Person, photo: Path
) -> None:
    async with running_site(small_talk) as site:
        await is_asked(parent, site)
        await parent.page.context.clear_cookies()

        await parent.chooses(photo)

        # A new cookie would be another chat: nobody would find the file there.
        told = "The file could not be sent. Please choose it again."
        await expect(parent.page.locator("#notice")).to_have_text(told)
        assert files_of(site) == []
    parent.troubles = [each for each in parent.troubles if "401" not in each]
