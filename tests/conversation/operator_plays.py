"""An operator who helps a family on the telephone: the console's pages, as they are seen and pressed."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from html import unescape

from bot.ports.sms import SentSms
from storage import staff
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.inside import QUICK
from tests.conversation.waiting import until
from tests.fakes.staff_browser import PASSWORD, SeenForm, SeenPage, StaffBrowser, staff_browser

_BUTTON = re.compile(
    r'name="once" value="([^"]+)">\s*<input type="hidden" name="press" value="([^"]+)">\s*'
    r"<button[^>]*>([^<]+)<"
)
_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


class Operator:
    """Somebody who is signed in, and the page of the family that is helped."""

    def __init__(self, house: House, browser: StaffBrowser) -> None:
        self.house = house
        self.browser = browser
        self.page: SeenPage
        self.number_asked = ""

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons of the screen."""
        return [unescape(label) for _, _, label in _BUTTON.findall(self.page.html)]

    @property
    def sees(self) -> str:
        """All words of the page."""
        return self.page.text

    @property
    def number(self) -> str:
        """The conversation's, in the path."""
        return self.page.path.split("/")[3]

    async def begins(self, language: str = "en") -> None:
        """Begin with a family of that language."""
        form = (await self.browser.opens("assist")).form("begin")
        self.page = await self.browser.sends(form, language=language)
        await self._settles()

    async def says(self, text: str) -> None:
        """Type what the family says."""
        form = next(each for each in self.page.forms if "text" in each.fields)
        self.page = await self.browser.sends(form, text=text)
        await self._settles()

    async def presses(self, label: str) -> None:
        """Press a button of the screen."""
        self.page = await self.browser.sends(self.form_of(label))
        await self._settles()

    async def sends_file(self, name: str, kind: str, content: bytes, **fields: str) -> None:
        """Choose a file and send it."""
        form = self.page.form("file")
        self.number_asked = self.number
        self.page = await self.browser.sends_file(
            SeenForm(form.action, {**form.fields, **fields}), name, kind, content
        )
        await self._settles()

    def form_of(self, label: str) -> SeenForm:
        """The form whose button says so."""
        for once, action, said in _BUTTON.findall(self.page.html):
            if unescape(said) == label:
                form = self.page.form(self.number)
                return SeenForm(
                    form.action, {"csrf": form.fields["csrf"], "once": once, "press": unescape(action)}
                )
        raise AssertionError(f"no button {label!r}, only {self.labels} on:\n{self.page.text}")

    async def finishes(self) -> SeenPage:
        """End it."""
        return await self.browser.sends(self.page.form("finish"))

    async def code_sent_to(self, phone: str) -> str:
        """The newest code in an SMS to a phone."""
        sent = [each.text for each in await self.texts_to(phone) if _CODE.search(each.text)]
        found = _CODE.search(sent[-1])
        assert found is not None
        return found.group()

    async def texts_to(self, phone: str) -> Sequence[SentSms]:
        """The SMS to a phone, once all that waits is sent."""
        await until(lambda: self.house.delivery.idle, "all that waits to be sent")
        return [each for each in self.house.sms.sent if each.to == phone]

    async def agrees_with(self, phone: str) -> None:
        """The territory, the family's phone, and the code that it reads out."""
        await self.says("Turkistan")
        await self.says(phone)
        await self.says(await self.code_sent_to(phone))

    async def _settles(self) -> None:
        for _ in range(500):
            if "An answer is on its way." not in self.page.text:
                return
            self.page = await self.browser.opens(self.page.path.removeprefix("/console/"))
        raise AssertionError(f"an answer never came:\n{self.page.text}")


async def hires(house: House, login: str, territories: Sequence[int] = ()) -> int:
    """An operator is written down."""

    def work(tx: Transaction) -> int:
        return staff.add(
            tx,
            login=login,
            password_hash=QUICK.hash(PASSWORD),
            role="operator",
            language="en",
            territories=territories,
            kindergartens=[],
            at=tx.now,
        )

    found: int = await house.write(work)
    return found


@asynccontextmanager
async def operator(house: House, login: str = "aigul") -> AsyncIterator[Operator]:
    """One who has signed in; was written down before."""
    await house.opens_the_web()
    async with staff_browser(house.url) as browser:
        assert (await browser.signs_in(login)).path == "/console/"
        yield Operator(house, browser)
