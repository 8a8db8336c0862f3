"""The second step of signing in: set up, asked for, each code good once, turned off."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.tables import audit, staff, staff_session
from tests.fakes.authenticator import Authenticator
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import PASSWORD, SeenPage, StaffBrowser

STEP = 30
NOT_RIGHT = "This code is not right, or it was used already."


class Phone:
    """An app that has read the secret, and the recovery codes on paper."""

    def __init__(self, desk: Desk, page: SeenPage) -> None:
        [secret] = re.findall(r'class="secret">([A-Z2-7 ]+)<', page.html)
        self.desk = desk
        self.app = Authenticator(secret)
        self.secret = secret.replace(" ", "")
        self.recovery = re.findall(r"<li>([a-z0-9-]{19})</li>", page.html)

    def shows(self, seconds: float = 0) -> str:
        """The code of now, or of so many seconds later."""
        return self.app.shows(self.desk.real + timedelta(seconds=seconds))


@pytest.fixture
async def desk(sqlite: Database) -> AsyncIterator[Desk]:
    """A console with one login."""
    async with running_desk(sqlite) as running:
        await running.hires("amina", "kindergarten")
        yield running


async def begins(browser: StaffBrowser, password: str = PASSWORD) -> SeenPage:
    form = (await browser.opens("account")).form("second-step/begin")
    return await browser.sends(form, password=password)


async def sets_up(desk: Desk, browser: StaffBrowser) -> Phone:
    page = await begins(browser)
    phone = Phone(desk, page)
    done = await browser.sends(page.form("second-step/confirm"), code=phone.shows())
    assert "The second step is on." in done.text
    desk.later(seconds=STEP)
    return phone


@pytest.fixture
async def phone(desk: Desk) -> Phone:
    """Amina's, who has set it up."""
    async with desk.browser("amina") as browser:
        return await sets_up(desk, browser)


async def is_in(browser: StaffBrowser) -> bool:
    return (await browser.opens("")).path == "/console/"


async def noted(desk: Desk) -> list[str]:
    asked = select(audit.c.what).where(audit.c.what != "signed_in").order_by(audit.c.id)
    return await desk.database.read(lambda tx: list(tx.conn.execute(asked).scalars()))


async def test_after_the_password_a_code_is_asked_for_and_leads_to_the_page_that_was_wanted(
    desk: Desk, phone: Phone
) -> None:
    async with desk.browser() as browser:
        asked = await browser.signs_in("amina", then="account")
        before = await is_in(browser)
        page = await browser.sends(asked.form("code"), code=phone.shows())

    assert (asked.path, before) == ("/console/sign-in/code", False)
    assert (page.status, page.path) == (200, "/console/account")


@pytest.mark.parametrize(
    ("seconds", "is_right"), [(-61, False), (-STEP, True), (0, True), (STEP, True), (2 * STEP, False)]
)
async def test_a_code_is_right_one_step_before_and_after_its_own(
    desk: Desk, phone: Phone, seconds: float, is_right: bool
) -> None:
    desk.later(seconds=10 * STEP)
    async with desk.browser() as browser:
        asked = await browser.signs_in("amina")
        await browser.sends(asked.form("code"), code=phone.shows(seconds))

        assert await is_in(browser) is is_right


async def test_a_code_is_good_once_and_none_before_it_after_it(desk: Desk, phone: Phone) -> None:
    seen = []
    for seconds in (0, 0, -STEP, STEP):
        async with desk.browser() as browser:
            asked = await browser.signs_in("amina")
            await browser.sends(asked.form("code"), code=phone.shows(seconds))
            seen.append(await is_in(browser))

    assert seen == [True, False, False, True]


async def test_a_recovery_code_is_good_once_however_it_is_written(desk: Desk, phone: Phone) -> None:
    seen = []
    first, second = phone.recovery[:2]
    for code in (f" {first.upper().replace('-', ' ')} ", first, second):
        async with desk.browser() as browser:
            asked = await browser.signs_in("amina")
            await browser.sends(asked.form("code"), code=code)
            seen.append(await is_in(browser))

    assert len(set(phone.recovery)) == 10
    assert seen == [True, False, True]


@pytest.mark.parametrize(
    "code", ["", "000000", "12345", "1234567", "abcdef", "٠٠٠٠٠٠", "\0", "9" * 5000, "ү"]
)
async def test_what_is_no_code_opens_nothing(desk: Desk, phone: Phone, code: str) -> None:
    async with desk.browser() as browser:
        asked = await browser.signs_in("amina")
        page = await browser.sends(asked.form("code"), code=code)

        assert (page.status, await is_in(browser)) == (403, False)
        assert NOT_RIGHT in page.text


async def test_after_five_wrong_codes_the_password_is_asked_for_again(desk: Desk, phone: Phone) -> None:
    async with desk.browser() as browser:
        form = (await browser.signs_in("amina")).form("code")
        tried = [(await browser.sends(form, code=f"00000{number}")).status for number in range(5)]
        page = await browser.sends(form, code=phone.shows())
        replayed = await browser.opens("sign-in/code")

    assert tried == [403] * 5
    assert page.path == replayed.path == "/console/sign-in"
    assert "Please start again with the password." in page.text


async def test_twenty_codes_an_hour_are_looked_at_for_one_login(desk: Desk, phone: Phone) -> None:
    seen = []
    for _ in range(4):
        async with desk.browser() as browser:
            form = (await browser.signs_in("amina")).form("code")
            seen += [(await browser.sends(form, code="000000")).path for _ in range(5)]
        desk.later(minutes=1)
    async with desk.browser() as browser:
        form = (await browser.signs_in("amina")).form("code")
        barred = await browser.sends(form, code=phone.shows())
        desk.later(hours=1)
        form = (await browser.signs_in("amina")).form("code")
        later = await browser.sends(form, code=phone.shows())

    assert set(seen) == {"/console/sign-in/code"}
    assert (barred.path, later.path) == ("/console/sign-in", "/console/")


@pytest.mark.parametrize(("seconds", "is_there"), [(299, True), (300, False)])
async def test_whoever_is_halfway_in_has_five_minutes(
    desk: Desk, phone: Phone, seconds: int, is_there: bool
) -> None:
    async with desk.browser() as browser:
        form = (await browser.signs_in("amina")).form("code")
        desk.later(seconds=seconds)
        await browser.sends(form, code=phone.shows())

        assert await is_in(browser) is is_there


async def test_halfway_in_opens_nothing_even_as_the_cookie_of_a_session(desk: Desk, phone: Phone) -> None:
    async with desk.browser() as browser:
        form = (await browser.signs_in("amina")).form("code")
        browser.http.cookie_jar.update_cookies({"kezek_console": browser.cookies["kezek_console_half"]})
        opened = [(await browser.opens(path)).path for path in ("", "account", "groups")]
        posted = await browser.posts("/console/sign-out", {"csrf": form.fields["csrf"]})

    assert {*opened, posted.path} == {"/console/sign-in"}


async def test_the_session_has_a_name_of_its_own_and_halfway_in_is_over(desk: Desk, phone: Phone) -> None:
    async with desk.browser() as browser, desk.browser() as thief:
        browser.http.cookie_jar.update_cookies({"kezek_console": "planted-by-an-attacker"})
        form = (await browser.signs_in("amina")).form("code")
        half = browser.cookies["kezek_console_half"]
        await browser.sends(form, code=phone.shows())
        full = browser.cookies["kezek_console"]
        thief.http.cookie_jar.update_cookies({"kezek_console_half": half})
        replayed = await thief.sends(form, code=phone.shows(STEP))
    rows = await desk.database.read(lambda tx: tx.conn.execute(select(staff_session)).all())

    assert len({half, full, "planted-by-an-attacker"}) == 3
    assert replayed.path == "/console/sign-in"
    assert len(rows) == 2  # this one, and the one in which it was set up


@pytest.mark.parametrize(("mark", "origin"), [("", None), ("0" * 43, None), ("own", "https://evil.example")])
async def test_a_forged_code_form_is_refused(desk: Desk, phone: Phone, mark: str, origin: str | None) -> None:
    async with desk.browser() as browser:
        form = (await browser.signs_in("amina")).form("code")
        data = form.fields | {"code": phone.shows()} | ({"csrf": mark} if mark != "own" else {})
        page = await browser.posts("/console/sign-in/code", data, origin)

        assert (page.status, await is_in(browser)) == (403, False)


async def test_a_code_leads_nowhere_else(desk: Desk, phone: Phone) -> None:
    async with desk.browser() as browser:
        form = (await browser.signs_in("amina")).form("code")
        page = await browser.sends(form, code=phone.shows(), next="https://evil.example/")

    assert page.path == "/console/"


async def test_setting_it_up_asks_for_the_password_and_counts_only_once_confirmed(desk: Desk) -> None:
    async with desk.browser("amina") as browser, desk.browser() as elsewhere:
        refused = await begins(browser, "not it")
        begun = await begins(browser)
        wrong = await browser.sends(begun.form("second-step/confirm"), code="000000")
        without = await elsewhere.signs_in("amina")

    assert refused.status == wrong.status == 422
    assert "Set up the second step" not in refused.text
    assert NOT_RIGHT in wrong.text
    assert without.path == "/console/"


async def test_the_secret_is_shown_in_one_session_until_it_is_confirmed(desk: Desk) -> None:
    async with desk.browser("amina") as browser, desk.browser("amina") as other:
        begun = await begins(browser)
        phone = Phone(desk, begun)
        drawn = await browser.opens("account/second-step/picture")
        foreign = await other.opens("account/second-step/picture")
        listed = await other.opens("account/second-step")
        taken = await other.posts(
            "/console/account/second-step/confirm",
            listed.form("second-step/begin").fields | {"code": phone.shows()},
        )
        await browser.sends(begun.form("second-step/confirm"), code=phone.shows())
        after = await browser.opens("account/second-step/picture")
        page = await browser.opens("account/second-step")

    assert (drawn.status, foreign.status, after.status) == (200, 404, 404)
    assert "<svg" in drawn.html
    assert taken.status == 409
    assert phone.secret not in (listed.html + page.html).replace(" ", "")
    assert [code for code in phone.recovery if code in page.html] == []


async def test_it_is_turned_off_by_password_and_code_together(desk: Desk, phone: Phone) -> None:
    async with desk.browser() as browser, desk.browser() as elsewhere:
        await browser.sends((await browser.signs_in("amina")).form("code"), code=phone.shows())
        form = (await browser.opens("account")).form("second-step/off")
        used = await browser.sends(form, password=PASSWORD, code=phone.shows())
        alone = await browser.sends(form, password="not it", code=phone.shows(STEP))
        off = await browser.sends(form, password=PASSWORD, code=phone.shows(STEP))
        again = await browser.sends(form, password=PASSWORD, code=phone.shows(STEP))
        without = await elsewhere.signs_in("amina")

    assert (used.status, alone.status, off.status, again.path) == (422, 422, 200, "/console/account")
    assert "The second step is off." in off.text
    assert without.path == "/console/"
    assert await noted(desk) == ["second_step_begun", "second_step_on", "second_step_off"]


async def test_a_stolen_session_cannot_try_codes_for_ever(desk: Desk, phone: Phone) -> None:
    async with desk.browser() as browser:
        await browser.sends((await browser.signs_in("amina")).form("code"), code=phone.shows())
        form = (await browser.opens("account")).form("second-step/off")
        tried = [(await browser.sends(form, password=PASSWORD, code="000000")).status for _ in range(6)]

    assert tried == [422] * 5 + [429]


async def test_nothing_of_it_lies_open_in_the_database(desk: Desk, phone: Phone) -> None:
    rows = await desk.database.read(
        lambda tx: tx.conn.execute(select(staff.c.totp, audit.c.data).join(audit, audit.c.id > 0)).all()
    )

    assert phone.secret.encode() not in b"".join(row.totp for row in rows)
    assert phone.secret not in repr(rows)
    assert [code for code in phone.recovery if code in repr(rows)] == []
