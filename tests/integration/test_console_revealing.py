"""A hidden number on the console: shown once for a reason, never in an address, never of others."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from bot.centre.revealing import Hidden, reveal
from bot.department.officer import Officer
from domain.notice import Deed
from domain.phone import Phone
from domain.tries import REVEALED_PER_STAFF
from storage import phones
from storage.database import Database
from storage.tables import audit
from storage.transaction import Transaction
from tests.fakes.console_site import MONDAY, Desk, running_desk
from tests.fakes.staff_browser import SeenPage, StaffBrowser
from tests.integration.chats import a_chat
from tests.integration.desk_city import City
from tests.integration.inboxes import noted
from tests.integration.rows import add_territory

NUMBER = Phone("+77015550101")
WHY = "Қоңырау шалу үшін"


@dataclass(frozen=True)
class Stage:
    """A running console, and chats in two cities."""

    desk: Desk
    chat: int
    elsewhere: int
    parent_id: int
    phone_id: int
    operator: int


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[Stage]:
    """The family's chat is in the operator's city, a second one of theirs in another."""

    def made(tx: Transaction) -> tuple[int, int, int, int, int]:
        city = City(tx)
        family, _ = city.family(tx)
        phone_id = phones.confirm_phone(tx, family.parent_id, phones.CONTACT_PHONE, NUMBER, tx.now)
        chat = a_chat(tx, family.parent_id, territory_id=city.territory_id)
        other = add_territory(tx, "other")
        elsewhere = a_chat(tx, family.parent_id, address="1002", territory_id=other)
        return chat, elsewhere, family.parent_id, phone_id, city.territory_id

    chat, elsewhere, parent_id, phone_id, city_id = await sqlite.write(made)
    async with running_desk(sqlite) as desk:
        operator = await desk.hires("operator", "operator", territories=[city_id])
        yield Stage(desk, chat, elsewhere, parent_id, phone_id, operator)


async def asks(browser: StaffBrowser, stage: Stage, **fields: str) -> SeenPage:
    mark = (await browser.opens("")).form("sign-out").fields["csrf"]
    asked = {"csrf": mark, "what": "phone", "of": str(stage.phone_id), "reason": WHY}
    chat = fields.pop("chat", str(stage.chat))
    return await browser.posts(f"/console/chats/{chat}/reveal", asked | fields)


async def whats(database: Database) -> list[str]:
    asked = select(audit.c.what).order_by(audit.c.id)
    return await database.read(lambda tx: list(tx.conn.execute(asked).scalars()))


async def test_the_number_is_shown_once_to_whoever_says_why(stage: Stage) -> None:
    async with stage.desk.browser("operator") as browser:
        page = await browser.opens(f"chats/{stage.chat}")
        form = next(each for each in page.forms if each.fields.get("what") == "phone")
        shown = await browser.sends(form, reason=WHY)
        again = await browser.opens(f"chats/{stage.chat}")

    assert NUMBER.e164 not in page.html
    assert NUMBER.e164 in shown.text
    assert NUMBER.e164 not in again.html
    assert (await noted(stage.desk.database, stage.parent_id))[-1][1] is Deed.REVEALED
    assert (await whats(stage.desk.database))[-1] == "revealed"


async def test_a_script_is_answered_in_json_that_nobody_keeps(stage: Stage) -> None:
    async with stage.desk.browser("operator") as browser:
        mark = (await browser.opens("")).form("sign-out").fields["csrf"]
        asked = {"csrf": mark, "what": "phone", "of": str(stage.phone_id), "reason": WHY}
        url = f"{browser.url}/console/chats/{stage.chat}/reveal"
        headers = {"Origin": browser.url, "Accept": "application/json"}
        async with browser.http.post(url, data=asked, headers=headers) as answer:
            said, kept = await answer.json(), answer.headers["Cache-Control"]
        async with browser.http.post(url, data=asked | {"reason": ""}, headers=headers) as answer:
            refused = answer.status, await answer.json()

    assert (said, kept) == ({"value": NUMBER.e164}, "no-store")
    assert refused == (422, {"trouble": "Please fill this in."})


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "Please fill this in."),
        ({"reason": "айту"}, "The parents will read the reason: 5 to 500 characters."),
        ({"reason": "а" * 3000}, "At most 2000 characters."),
        ({"reason": "а\x00" * 9}, "There are characters in it that can't be shown."),
    ],
)
async def test_without_a_reason_the_form_says_what_is_missing(
    stage: Stage, fields: dict[str, str], words: str
) -> None:
    async with stage.desk.browser("operator") as browser:
        seen = await asks(browser, stage, **fields)

    assert seen.status == 422
    assert words in seen.text
    assert NUMBER.e164 not in seen.html
    assert "revealed" not in await whats(stage.desk.database)


@pytest.mark.parametrize(
    "fields",
    [
        {"what": "password"},
        {"what": ""},
        {"of": "12345"},
        {"of": ""},
        {"of": "²"},
        {"of": "9" * 40},
        {"what": "child_iin"},
        {"chat": "12345"},
        {"chat": "elsewhere"},
    ],
)
async def test_what_is_not_there_and_what_is_out_of_reach_read_alike(
    stage: Stage, fields: dict[str, str]
) -> None:
    if fields.get("chat") == "elsewhere":
        fields = {"chat": str(stage.elsewhere)}
    async with stage.desk.browser("operator") as browser:
        seen = await asks(browser, stage, **fields)

    assert (seen.status, "There is no such page here." in seen.text) == (404, True)
    assert "revealed" not in await whats(stage.desk.database)


async def test_too_many_an_hour_are_refused_in_words(stage: Stage) -> None:
    def often(tx: Transaction) -> None:
        for _ in range(REVEALED_PER_STAFF.most - 1):
            reveal(
                tx, Officer(stage.operator, "operator"), stage.chat, Hidden.IIN, None, WHY, real_now=MONDAY
            )

    await stage.desk.database.write(often)
    async with stage.desk.browser("operator") as browser:
        last = await asks(browser, stage)
        refused = await asks(browser, stage)

    assert [last.status, refused.status] == [200, 429]
    assert "That is enough for now. You can go on at 10:00." in refused.text
    assert NUMBER.e164 not in refused.html
