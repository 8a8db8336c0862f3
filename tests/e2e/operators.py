"""An operator of the contact centre in front of a real browser."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Locator, expect

from bot.texts import Texts
from tests.e2e.demo_process import Demo
from tests.e2e.person import DESKTOP, PATIENCE_MS
from tests.e2e.staff import Clerk


class Operator(Clerk):
    """Follows chats and steps into them."""

    @property
    def said(self) -> Locator:
        """The newest line of the open chat, whoever's it is."""
        return self.page.locator("#lines .line:not(.aside)").last

    def chat_with(self, words: str) -> Locator:
        """The row of the list whose last line has these words."""
        return self.page.locator(".chat", has_text=words)

    async def is_on_duty(self, wanted: bool) -> None:
        """On the list of chats: go on duty or off, unless it is so already."""
        await self.goes_to("Chats")
        name = self.t("Go on duty") if wanted else self.t("Go off duty")
        button = self.page.get_by_role("button", name=name, exact=True)
        if await button.count():
            await button.click()
            await self.sees("on duty" if wanted else "off duty")

    async def opens_chat(self, words: str) -> None:
        """From the list, the chat whose last line has these words."""
        await self.chat_with(words).locator(".open").click()
        await expect(self.page.locator(".chat-page")).to_be_visible()

    async def reads(self, words: str) -> None:
        """Wait until this is the newest line."""
        await expect(self.said).to_contain_text(words)

    async def takes_ready_answer(self, name: str) -> str:
        """With the keyboard alone: `a` leads to the field, `/` to what is kept ready; its text."""
        field = self.page.locator("#answer")
        await self.page.keyboard.press("a")
        await expect(field).to_be_focused()
        await self.page.keyboard.type(f"/{name}")
        await expect(self.page.locator("[aria-selected=true]")).to_contain_text(name)
        await self.page.keyboard.press("Enter")
        await expect(field).not_to_have_value(re.compile("^/"))
        return await field.input_value()

    async def is_about_to(self, name: str) -> None:
        """Have a button under the finger: what is in use is not renewed, whatever happens meanwhile."""
        await self.page.get_by_role("button", name=self.t(name), exact=True).focus()

    async def sends_by_keyboard(self) -> None:
        """Ctrl+Enter in the field."""
        await self.page.keyboard.press("Control+Enter")
        await self.sees("The answer is on its way.")


@asynccontextmanager
async def operator(
    running: Browser, demo: Demo, login: str, t: Texts, **options: Any
) -> AsyncIterator[Operator]:
    """Somebody of the demo's contact centre who has signed in; the browser had nothing to complain of."""
    context = await running.new_context(**{**DESKTOP, **options})
    context.set_default_timeout(PATIENCE_MS)
    try:
        somebody = Operator(await context.new_page(), demo.url, t)
        await somebody.signs_in(login, await demo.password_of(login))
        yield somebody
        assert somebody.troubles == []
    finally:
        await context.close()
