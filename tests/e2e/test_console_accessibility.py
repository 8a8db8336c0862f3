"""axe on every page of the console, for every role that may open it: desktop and phone, light and dark."""

from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.texts import texts_in
from bot.web.console.permission import allows
from bot.web.console.routes import PAGES
from domain.staff import StaffRole
from storage.database import Database
from storage.keyring import Keyring
from storage.transaction import Transaction
from storage.vault import Vault
from tests.e2e.looking import axe_faults, faults_of, too_small_for_a_thumb
from tests.e2e.person import DESKTOP, PHONE
from tests.e2e.staff import Clerk, clerk
from tests.fakes.clock import SetClock
from tests.fakes.console_site import running_desk
from tests.fakes.staff_browser import PASSWORD
from tests.integration.desk_city import City
from tests.integration.filled_chat import filled_chat
from tests.integration.starred import closed
from tests.integration.test_console_foreign import NAMES, THINGS, Town
from tests.kept_engines import fresh_copy

pytestmark = pytest.mark.chromium
LOOKED_AT_ELSEWHERE = {
    "sign-in/code": "test_console_sign_in: it comes after a password",
    "account/second-step": "test_console_sign_in: it comes after a password",
    "account/new-password": "test_console_sign_in: it comes after a password that was made for somebody",
}
NO_PAGES = {"account/second-step/picture", "chats/{conversation}/news", "live", "session"}
WALKED = [
    page.path
    for page in PAGES
    if page.method == "GET" and page.path not in LOOKED_AT_ELSEWHERE.keys() | NO_PAGES
]
VIEWS: Mapping[str, tuple[str, str]] = {
    "desktop, light": ("desktop", "light"),
    "desktop, dark": ("desktop", "dark"),
    "phone, dark": ("phone", "dark"),
    "phone, light": ("phone", "light"),
}
OPENED = "all => all.forEach(one => one.open = true)"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def town(template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A city with one of everything that a page shows, and somebody of every role."""
    url = f"sqlite+aiosqlite:///{fresh_copy(template, tmp_path_factory.mktemp('town') / 'kezek.db')}"
    database = await Database.open(url, Vault(Keyring.from_secret("a secret of the tests")), SetClock())
    try:
        async with running_desk(database) as desk:
            city = await database.write(City)
            for role in StaffRole:
                rights = {"territories": [city.territory_id]}
                if role is StaffRole.KINDERGARTEN:
                    rights = {"kindergartens": [city.amina.id]}
                somebody = await desk.hires(f"the-{role.value}", role.value, **rights)
                if role is StaffRole.OPERATOR:
                    await database.write(partial(_rated, city, somebody))
            ids = await database.write(lambda tx: {name: make(tx, city) for name, make in THINGS.items()})
            ids["conversation"] = await database.write(lambda tx: filled_chat(tx, city))
            yield Town(desk, ids)
    finally:
        await database.close()


def _rated(city: City, staff_id: int, tx: Transaction) -> None:
    """Questions that somebody has closed, and what they got; more bad ones than a page has."""
    for given in (5, None, *[1] * 21):
        closed(tx, staff_id, tx.now, place=city.territory_id, stars=given)


@pytest.mark.parametrize("role", StaffRole)
async def test_axe_finds_nothing_serious_on_any_page(browser: Browser, town: Town, role: StaffRole) -> None:
    found: dict[str, list[str]] = {}
    seen = {**DESKTOP, "reduced_motion": "reduce", "bypass_csp": True}

    async with clerk(browser, town.desk.url, texts_in("kk"), **seen) as somebody:
        await somebody.signs_in(f"the-{role.value}", PASSWORD)
        for path in _paths_of(role):
            await _opens(somebody, town, path)
            await somebody.page.locator("details").evaluate_all(OPENED)
            for name, (device, scheme) in VIEWS.items():
                found[f"{path}: {name}"] = await _faults(somebody.page, device, scheme)

        assert {where: faults for where, faults in found.items() if faults} == {}
        assert somebody.troubles == []


def test_each_page_is_walked_by_somebody() -> None:
    walked = {path for role in StaffRole for path in _paths_of(role)}

    assert set(WALKED) - walked == {"sign-in"}


async def test_axe_finds_nothing_serious_where_one_signs_in(browser: Browser, town: Town) -> None:
    seen = {**DESKTOP, "reduced_motion": "reduce", "bypass_csp": True}
    async with clerk(browser, town.desk.url, texts_in("kk"), **seen) as somebody:
        await somebody.page.goto(f"{town.desk.url}/console/sign-in?lang=kk")
        found = {
            name: await _faults(somebody.page, device, scheme) for name, (device, scheme) in VIEWS.items()
        }

    assert {where: faults for where, faults in found.items() if faults} == {}


def _paths_of(role: StaffRole) -> list[str]:
    mays = {page.path: page.may for page in PAGES if page.method == "GET"}
    return [path for path in WALKED if path != "sign-in" and allows(mays[path], role.value)]


async def _opens(somebody: Clerk, town: Town, path: str) -> None:
    """Open a page, and be sure that it is that one."""
    if path == "assist/{assisted}":
        # It is there for nobody but who began it.
        await somebody.page.goto(f"{town.desk.url}/console/assist")
        await somebody.presses("Begin")
        return
    filled = NAMES.sub(lambda name: str(town.ids[name[1]]), path)
    answer = await somebody.page.goto(f"{town.desk.url}/console/{filled}")
    assert answer is not None
    assert (answer.status, answer.url) == (200, f"{town.desk.url}/console/{filled}")


async def _faults(page: Page, device: str, scheme: Any) -> list[str]:
    """The rules that are broken, and where. Light and dark differ in nothing but colours."""
    await page.set_viewport_size((PHONE if device == "phone" else DESKTOP)["viewport"])
    await page.emulate_media(color_scheme=scheme)
    broken = await axe_faults(page, *(["color-contrast"] if scheme == "dark" else []))
    thumbs = await too_small_for_a_thumb(page) if device == "phone" else []
    return [*broken, *await faults_of(page), *thumbs]


async def test_axe_says_what_is_wrong(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content('<html lang="kk"><title>Кезек</title><main><h1>Кезек</h1><button></button></main>')

    found = await axe_faults(page)

    assert found == ["button-name (critical): <button></button>"]
    await page.close()


async def test_what_is_too_small_for_a_thumb_is_found_and_links_among_words_are_let_be(
    browser: Browser,
) -> None:
    page = await browser.new_page()
    small, large = (f'<button style="height: {high}px; width: 80px"></button>' for high in (43, 44))
    await page.set_content(f'<p>Кезек <a href="/">осында</a></p>{small}{large}')

    assert await too_small_for_a_thumb(page) == [f"80 × 43: {small}"]
    await page.close()
