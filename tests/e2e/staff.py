"""Somebody of the staff in front of a real browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Page, expect

from bot.texts import Texts
from tests.e2e.person import DESKTOP


class Clerk:
    """Plays by what is to be seen. `troubles` is what the browser complains of."""

    def __init__(self, page: Page, url: str, t: Texts) -> None:
        self.page = page
        self.url = url
        self.t = t
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text))

    def _note(self, kind: str, text: str) -> None:
        # That a form is refused is the subject of tests.
        if kind == "error" and "the server responded with a status of 4" not in text:
            self.troubles.append(text)

    async def signs_in(self, login: str, password: str) -> None:
        """With the keyboard alone."""
        await self.page.goto(f"{self.url}/console/sign-in?lang={self.t.language}")
        await expect(self.page.locator("#login")).to_be_focused()
        await self.page.keyboard.type(login)
        await self.page.keyboard.press("Tab")
        await self.page.keyboard.type(password)
        await self.page.keyboard.press("Enter")
        await self.page.wait_for_url(f"{self.url}/console/")
        await self.page.locator(f"button[name=language][value={self.t.language}]").click()

    async def goes_to(self, name: str) -> None:
        """Follow a row of the navigation."""
        await self.page.locator(".places").get_by_role("link", name=self.t(name), exact=True).click()

    async def chooses(self, text: str) -> None:
        """Follow a row or a tile with these words."""
        await self.page.locator("main a", has_text=text).first.click()

    async def fills(self, label: str, text: str) -> None:
        """Fill in the field of this label."""
        await self.page.get_by_label(self.t(label), exact=True).fill(text)

    async def opens(self, summary: str) -> None:
        """Open what is folded."""
        await self.page.locator("summary", has_text=self.t(summary)).click()

    async def presses(self, name: str) -> None:
        """Press a button."""
        await self.page.get_by_role("button", name=self.t(name), exact=True).click()

    async def sees(self, message: str, /, **values: object) -> None:
        """Wait until this stands there."""
        await expect(self.page.locator("main")).to_contain_text(self.t(message, **values))


@asynccontextmanager
async def clerk(running: Browser, url: str, t: Texts, **options: Any) -> AsyncIterator[Clerk]:
    """Somebody at a desk with a big screen, unless `options` say otherwise."""
    context = await running.new_context(**{**DESKTOP, **options})
    try:
        yield Clerk(await context.new_page(), url, t)
    finally:
        await context.close()
