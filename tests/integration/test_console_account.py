"""The own login: changing the password, and the sessions that are seen and ended."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.tables import audit, staff
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.lost_race import lose_the_first_race
from tests.fakes.staff_browser import PASSWORD, SeenPage, StaffBrowser

NEW = "quite another password"


@pytest.fixture
async def desk(sqlite: Database) -> AsyncIterator[Desk]:
    """A console with two logins."""
    async with running_desk(sqlite) as running:
        await running.hires("amina", "kindergarten")
        await running.hires("berik", "operator")
        yield running


async def changes(browser: StaffBrowser, **fields: str | None) -> SeenPage:
    """Fill in the form for another password; by itself it would be taken."""
    right: dict[str, str | None] = {"password": PASSWORD, "new": NEW, "again": NEW}
    form = (await browser.opens("account")).form("account/password")
    return await browser.sends(form, **(right | fields))


async def noted(desk: Desk) -> list[str]:
    asked = select(audit.c.what).where(audit.c.what != "signed_in").order_by(audit.c.id)
    return await desk.database.read(lambda tx: list(tx.conn.execute(asked).scalars()))


async def is_in(browser: StaffBrowser) -> bool:
    return (await browser.opens("")).path == "/console/"


async def test_a_changed_password_ends_all_other_sessions_and_goes_on_under_another_name(desk: Desk) -> None:
    async with (
        desk.browser("amina") as here,
        desk.browser("amina") as there,
        desk.browser("berik") as colleague,
        desk.browser() as thief,
    ):
        before = here.cookies["kezek_console"]
        page = await changes(here)
        thief.http.cookie_jar.update_cookies({"kezek_console": before})
        opened = [await is_in(each) for each in (here, there, colleague, thief)]
        old, new = [(await thief.signs_in("amina", word)).status for word in (PASSWORD, NEW)]
    changed = select(staff.c.login).where(staff.c.password_changed_at == desk.real)

    assert "The password is changed." in page.text
    assert opened == [True, False, True, False]
    assert (old, new) == (403, 200)
    assert await noted(desk) == ["password_changed"]
    assert await desk.database.read(lambda tx: tx.conn.execute(changed).scalars().all()) == ["amina"]


async def test_a_form_that_has_lost_a_race_to_its_copy_signs_nobody_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk.browser("amina") as browser:
        form = (await browser.opens("account")).form("account/password")
        sent: dict[str, str | None] = {"password": PASSWORD, "new": NEW, "again": NEW}

        async def other() -> None:
            await browser.sends(form, **sent)

        lose_the_first_race(monkeypatch, other)
        await browser.sends(form, **sent)

        assert await is_in(browser)
    assert await noted(desk) == ["password_changed"]


WRONG: list[tuple[dict[str, str | None], int, str]] = [
    ({"password": "not it"}, 422, "This is not your current password."),
    ({"password": ""}, 422, "Please fill this in."),
    ({"password": None}, 422, "Please fill this in."),
    ({"password": "p" * 201}, 422, "This is not your current password."),
    ({"new": "", "again": ""}, 422, "Please fill this in."),
    ({"new": None, "again": None}, 422, "Please fill this in."),
    ({"new": "7 chars", "again": "7 chars"}, 422, "From 8 to 40 characters."),
    ({"new": "n" * 41, "again": "n" * 41}, 422, "From 8 to 40 characters."),
    ({"new": "null\0byte", "again": "null\0byte"}, 422, "There are characters in it that can't be shown."),
    ({"again": NEW + " "}, 422, "The two new passwords are different."),
    ({"again": None}, 422, "The two new passwords are different."),
    ({"new": "my-AMINA-1", "again": "my-AMINA-1"}, 422, "Your login is part of it."),
    ({"new": PASSWORD, "again": PASSWORD}, 422, "This is your current password."),
]


@pytest.mark.parametrize(("fields", "status", "words"), WRONG)
async def test_what_is_no_good_password_changes_nothing(
    desk: Desk, fields: dict[str, str | None], status: int, words: str
) -> None:
    async with desk.browser("amina") as browser, desk.browser("amina") as other:
        page = await changes(browser, **fields)

        assert (page.status, await is_in(other)) == (status, True)
        assert words in page.text
        assert NEW not in page.html
        assert PASSWORD not in page.html
    assert await noted(desk) == []


@pytest.mark.parametrize("length", [8, 40])
async def test_the_shortest_and_the_longest_password_are_taken(desk: Desk, length: int) -> None:
    async with desk.browser("amina") as browser:
        page = await changes(browser, new="ү" * length, again="ү" * length)

    assert (page.status, page.path) == (200, "/console/account")


async def test_a_stolen_session_cannot_try_passwords_for_ever(desk: Desk) -> None:
    async with desk.browser("amina") as browser:
        tried = [(await changes(browser, password=f"wrong {number}")).status for number in range(5)]
        sixth = await changes(browser)
        desk.later(minutes=15)
        later = await changes(browser)

    assert tried == [422] * 5
    assert sixth.status == 429
    assert "Too many tries." in sixth.text
    assert later.status == 200


async def test_a_password_form_that_comes_twice_changes_it_once(desk: Desk) -> None:
    async with desk.browser("amina") as browser:
        form = (await browser.opens("account")).form("account/password")
        for _ in range(2):
            await browser.sends(form, password=PASSWORD, new=NEW, again=NEW)

        assert await is_in(browser)
    assert await noted(desk) == ["password_changed"]


async def test_own_sessions_are_listed_and_this_one_is_marked(desk: Desk) -> None:
    async with desk.browser() as phone, desk.browser("berik"):
        phone.http.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/604.1"
        await phone.signs_in("amina")
        desk.later(minutes=5)
        async with desk.browser("amina") as here:
            page = await here.opens("account")
            await here.sends((await here.opens("")).form("sign-out"))

    assert page.text.count("End it") == 1
    assert "Safari, iPhone since 23.11.2026 09:00, last seen 23.11.2026 09:00, from 127.0.0.1" in page.text
    assert "Unknown browser this one since 23.11.2026 09:05" in page.text


async def test_one_session_or_all_others_are_ended(desk: Desk) -> None:
    async with desk.browser("amina") as one, desk.browser("amina") as two, desk.browser("amina") as here:
        desk.later(minutes=2)
        await is_in(one)
        page = await here.opens("account")
        ended = await here.sends(page.form("sessions/end"))
        after_one = [await is_in(each) for each in (one, two, here)]
        others = await here.sends(ended.form("sessions/end-others"))
        after_all = [await is_in(each) for each in (one, two, here)]

    assert sorted(after_one) == [False, True, True]
    assert after_one[2] is True
    assert after_all == [False, False, True]
    assert "End all others" not in others.text
    assert await noted(desk) == ["session_ended", "sessions_ended"]


@pytest.mark.parametrize("name", ["", "0" * 16, "'", "x" * 5000])
async def test_a_session_that_is_not_there_is_not_ended(desk: Desk, name: str) -> None:
    async with desk.browser("amina") as other, desk.browser("amina") as here:
        page = await here.sends((await here.opens("account")).form("sessions/end"), session=name)

        assert page.status == 409
        assert "Something has changed here meanwhile." in page.text
        assert await is_in(other)
    assert await noted(desk) == []


async def test_a_session_of_somebody_else_is_not_ended(desk: Desk) -> None:
    async with (
        desk.browser("berik") as first,
        desk.browser("berik") as second,
        desk.browser("amina") as amina,
    ):
        foreign = (await first.opens("account")).form("sessions/end").fields["session"]
        home = await amina.opens("account")
        form = {"csrf": home.form("sign-out").fields["csrf"], "once": home.form("password").fields["once"]}
        page = await amina.posts("/console/account/sessions/end", form | {"session": foreign})

        assert page.status == 409
        assert [await is_in(first), await is_in(second)] == [True, True]
