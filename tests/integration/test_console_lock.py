"""The lock of a login: where many passwords are guessed, and who is not kept out by it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.web.console.known_browsers import COOKIE
from storage.database import Database
from storage.tables import attempt, audit, staff
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import PASSWORD, SeenPage, StaffBrowser


@pytest.fixture
async def desk(sqlite: Database) -> AsyncIterator[Desk]:
    """A console with two logins."""
    async with running_desk(sqlite) as running:
        await running.hires("amina", "kindergarten")
        await running.hires("berik", "kindergarten")
        yield running


async def from_elsewhere(desk: Desk) -> None:
    """What was tried so far came from other addresses: here nobody has tried yet."""
    await desk.database.write(lambda tx: tx.conn.execute(delete(attempt)))


async def forget_addresses(desk: Desk) -> None:
    """The limits of one address are another subject: the two browsers have different ones."""
    gone = delete(attempt).where(attempt.c.kind == "desk_address")
    await desk.database.write(lambda tx: tx.conn.execute(gone))


async def guesses(desk: Desk, browser: StaffBrowser, login: str, times: int) -> SeenPage:
    """Wrong passwords in a row, each from another address; the last answer."""
    for number in range(times):
        await from_elsewhere(desk)
        page = await browser.signs_in(login, f"wrong {number}")
    await from_elsewhere(desk)
    return page


async def test_ten_wrong_passwords_in_a_row_lock_for_a_quarter_of_an_hour_to_the_second(desk: Desk) -> None:
    seen = []
    async with desk.browser() as browser:
        await guesses(desk, browser, "amina", 10)
        for span in ({}, {"seconds": 15 * 60 - 1}, {"seconds": 1}):
            desk.later(**span)
            seen.append((await browser.signs_in("amina")).status)

    assert seen == [403, 403, 200]


async def test_nine_wrong_ones_do_not_lock_and_a_right_one_takes_them_off_the_count(desk: Desk) -> None:
    seen = []
    for _ in range(2):
        async with desk.browser() as browser:
            await guesses(desk, browser, "amina", 9)
            seen.append((await browser.signs_in("amina")).status)

    assert seen == [200, 200]


async def test_a_lock_a_wrong_password_and_an_unknown_login_get_the_same_answer(desk: Desk) -> None:
    async with desk.browser() as browser:
        await guesses(desk, browser, "amina", 10)
        locked = await browser.signs_in("amina")
        wrong = await browser.signs_in("berik", "wrong")
        unknown = await guesses(desk, browser, "nobody", 11)

    assert locked.status == wrong.status == unknown.status == 403
    assert locked.text == wrong.text == unknown.text


async def test_a_lock_looks_at_a_password_all_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []

    async def run(_: object, request: dict[str, str | None]) -> dict[str, str | None]:
        looked_at.append(request["hash"] is not None)
        return {"right_for": request["hash"]}

    async with desk.browser() as browser:
        await guesses(desk, browser, "amina", 10)
        monkeypatch.setattr("bot.ports.password_errand.PasswordErrand.run", run)
        locked = await browser.signs_in("amina")
        unknown = await browser.signs_in("nobody")

    assert (locked.status, unknown.status) == (403, 403)
    assert looked_at == [True, False]


async def test_what_is_tried_during_a_lock_does_not_prolong_it(desk: Desk) -> None:
    async with desk.browser() as browser:
        await guesses(desk, browser, "amina", 30)
        desk.later(minutes=15)

        assert (await browser.signs_in("amina")).status == 200


async def test_the_lock_grows_with_each_wrong_password_after_it(desk: Desk) -> None:
    seen = []
    async with desk.browser() as browser:
        await guesses(desk, browser, "amina", 10)
        for minutes, rest in ((15, 29), (1, 0)):
            desk.later(minutes=minutes)
            seen.append((await guesses(desk, browser, "amina", 1)).status if rest else 0)
            desk.later(minutes=rest)
            seen.append((await browser.signs_in("amina")).status)

    assert seen == [403, 403, 0, 200]


async def test_a_browser_in_which_one_has_signed_in_before_is_not_locked_out(desk: Desk) -> None:
    async with desk.browser("amina") as own, desk.browser() as stranger:
        await own.sends((await own.opens("")).form("sign-out"))
        await guesses(desk, stranger, "amina", 10)
        tried = [(await stranger.signs_in("amina", "wrong")).status for _ in range(6)]
        await forget_addresses(desk)
        known = await own.signs_in("amina")

    assert tried == [403] * 5 + [429]
    assert known.status == 200


async def test_the_mark_of_a_browser_is_good_for_its_own_login_alone(desk: Desk) -> None:
    async with desk.browser("amina") as own, desk.browser() as stranger:
        mark = own.cookies[COOKIE]
        await own.sends((await own.opens("")).form("sign-out"))
        stranger.http.cookie_jar.update_cookies({COOKIE: mark})
        await guesses(desk, stranger, "berik", 10)

        assert (await stranger.signs_in("berik")).status == 403


@pytest.mark.parametrize("mark", ["", "~", "x.y", "ü.ü", "~" * 400, "a" * 5000])
async def test_a_mark_that_is_made_up_is_no_help(desk: Desk, mark: str) -> None:
    async with desk.browser() as stranger:
        await guesses(desk, stranger, "amina", 10)
        form = (await stranger.opens("sign-in?lang=en")).form("sign-in")
        cookies = "; ".join(f"{name}={value}" for name, value in stranger.cookies.items())
        headers = {"Origin": desk.url, "Cookie": f"{cookies}; {COOKIE}={mark}"}
        data = form.fields | {"login": "amina", "password": PASSWORD}
        async with stranger.http.post(f"{desk.url}/console/sign-in", data=data, headers=headers) as answer:
            assert answer.status == 403


async def test_five_who_share_a_computer_are_known_there_the_four_who_came_last(desk: Desk) -> None:
    logins = [f"teacher-{number}" for number in range(5)]
    for login in logins:
        await desk.hires(login, "kindergarten")
    seen = []
    locked = update(staff).values(failed_tries=10, locked_until=desk.real + timedelta(minutes=15))
    async with desk.browser() as shared:
        for login in logins:
            await shared.sends((await shared.signs_in(login)).form("sign-out"))
        await desk.database.write(lambda tx: tx.conn.execute(locked))
        for login in logins:
            seen.append((await shared.signs_in(login)).status)
            shared.http.cookie_jar.clear(lambda each: each.key == "kezek_console")

    assert seen == [403, 200, 200, 200, 200]


async def test_a_lock_stands_in_the_audit_once(desk: Desk) -> None:
    async with desk.browser() as browser:
        await guesses(desk, browser, "amina", 15)
    asked = select(audit.c.what, audit.c.actor, audit.c.data)
    rows = await desk.database.read(lambda tx: [tuple(row) for row in tx.conn.execute(asked)])
    tried = select(staff.c.failed_tries).where(staff.c.login == "amina")

    assert rows == [("sign_in_locked", "system", {"wrong": 10})]
    assert await desk.database.read(lambda tx: tx.conn.execute(tried).scalar_one()) == 10
