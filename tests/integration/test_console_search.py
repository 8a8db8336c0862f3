"""The search page: by numbers, IIN, phone and words; what is out of reach reads as if it was not there."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from sqlalchemy import insert, select

from domain.phone import Phone
from domain.tries import SEARCHES_PER_STAFF
from storage import attempts, conversations, phones, stated_reasons, vouchings
from storage.centre import typed_words
from storage.database import Database
from storage.errors import StorageFull
from storage.tables import audit, message, stated_reason
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.fakes.console_site import MONDAY, Desk, running_desk
from tests.fakes.staff_browser import SeenPage
from tests.integration.chats import a_chat
from tests.integration.desk_city import INSTANT, City
from tests.integration.rows import add_territory

NUMBER = Phone("+77015550101")
WHY = "Қоңырау шалған адам сұрады"
NOTHING = "Nothing was found within your reach."


@dataclass(frozen=True)
class Stage:
    """A running console, a family with a referral and its chat; the reader of another city."""

    desk: Desk
    chat: int
    parent_id: int
    child_id: int
    parent_iin: str
    child_iin: str
    application: int
    referral: int
    operator: int


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[Stage]:
    """One operator of the family's city, one of another."""

    def made(tx: Transaction) -> tuple[City, int, dict[str, Any]]:
        city, other = City(tx, INSTANT), add_territory(tx, "other")
        family, _ = city.family(tx)
        issued = city.referred(tx, family, city.amina)
        phones.confirm_phone(tx, family.parent_id, phones.CONTACT_PHONE, NUMBER, tx.now)
        known = {
            "chat": a_chat(tx, family.parent_id, territory_id=city.territory_id),
            "parent_id": family.parent_id,
            "child_id": family.child_id,
            "parent_iin": family.parent.digits,
            "child_iin": family.child.digits,
            "application": issued.application_number,
            "referral": issued.number,
        }
        return city, other, known

    city, other, known = await sqlite.write(made)
    async with running_desk(sqlite) as desk:
        operator = await desk.hires("operator", "operator", territories=[city.territory_id])
        await desk.hires("elsewhere", "operator", territories=[other])
        yield Stage(desk, operator=operator, **known)


async def by_number(stage: Stage, number: object, login: str = "operator") -> SeenPage:
    async with stage.desk.browser(login) as browser:
        return await browser.opens(f"search?number={number}")


async def by_person(stage: Stage, person: str, login: str = "operator", reason: str = WHY) -> SeenPage:
    async with stage.desk.browser(login) as browser:
        page = await browser.opens("search")
        return await browser.sends(page.form("/person"), person=person, reason=reason)


async def by_words(stage: Stage, words: str, login: str = "operator", **fields: str) -> SeenPage:
    async with stage.desk.browser(login) as browser:
        page = await browser.opens("search")
        return await browser.sends(page.form("/words"), words=words, **fields)


async def audited(database: Database) -> list[tuple[str, str | None, Any]]:
    asked = select(audit.c.what, audit.c.about, audit.c.data).where(audit.c.what == "searched")
    return await database.read(lambda tx: [tuple(row) for row in tx.conn.execute(asked)])


@pytest.mark.parametrize("of", ["application", "referral"])
async def test_a_number_leads_to_the_application_and_the_chat(stage: Stage, of: str) -> None:
    found = await by_number(stage, getattr(stage, of))

    assert f"/console/chats/{stage.chat}" in found.html
    assert f"Application № {stage.application}" in found.text.replace("\u00a0", " ")
    assert await audited(stage.desk.database) == []


@pytest.mark.parametrize("of", ["application", "referral"])
async def test_a_number_out_of_reach_reads_as_one_that_nothing_has(stage: Stage, of: str) -> None:
    foreign = await by_number(stage, getattr(stage, of), "elsewhere")
    unknown = await by_number(stage, 12345, "elsewhere")

    assert NOTHING in foreign.text
    assert without_numbers(foreign) == without_numbers(unknown)


@pytest.mark.parametrize("typed", ["abc", "12x", "²", "9" * 19])
async def test_what_is_no_number_is_said_to_be_none(stage: Stage, typed: str) -> None:
    seen = await by_number(stage, typed)

    assert (seen.status, "Please type a whole number." in seen.text) == (422, True)


@pytest.mark.parametrize("typed", ["child_iin", "850101300008", "8 701 555-01-01", "+77015550101"])
async def test_an_iin_or_a_phone_in_the_field_for_numbers_stays_in_no_address(
    stage: Stage, typed: str
) -> None:
    typed = stage.child_iin if typed == "child_iin" else typed

    async with stage.desk.browser("operator") as browser:
        asked = {"number": typed}
        async with browser.http.get(
            f"{stage.desk.url}/console/search", params=asked, allow_redirects=False
        ) as answer:
            leads_to = answer.headers.get("Location")
        page = await browser.opens("search?done=not-a-number")

    assert leads_to == "/console/search?done=not-a-number"
    assert "That was an IIN or a phone." in page.text
    assert await audited(stage.desk.database) == []


@pytest.mark.parametrize("by", ["parent_iin", "child_iin", "phone"])
async def test_a_person_is_found_by_iin_and_phone_and_it_stands_in_the_audit(stage: Stage, by: str) -> None:
    wanted = "8 701 555-01-01" if by == "phone" else getattr(stage, by)

    found = await by_person(stage, wanted)

    [(_, about, data)] = await audited(stage.desk.database)
    words = await stage.desk.database.read(lambda tx: stated_reasons.words_of(tx, [int(data["reason"])]))
    whom = f"child:{stage.child_id}" if by == "child_iin" else f"parent:{stage.parent_id}"
    assert f"/console/chats/{stage.chat}" in found.html
    assert str(stage.application) in found.text
    assert found.path == "/console/search/person"
    assert wanted not in found.html
    assert (about, data["found"], data["by"]) == (whom, True, "phone" if by == "phone" else "iin")
    assert list(words.values()) == [WHY]
    erased_with = select(stated_reason.c.parent_id)
    owner = await stage.desk.database.read(lambda tx: tx.conn.execute(erased_with).scalar_one())
    assert owner == stage.parent_id


async def test_a_chat_whose_messenger_vouched_for_the_phone_is_found(stage: Stage) -> None:
    def vouch(tx: Transaction) -> int:
        entered = conversations.enter(tx, "telegram", "3001")
        vouchings.remember(tx, entered.contact_id, Phone("+77015550303"), tx.now)
        return entered.conversation_id

    chat = await stage.desk.database.write(vouch)

    found = await by_person(stage, "+77015550303")

    assert f"/console/chats/{chat}" in found.html


async def test_whoever_is_out_of_reach_reads_as_whoever_is_not_there(stage: Stage) -> None:
    foreign = await by_person(stage, stage.child_iin, "elsewhere")
    unknown = await by_person(stage, "+77015559999", "elsewhere")

    assert NOTHING in foreign.text
    assert without_numbers(foreign) == without_numbers(unknown)
    assert [(about, data["found"]) for _, about, data in await audited(stage.desk.database)] == [
        (None, False),
        (None, False),
    ]


@pytest.mark.parametrize(
    ("person", "reason", "words"),
    [
        ("", WHY, "Please fill this in."),
        ("850101300008", WHY, "a digit is wrong"),
        ("12345", WHY, "a digit is wrong"),
        ("+77015550101", "", "Please fill this in."),
        ("+77015550101", "айту", "5 to 500 characters"),
        ("9" * 41, WHY, "At most 40 characters."),
    ],
)
async def test_without_a_person_or_a_reason_nothing_is_looked_for(
    stage: Stage, person: str, reason: str, words: str
) -> None:
    seen = await by_person(stage, person, reason=reason)

    assert seen.status == 422
    assert words in seen.text
    assert await audited(stage.desk.database) == []


async def test_only_so_many_people_an_hour_are_looked_for(stage: Stage) -> None:
    def often(tx: Transaction) -> None:
        subject = tx.vault.blind("limit", f"searched:{stage.operator}")
        for _ in range(SEARCHES_PER_STAFF.most - 1):
            attempts.record(tx, "searched", subject, MONDAY)

    await stage.desk.database.write(often)

    last, refused = [await by_person(stage, NUMBER.e164) for _ in range(2)]

    assert (last.status, refused.status) == (200, 429)
    assert "That is enough for now. You can go on at 10:00." in refused.text
    assert str(stage.application) not in refused.text


async def say(stage: Stage, *texts: str, chat: int | None = None) -> list[int]:
    def work(tx: Transaction) -> list[int]:
        row = {"direction": "in", "channel": "telegram", "kind": "text", "at": START}
        rows = [row | {"conversation_id": chat or stage.chat, "text": each} for each in texts]
        add = insert(message).returning(message.c.id, sort_by_parameter_order=True)
        return list(tx.conn.execute(add, rows).scalars())

    return await stage.desk.database.write(work)


async def test_words_lead_to_the_place_in_the_chat_where_they_were_said(stage: Stage) -> None:
    [number] = await say(stage, "Балабақшаға <b>жолдама</b> қашан?")

    found = await by_words(stage, "балабакша жолдама")

    assert f"/console/chats/{stage.chat}?before={number + 1}#m{number}" in found.html
    assert marked(found) == ["Балабақшаға", "жолдама"]
    assert "<b>" not in found.html
    assert "&lt;b&gt;<mark>жолдама</mark>&lt;/b&gt; қашан?" in found.html


async def test_words_said_between_two_searches_are_found_by_the_second(stage: Stage) -> None:
    await say(stage, "жолдама қашан?")
    first = await by_words(stage, "жолдама")
    await say(stage, "жолдама дайын ба?")
    second = await by_words(stage, "жолдама")

    assert (len(marked(first)), len(marked(second))) == (1, 2)


async def test_words_are_looked_for_though_the_index_can_t_be_filled(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(stage, "жолдама қашан?")
    await by_words(stage, "жолдама")

    def full(_: Transaction) -> int:
        raise StorageFull

    monkeypatch.setattr(typed_words, "fill_some", full)
    await say(stage, "жолдама дайын ба?")

    assert len(marked(await by_words(stage, "жолдама"))) == 1


async def test_words_out_of_reach_are_not_found(stage: Stage) -> None:
    await say(stage, "жолдама")

    assert NOTHING in (await by_words(stage, "жолдама", "elsewhere")).text


async def test_words_are_gone_through_page_by_page(stage: Stage) -> None:
    await say(stage, *[f"жолдама {number}" for number in range(60)])

    async with stage.desk.browser("operator") as browser:
        page = await browser.opens("search")
        first = await browser.sends(page.form("/words"), words="жолдама")
        older = next(each for each in first.forms if each.fields.get("before"))
        second = await browser.sends(older)

    assert (len(marked(first)), len(marked(second))) == (50, 10)
    assert not [each for each in second.forms if each.fields.get("before")]


async def test_words_are_looked_for_between_days(stage: Stage) -> None:
    await say(stage, "жолдама")

    on_the_day = await by_words(stage, "жолдама", since="2026-11-20", until="2026-11-20")
    before = await by_words(stage, "жолдама", until="2026-11-19")
    after = await by_words(stage, "жолдама", since="2026-11-21")

    assert [len(marked(each)) for each in (on_the_day, before, after)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"words": ""}, 422),
        ({"words": "!?"}, 422),
        ({"words": "а" * 201}, 422),
        ({"since": "yesterday"}, 422),
        ({"since": "1026-11-20"}, 422),
        ({"since": "2026-11-20", "until": "2026-11-19"}, 422),
        ({"territory": "12345"}, 404),
        ({"territory": "x"}, 404),
        ({"before": "-1"}, 404),
        ({"before": "9" * 30}, 404),
        ({"by": "somebody"}, 200),
        ({"words": "жолдама' | \" OR * NEAR(a) ; --"}, 200),
    ],
)
async def test_a_form_that_is_wrong_is_told_so(stage: Stage, fields: dict[str, str], status: int) -> None:
    asked = {"words": "жолдама"} | fields

    seen = await by_words(stage, asked.pop("words"), **asked)

    assert seen.status == status


def marked(page: SeenPage) -> list[str]:
    return [unescape(each) for each in re.findall(r"<mark>(.*?)</mark>", page.html)]


def without_numbers(page: SeenPage) -> str:
    return re.sub(r'value="[^"]*"', "", page.html)
