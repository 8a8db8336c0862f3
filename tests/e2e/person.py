"""A person with a browser: plays by what is to be seen on the page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.services import chromium

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
# A file is looked at by a process of its own, and the machine may have other things to do.
PATIENCE_MS = 30_000
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
# As root Chromium has no sandbox, and in a container little shared memory.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@dataclass(frozen=True, slots=True)
class Seen:
    """The screen that the conversation is at: its text, and the labels of its buttons in their rows."""

    title: str
    text: str
    rows: list[list[str]]


class Person:
    """Somebody in front of the chat's page. `troubles` is what the browser complains of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text))

    def _note(self, kind: str, text: str) -> None:
        # A line that breaks is the subject of tests; everything else is a slip of ours.
        if kind == "error" and "WebSocket" not in text and "ERR_" not in text:
            self.troubles.append(text)

    async def opens(self, url: str) -> None:
        """Open a page and wait until the line is there."""
        await self.page.goto(url)
        await self.is_online()

    async def is_online(self) -> None:
        """Wait until the page says so."""
        await expect(self.page.locator("#state")).to_have_attribute("data-state", "online")

    async def starts(self) -> None:
        """Tap Start on an empty chat."""
        await self.page.locator("#start").click()

    async def says(self, text: str) -> None:
        """Type something and press Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def taps(self, label: str) -> None:
        """Tap a button of the present screen."""
        named = self.page.locator(".option-label").get_by_text(label, exact=True)
        await self.page.locator(".current .option").filter(has=named).click()

    async def chooses(self, *files: Path, by: str = "#attach") -> None:
        """Tap a button that asks for files, and choose some."""
        async with self.page.expect_file_chooser() as choosing:
            await self.page.locator(by).click()
        chooser = await choosing.value
        await chooser.set_files(files)

    async def sees(self, text: str) -> None:
        """Wait until we have said this."""
        bubble = self.page.locator(".theirs .bubble", has_text=text).last
        await expect(bubble).to_be_visible(timeout=PATIENCE_MS)

    async def sees_own(self, text: str) -> None:
        """Wait until the newest own bubble says this and is kept."""
        await expect(self.own.last).to_contain_text(text)
        await expect(self.page.locator(".pending")).to_have_count(0)

    @property
    def field(self) -> Locator:
        """The entry field, whichever it is now."""
        return self.page.locator("#composer .field:visible")

    @property
    def own(self) -> Locator:
        """The person's own bubbles."""
        return self.page.locator(".mine .bubble-text")

    async def screen(self) -> Seen:
        """What the person is asked at present."""
        current = self.page.locator(".message.current")
        title = current.locator(".bubble-title")
        rows = current.locator(".option-row")
        labels = [await row.locator(".option-label").all_inner_texts() for row in await rows.all()]
        spoken = await current.locator(".bubble-text").inner_text()
        return Seen(
            await title.inner_text() if await title.count() else "", spoken.partition(":")[2].strip(), labels
        )


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A Chromium without a window."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield running
        finally:
            await running.close()


@asynccontextmanager
async def person(running: Browser, **options: Any) -> AsyncIterator[Person]:
    """Somebody who was never here, with a telephone unless `options` say otherwise."""
    context = await running.new_context(**{**PHONE, **options})
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield Person(await context.new_page())
    finally:
        await context.close()
