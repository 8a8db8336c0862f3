"""Signing in to the console: sessions, cookies, forged forms, limits on tries, nobody led astray."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.tables import audit, staff_session
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import PASSWORD, StaffBrowser

WRONG = "Login or password is wrong."


@pytest.fixture
async def desk(sqlite: Database) -> AsyncIterator[Desk]:
    """A console with one login."""
    async with running_desk(sqlite) as running:
        await running.hires("amina", "kindergarten")
        yield running


def session_of(browser: StaffBrowser) -> str:
    return browser.cookies["kezek_console"]


async def test_whoever_signs_in_is_led_to_the_page_that_was_asked_for(desk: Desk) -> None:
    async with desk.browser() as browser:
        asked = await browser.opens("")
        page = await browser.signs_in("Amina ")

    assert asked.path == "/console/sign-in"
    assert (page.status, page.path) == (200, "/console/")
    assert "amina" in page.text


ELSEWHERE = (
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
    "/console/../chat/",
    "/console//evil.example",
    "/console/\n//evil.example",
    "javascript:alert(1)",
    "/console/x?y=//evil.example",
    "/chat/",
)


async def test_nobody_is_led_elsewhere_by_signing_in_or_by_a_language(desk: Desk) -> None:
    led_to = set()
    async with desk.browser() as browser:
        for target in ELSEWHERE:
            browser.http.cookie_jar.clear()
            form = (await browser.opens("sign-in?lang=en")).form("sign-in")
            page = await browser.sends(form, login="amina", password=PASSWORD, next=target)
            spoken = await browser.sends(page.form("language"), language="ru", to=target)
            led_to |= {page.path, spoken.path}

    assert led_to == {"/console/"}


async def test_an_unknown_login_and_a_wrong_password_get_the_same_answer(desk: Desk) -> None:
    async with desk.browser() as browser:
        wrong = await browser.signs_in("amina", "not the password")
        unknown = await browser.signs_in("nobody", "not the password")

    assert wrong.status == unknown.status == 403
    assert WRONG in wrong.text
    assert wrong.text == unknown.text


ODD_WORDS: list[tuple[str | None, str | None, int]] = [
    ("", PASSWORD, 422),
    ("amina", "", 422),
    (None, None, 422),
    ("a" * 65, PASSWORD, 403),
    ("amina", "p" * 201, 403),
    ("amina\0", PASSWORD, 403),
    ("\0", "p\0", 403),
    ("' OR 1=1 --", PASSWORD, 403),
]


async def test_missing_long_and_odd_words_do_not_sign_in(database: Database) -> None:
    async with running_desk(database) as desk, desk.browser() as browser:
        await desk.hires("amina", "kindergarten")
        form = (await browser.opens("sign-in?lang=en")).form("sign-in")
        seen = [await browser.sends(form, login=login, password=word) for login, word, _ in ODD_WORDS]

        assert [page.status for page in seen] == [status for _, _, status in ODD_WORDS]
        assert "kezek_console" not in browser.cookies


@pytest.mark.parametrize("login", ["amina", "nobody"])
async def test_after_five_wrong_passwords_no_other_is_looked_at_for_a_while(desk: Desk, login: str) -> None:
    async with desk.browser() as browser:
        tried = [(await browser.signs_in(login, f"wrong {number}")).status for number in range(6)]
        right = await browser.signs_in(login)
        desk.later(minutes=15)
        later = await browser.signs_in(login)

    assert tried == [403] * 5 + [429]
    assert "Too many tries." in right.text
    assert later.path == ("/console/" if login == "amina" else "/console/sign-in")


async def test_the_right_password_takes_the_wrong_ones_off_the_count(desk: Desk) -> None:
    async with desk.browser() as browser:
        for _ in range(3):
            for _ in range(4):
                await browser.signs_in("amina", "wrong")
            page = await browser.signs_in("amina")
            await browser.sends(page.form("sign-out"))

    assert page.path == "/console/"


async def test_an_address_cannot_try_many_logins(desk: Desk) -> None:
    async with desk.browser() as browser:
        tried = [(await browser.signs_in(f"somebody-{number}", "wrong")).status for number in range(31)]

    assert tried == [403] * 30 + [429]


async def test_a_session_has_a_new_name_after_each_sign_in_and_a_planted_one_is_worth_nothing(
    desk: Desk,
) -> None:
    async with desk.browser() as browser:
        browser.http.cookie_jar.update_cookies({"kezek_console": "planted-by-an-attacker"})
        await browser.signs_in("amina")
        first = session_of(browser)
        form = (await browser.opens("sign-in")).path
        browser.http.cookie_jar.clear()
        await browser.signs_in("amina")
        second = session_of(browser)

    assert len({"planted-by-an-attacker", first, second}) == 3
    assert form == "/console/"


async def test_signing_in_ends_the_session_that_the_browser_had_before(desk: Desk) -> None:
    async with desk.browser() as browser, desk.browser() as thief:
        form = (await browser.opens("sign-in?lang=en")).form("sign-in")
        await browser.sends(form, login="amina", password=PASSWORD)
        stolen = session_of(browser)
        await browser.sends(form, login="amina", password=PASSWORD)
        thief.http.cookie_jar.update_cookies({"kezek_console": stolen})

        assert (await thief.opens("")).path == "/console/sign-in"
        assert (await browser.opens("")).path == "/console/"


async def test_a_cookie_from_before_signing_out_opens_nothing(desk: Desk) -> None:
    async with desk.browser("amina") as browser:
        token = session_of(browser)
        home = await browser.opens("")
        out = await browser.sends(home.form("sign-out"))
        browser.http.cookie_jar.update_cookies({"kezek_console": token})
        replayed = await browser.opens("")
        posted = await browser.sends(home.form("language"), language="ru")

    assert "You are signed out." in out.text
    assert replayed.path == posted.path == "/console/sign-in"


async def test_an_idle_session_ends_and_its_form_has_no_effect(desk: Desk) -> None:
    async with desk.browser("amina") as browser:
        home = await browser.opens("")
        desk.later(minutes=59)
        assert (await browser.opens("")).path == "/console/"
        desk.later(minutes=60)
        posted = await browser.sends(home.form("language"), language="ru")

    assert posted.path == "/console/sign-in"
    assert "your session is over" in posted.text


FORGED = (("", None), ("0" * 43, None), ("үт", None), ("own", "https://evil.example"), ("own", "null"))


async def test_a_forged_form_is_refused(desk: Desk) -> None:
    async with desk.browser("amina") as browser:
        own = (await browser.opens("")).form("sign-out").fields["csrf"]
        sent = [
            await browser.posts("/console/sign-out", {"csrf": own if mark == "own" else mark}, origin)
            for mark, origin in FORGED
        ]
        home = await browser.opens("")

    assert {page.status for page in sent} == {403}
    assert home.path == "/console/"


async def test_the_mark_of_another_session_is_refused(desk: Desk) -> None:
    async with desk.browser("amina") as attacker, desk.browser("amina") as browser:
        mark = (await attacker.opens("")).form("sign-out").fields["csrf"]
        sent = await browser.posts("/console/sign-out", {"csrf": mark})

    assert sent.status == 403


async def test_a_sign_in_form_of_another_browser_signs_nobody_in(desk: Desk) -> None:
    async with desk.browser() as attacker, desk.browser() as browser:
        form = (await attacker.opens("sign-in?lang=en")).form("sign-in")
        await browser.opens("sign-in")
        page = await browser.sends(form, login="amina", password=PASSWORD)

        assert page.status == 403
        assert "kezek_console" not in browser.cookies


async def test_a_form_of_another_kind_is_refused(desk: Desk) -> None:
    seen = set()
    async with desk.browser("amina") as browser:
        for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
            headers = {"Origin": desk.url, "Content-Type": kind}
            url = f"{desk.url}/console/sign-out"
            async with browser.http.post(url, data=b"{}", headers=headers) as answer:
                seen.add(answer.status)

    assert seen == {415}


async def test_pages_are_kept_by_nobody_framed_by_nobody_and_run_nothing_inline(desk: Desk) -> None:
    async with desk.browser("amina") as browser, browser.http.get(f"{desk.url}/console/") as answer:
        headers = answer.headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert [name for name in headers if name not in policy and "unsafe" in headers[name]] == []


@pytest.mark.parametrize(
    ("public_url", "secure"), [("http://localhost:8080", False), ("https://kezek.example", True)]
)
async def test_cookies_belong_to_the_console_alone(sqlite: Database, public_url: str, secure: bool) -> None:
    async with running_desk(sqlite, public_url) as desk, desk.browser() as browser:
        await desk.hires("amina", "kindergarten")
        form = (await browser.opens("sign-in?lang=en")).form("sign-in")
        tied = next(each for each in browser.http.cookie_jar)
        data = form.fields | {"login": "amina", "password": PASSWORD}
        shown = {"Origin": public_url, "Cookie": f"{tied.key}={tied.value}"}
        url = f"{desk.url}/console/sign-in"
        async with browser.http.post(url, data=data, headers=shown, allow_redirects=False) as answer:
            given = answer.cookies["kezek_console"]

    assert answer.status == 303
    assert (given["path"], given["samesite"]) == ("/console", "Strict")
    assert given["httponly"] is True
    assert bool(given["secure"]) is secure


async def test_who_came_and_went_stands_in_the_audit_and_the_token_nowhere(desk: Desk) -> None:
    async with desk.browser("amina") as browser:
        token = session_of(browser)
        await browser.sends((await browser.opens("")).form("sign-out"))

    rows = await desk.database.read(lambda tx: tx.conn.execute(audit.select()).mappings().all())
    sessions = await desk.database.read(lambda tx: tx.conn.execute(staff_session.select()).all())
    assert [row["what"] for row in rows] == ["signed_in", "signed_out"]
    assert token not in repr(rows)
    assert sessions == []
