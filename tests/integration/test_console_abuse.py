"""What no page of the console lets pass, whoever made the page: each is walked through by a role it is for.

Forged forms, forms of another kind, what is too much, ids that are none, addresses of others' sites, cookies
from before signing out; headers, and nothing inline.
"""

import re
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import ClientResponse, FormData

from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May, allows
from bot.web.console.routes import PAGES
from bot.web.server import REQUEST_BYTES, TEMPLATES
from domain.staff import StaffRole
from storage.database import Database
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import READ, StaffBrowser

GETS = [page for page in PAGES if page.method == "GET"]
POSTS = [page for page in PAGES if page.method == "POST"]
GUARDED = [page for page in POSTS if page.may is not May.SIGN_IN]
WITH_IDS = [page for page in PAGES if "{" in page.path]
ENDS_THE_SESSION = "sign-out"
PARTS = "multipart/form-data; boundary=x"
FORM = "application/x-www-form-urlencoded"
EVIL = "https://evil.example/"


class Office:
    """A console with a browser for each role, all in one place."""

    def __init__(self, desk: Desk, browsers: dict[str, StaffBrowser], marks: dict[str, str]) -> None:
        self.desk = desk
        self.browsers = browsers
        self.marks = marks

    def role_for(self, page: Page) -> str:
        """Some role that the page is open to."""
        return next(role.value for role in StaffRole if allows(page.may, role.value))

    def browser_for(self, page: Page) -> StaffBrowser:
        return self.browsers[self.role_for(page)]

    def fields(self, page: Page, **more: str) -> dict[str, str]:
        """A form that the guard takes."""
        return {"csrf": self.marks[self.role_for(page)], "once": secrets.token_urlsafe(12), **more}

    async def asks(self, page: Page, path: str = "", **options: object) -> ClientResponse:
        """What comes to one request, redirects not followed. Of a stream only the head is read."""
        browser = self.browser_for(page)
        headers = {"Origin": self.desk.url, **options.pop("headers", {})}  # type: ignore[dict-item]
        url = f"{self.desk.url}{ROOT}{path or filled(page.path)}"
        if page.takes_file and isinstance(options.get("data"), dict):
            options["data"] = in_parts(options["data"])  # type: ignore[arg-type]
        method = str(options.pop("method", page.method))
        answer = await browser.http.request(
            method,
            url,
            headers=headers,
            allow_redirects=False,
            **options,  # type: ignore[arg-type]
        )
        if answer.content_type in READ:
            await answer.read()
        answer.close()
        return answer


def in_parts(fields: dict[str, str]) -> FormData:
    """The fields of a form that may have a file in it."""
    parts = FormData(default_to_multipart=True)
    for name, value in fields.items():
        parts.add_field(name, value)
    return parts


def filled(path: str, with_id: str = "12345") -> str:
    """The path with that in the place of each id."""
    return re.sub(r"\{[^}]*\}", with_id, path)


def told(page: Page, answer: ClientResponse) -> tuple[str, str, int]:
    return page.method, page.path, answer.status


@pytest.fixture
async def office(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    """Somebody of every role, signed in. How fast one may ask is another test's subject."""
    monkeypatch.setattr("bot.web.console.guard.require_room", _room)
    browsers, marks = {}, {}
    async with running_desk(sqlite) as desk, AsyncExitStack() as stack:
        for role in StaffRole:
            await desk.hires(f"the-{role.value}", role.value)
            browser = await stack.enter_async_context(desk.browser(f"the-{role.value}"))
            browsers[role.value] = browser
            marks[role.value] = (await browser.opens("")).form(ENDS_THE_SESSION).fields["csrf"]
        yield Office(desk, browsers, marks)


async def _room(*_: object) -> None:
    """There always is."""


async def test_a_form_without_the_mark_of_its_session_or_from_elsewhere_is_refused(office: Office) -> None:
    taken = []
    for page in GUARDED:
        own = office.fields(page)
        stranger = next(mark for mark in office.marks.values() if mark != own["csrf"])
        for data, origin in (
            ({}, office.desk.url),
            (own | {"csrf": ""}, office.desk.url),
            (own | {"csrf": stranger}, office.desk.url),
            (own, EVIL.rstrip("/")),
            (own, "null"),
            (own, ""),
        ):
            answer = await office.asks(page, data=data, headers={"Origin": origin})
            if answer.status != 403:
                taken.append(told(page, answer))

    assert taken == []


async def test_a_form_of_another_kind_is_taken_by_no_page(office: Office) -> None:
    taken = []
    for page in POSTS:
        for kind in ("application/json", "text/plain", FORM if page.takes_file else PARTS, ""):
            answer = await office.asks(page, data=b"csrf=x", headers={"Content-Type": kind})
            if answer.status != 415:
                taken.append((*told(page, answer), kind))

    assert taken == []


async def test_what_calls_itself_parts_and_has_none_is_refused(office: Office) -> None:
    broken = []
    for page in POSTS:
        for kind in (PARTS, "multipart/form-data") if page.takes_file else ():
            answer = await office.asks(page, data=b"csrf=x", headers={"Content-Type": kind})
            if answer.status not in (400, 403):
                broken.append((*told(page, answer), kind))

    assert broken == []


async def test_what_is_far_too_much_is_not_read(office: Office) -> None:
    broken = []
    for page in POSTS:
        fields = office_form(office, page, "1") | {"more": "x" * REQUEST_BYTES}
        body = BytesIO(urlencode(fields).encode())
        answer = await (
            office.asks(page, data=fields)
            if page.takes_file
            else office.asks(page, data=body, headers={"Content-Type": FORM})
        )
        if answer.status != 413:
            broken.append(told(page, answer))

    assert broken == []


ODD_VALUES = (
    "",
    "x" * 5_000,
    "-1",
    "9" * 40,
    "٣",
    "\0",
    "\ud7ff\u202e",
    "<script>alert(1)</script>",
    "%s%n",
)


def names_of_fields() -> list[str]:
    """Whatever any form of ours calls its fields."""
    found: set[str] = set()
    for template in templates():
        found |= set(re.findall(r'name="([a-z_-]+)"', template.read_text()))
    return sorted(found - {"csrf", "once", "viewport", "color-scheme", "robots"})


def office_form(office: Office, page: Page, value: str) -> dict[str, str]:
    """A form in whose every field stands the same."""
    if page.may is May.SIGN_IN:
        return {"mark": "", "login": value, "password": value}
    return dict.fromkeys(names_of_fields(), value) | office.fields(page)


async def test_odd_values_in_every_field_break_no_page_and_come_back_as_text(office: Office) -> None:
    broken = []
    for page in POSTS:
        if page.path == ENDS_THE_SESSION:
            continue
        for value in ODD_VALUES:
            answer = await office.asks(page, data=office_form(office, page, value))
            if answer.status >= 500 or "<script>alert" in await answer.text():
                broken.append((*told(page, answer), value[:20]))

    assert broken == []


async def test_a_form_with_nothing_but_its_mark_has_no_server_stumble(office: Office) -> None:
    broken = []
    for page in GUARDED:
        if page.path == ENDS_THE_SESSION:
            continue
        for data in (
            office.fields(page),
            {"csrf": office.fields(page)["csrf"]},
            office.fields(page, once="x"),
        ):
            answer = await office.asks(page, data=data)
            if answer.status >= 500:
                broken.append(told(page, answer))

    assert broken == []


NO_IDS = (
    "0",
    "-1",
    "1e3",
    "12345",
    "99999999999999999999999",
    "%D9%A3",
    "1%27%20OR%201=1",
    "%00",
    "a",
    "..%2F..",
)


async def test_what_is_no_id_of_ours_is_not_there(office: Office) -> None:
    there = []
    for page in WITH_IDS:
        for name in NO_IDS:
            data = office_form(office, page, "1") if page.method == "POST" else None
            answer = await office.asks(page, filled(page.path, name), data=data)
            if answer.status != 404 and not is_refused_before_the_id(page, answer):
                there.append((*told(page, answer), name))

    assert there == []


def is_refused_before_the_id(page: Page, answer: ClientResponse) -> bool:
    """Fields are looked at before the id where that tells nothing of it."""
    return page.method == "POST" and answer.status in (400, 422)


async def test_a_method_is_what_it_is(office: Office) -> None:
    taken = []
    paths_with_post = {page.path for page in POSTS}
    for page in GETS:
        for method in ("PUT", "PATCH", "DELETE", "TRACE"):
            answer = await office.asks(page, method=method)
            if answer.status != 405:
                taken.append((*told(page, answer), method))
        if page.path not in paths_with_post:
            answer = await office.asks(page, method="POST", data={"_method": "GET"})
            if answer.status != 405:
                taken.append((*told(page, answer), "POST"))
    paths_with_get = {page.path for page in GETS}
    for page in POSTS:
        if page.path not in paths_with_get and page.may is not May.SIGN_IN:
            headers = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST"}
            answer = await office.asks(page, method="GET", headers=headers)
            if answer.status not in (404, 405):
                taken.append((*told(page, answer), "GET"))

    assert taken == []


ELSEWHERE = (EVIL, "//evil.example", "/\\evil.example", "javascript:alert(1)", "/console//evil.example")


async def test_no_page_leads_to_another_site(office: Office) -> None:
    astray = []
    for page in sorted(PAGES, key=lambda each: each.path == ENDS_THE_SESSION):
        for target in ELSEWHERE:
            named = dict.fromkeys(("next", "to", "back", "leads_to", "return", "url"), target)
            data = office_form(office, page, "1") | named if page.method == "POST" else None
            answer = await office.asks(page, params=named, data=data)
            location = answer.headers.get("Location", ROOT)
            if not location.startswith(ROOT) or location.startswith(f"{ROOT}/"):
                astray.append((*told(page, answer), location))

    assert astray == []


async def test_cookies_from_before_signing_out_open_nothing(office: Office) -> None:
    opened = []
    for role, browser in office.browsers.items():
        token = browser.cookies["kezek_console"]
        await browser.posts(f"{ROOT}sign-out", {"csrf": office.marks[role]})
        browser.http.cookie_jar.update_cookies({"kezek_console": token})
    for page in PAGES:
        if page.may is May.SIGN_IN:
            continue
        answer = await office.asks(page, data=office.fields(page) if page.method == "POST" else None)
        if answer.status != 303 or not answer.headers["Location"].startswith(f"{ROOT}sign-in"):
            opened.append(told(page, answer))

    assert opened == []


async def test_every_answer_is_kept_by_nobody_framed_by_nobody_and_runs_nothing_inline(
    office: Office,
) -> None:
    open_to_others = []
    for page in sorted(PAGES, key=lambda each: each.path == ENDS_THE_SESSION):
        answer = await office.asks(page, data=office.fields(page) if page.method == "POST" else None)
        policy = answer.headers.get("Content-Security-Policy", "")
        parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
        is_strict = (
            {parts.get("default-src"), parts.get("base-uri"), parts.get("frame-ancestors")} == {"'none'"}
            and {parts.get("script-src"), parts.get("style-src"), parts.get("form-action")} == {"'self'"}
            and not re.search(r"unsafe|\*|https?:|data:|blob:", policy)
        )
        if not is_strict or answer.headers.get("Cache-Control") != "no-store":
            open_to_others.append((*told(page, answer), policy))

    assert open_to_others == []


class Inline(HTMLParser):
    """Notes what a policy without `unsafe-inline` would not run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [f"{tag} {name}" for name in given if re.fullmatch("style|on[a-z]+", name)]
        self.found += [
            f"{tag} {value}" for value in given.values() if (value or "").startswith("javascript:")
        ]
        is_data = given.get("type") == "application/json"
        if tag == "style" or (tag == "script" and not given.get("src") and not is_data):
            self.found.append(tag)


def templates() -> Iterator[Path]:
    """What the console's pages are drawn from."""
    return (TEMPLATES / "console").rglob("*.html")


def inline_in(html: str) -> list[str]:
    reader = Inline()
    reader.feed(html)
    return reader.found


def test_nothing_stands_inline_in_any_template() -> None:
    found = {each.name: inline_in(each.read_text()) for each in templates()}

    assert len(found) > 10
    assert {name: faults for name, faults in found.items() if faults} == {}


async def test_nothing_stands_inline_on_any_page_as_it_is_drawn(office: Office) -> None:
    found = {}
    for page in GETS:
        answer = await office.asks(page)
        html = await answer.text() if answer.content_type == "text/html" else ""
        if inline_in(html):
            found[page.path] = inline_in(html)

    assert found == {}


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color:red'>",
        "<a onclick=x()>",
        "<script>x()</script>",
        "<style>p{}</style>",
        "<a href=javascript:x>",
    ],
)
def test_what_is_inline_would_be_found(html: str) -> None:
    assert inline_in(html)
