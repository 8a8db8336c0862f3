"""Who may open which page: every route with every role, and with nobody."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.web.console import guard
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May, allows
from bot.web.console.routes import PAGES, console_routes
from bot.web.console.visit import Visit
from bot.web.flood import VISITS_OF_A_SESSION
from domain.staff import StaffRole
from storage.database import Database
from tests.fakes.console_site import Desk, running_desk

NOT_FOR_YOU = "This page is not for your role."
ROUTES = [(page.method, page.path) for page in PAGES]
FOR_ALL = {May.SIGN_IN, May.BE_HERE}


@pytest.fixture
async def desk(sqlite: Database) -> AsyncIterator[Desk]:
    """A console with somebody of every role, none of whom has any house."""
    async with running_desk(sqlite) as running:
        for role in StaffRole:
            await running.hires(f"the-{role.value}", role.value)
        yield running


def with_any_id(path: str) -> str:
    """A path whose places are filled with a number that nothing has."""
    return "/".join("12345" if part.startswith("{") else part for part in path.split("/"))


def test_every_page_declares_who_may_open_it() -> None:
    assert [page.path for page in PAGES if page.may is None] == []
    assert len(set(ROUTES)) == len(ROUTES)


@pytest.mark.parametrize("role", StaffRole)
async def test_every_page_opens_to_the_roles_it_is_for_and_to_no_other(desk: Desk, role: StaffRole) -> None:
    wrong = []
    async with desk.browser(f"the-{role.value}") as browser:
        mark = (await browser.opens("")).form("sign-out").fields["csrf"]
        for page in sorted(PAGES, key=lambda each: each.path == "sign-out"):
            path = ROOT + with_any_id(page.path)
            seen = await (
                browser.opens(path.removeprefix(ROOT))
                if page.method == "GET"
                else browser.posts(path, {"csrf": mark})
            )
            refused = seen.status == 403 and NOT_FOR_YOU in seen.text
            if refused is allows(page.may, role.value) or seen.status >= 500:
                wrong.append((page.method, page.path, seen.status))

    assert wrong == []


async def test_nobody_opens_a_page_without_signing_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # There are more pages than a stranger may ask for in a minute.
    monkeypatch.setattr(guard, "VISITS_OF_AN_ADDRESS", VISITS_OF_A_SESSION)
    async with desk.browser() as browser:
        for page in PAGES:
            path = with_any_id(page.path)
            seen = await (browser.opens(path) if page.method == "GET" else browser.posts(ROOT + path, {}))

            assert seen.path == "/console/sign-in", page.path


@pytest.mark.parametrize("role", StaffRole)
def test_no_role_may_do_what_is_nobodys(role: StaffRole) -> None:
    assert not allows(None, role.value)
    assert {may for may in May if allows(may, role.value)} >= FOR_ALL
    assert not allows(May.BE_HERE, "somebody-else")


async def test_a_page_that_declares_nothing_is_refused_to_everybody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def draw(visit: Visit) -> web.Response:
        return visit.page("message", title="a secret")

    monkeypatch.setattr("bot.web.console.routes.PAGES", (*PAGES, Page("GET", "forgotten", draw)))
    async with running_desk(desk.database) as other, other.browser("the-admin") as browser:
        seen = await browser.opens("forgotten")

    assert seen.status == 403
    assert "a secret" not in seen.text


def test_every_path_of_the_console_goes_through_its_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    through: list[str] = []

    def guarded(_: object, page: Page) -> object:
        through.append(f"{page.method} {ROOT}{page.path}")
        return lambda request: None

    monkeypatch.setattr(guard, "guarded", guarded)
    parts = type("Parts", (), {"secret_key": "a secret", "behind_tls": False})()
    routes = console_routes(parts, None, None)  # type: ignore[arg-type]

    assert {f"{route.method} {route.path}" for route in routes} - set(through) == {"GET /console"}
