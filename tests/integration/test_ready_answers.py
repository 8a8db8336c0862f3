"""Answers kept ready: filled in as things stand for the family, found by a few letters, written by staff."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import time, timedelta

import pytest
from sqlalchemy import insert, select

from bot.centre.ready_answers import Ready, offered, one
from bot.centre.ready_texts import SHIPPED
from bot.texts import LANGUAGES, texts_in
from domain.policy_terms import ContactCentre, ContactHours, PublishOn
from domain.ready_answer import Blank
from storage import conversations, guardians
from storage.centre import ready_answers
from storage.centre.ready_answers import Wording
from storage.database import Database
from storage.tables import access, audit, bulletin
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.fakes.console_site import Desk, running_desk
from tests.integration.desk_city import INSTANT, City
from tests.integration.rows import add_territory
from tests.integration.unverified_families import Family

HOURS = ContactHours(PublishOn.WORKING_DAYS, time(9), time(18))
RULES = replace(INSTANT, contact_centre=ContactCentre(phone="+7 727 000 00 00", hours=HOURS))
WORDING = Wording("Ашық есік", "№ {number}: {today}", "№ {number}: {today}, место {place}")


@dataclass
class Centre:
    """A console, a city, and conversations with its families."""

    desk: Desk
    city: City

    async def asks(
        self, family: Family | None = None, *, language: str | None = "ru", territory: int | None = 0
    ) -> int:
        """The conversation of a family; of somebody who has not signed in without one."""

        def work(tx: Transaction) -> int:
            address = f"chat-{family.parent_id if family else 'nobody'}-{language}-{territory}"
            entered = conversations.enter(tx, "telegram", address)
            conversations.update_contact(
                tx,
                entered.contact_id,
                parent_id=family.parent_id if family else None,
                language=language,
                territory_id=self.city.territory_id if territory == 0 else territory,
            )
            return entered.conversation_id

        return await self.desk.database.write(work)

    async def family(self, *, referred: bool = False) -> Family:
        """One that waits, or has a referral to "Амина"."""

        def work(tx: Transaction) -> Family:
            found, _ = self.city.family(tx)
            if referred:
                self.city.referred(tx, found, self.city.amina)
            return found

        return await self.desk.database.write(work)

    async def offered(self, conversation_id: int, query: str = "", language: str = "en") -> list[Ready]:
        """What an operator is offered."""
        t = texts_in(language)
        return await self.desk.database.read(lambda tx: offered(tx, t, conversation_id, query))

    async def writes(self, wording: Wording = WORDING, territory_id: int | None = None) -> int:
        """An answer is there."""
        return await self.desk.database.write(lambda tx: ready_answers.write(tx, territory_id, wording, 1))

    async def territory(self, code: str, inside: int | None = None) -> int:
        """One more territory."""
        return await self.desk.database.write(lambda tx: add_territory(tx, code, inside))

    async def kept(self) -> list[Wording]:
        """The answers in use."""
        every = await self.desk.database.read(lambda tx: ready_answers.within(tx, [self.city.territory_id]))
        return [each.wording for each in every]

    async def audited(self) -> list[str]:
        asked = select(audit.c.what).where(audit.c.what != "signed_in").order_by(audit.c.id)
        return await self.desk.database.read(lambda tx: list(tx.conn.execute(asked).scalars()))


@pytest.fixture
async def centre(database: Database) -> AsyncIterator[Centre]:
    """With an operator for the city, one for another, and one for everywhere."""
    async with running_desk(database) as desk:
        city = await database.write(lambda tx: City(tx, RULES))
        elsewhere = await database.write(lambda tx: add_territory(tx, "elsewhere"))
        await desk.hires("operator", "operator", territories=[city.territory_id])
        await desk.hires("stranger", "operator", territories=[elsewhere])
        await desk.hires("everywhere", "operator")
        yield Centre(desk, city)


def by_key(found: list[Ready]) -> dict[str, Ready]:
    return {each.key: each for each in found}


OF_REFERRAL = {Blank.REFERRAL, Blank.VALID_UNTIL, Blank.KINDERGARTEN, Blank.ADDRESS}
TO_EXTEND = {Blank.REFERRAL, Blank.VALID_UNTIL, Blank.EXTENSION_DAYS}
LACKING_WHILE_WAITING = {"access": {Blank.ACCESS_UNTIL}, "valid": OF_REFERRAL, "extend": TO_EXTEND}
LACKING_WITH_A_REFERRAL = {
    "place": {Blank.PLACE, Blank.QUEUE_SIZE},
    "moved": {Blank.WHY_MOVED},
    "access": {Blank.ACCESS_UNTIL},
}
LACKING_FOR_A_STRANGER = {
    "place": {Blank.NUMBER, Blank.PLACE, Blank.QUEUE_SIZE},
    "moved": {Blank.NUMBER, Blank.WHY_MOVED},
    "access": {Blank.ACCESS_UNTIL},
    "valid": OF_REFERRAL,
    "extend": TO_EXTEND,
}


@pytest.mark.parametrize(
    ("situation", "lacking"),
    [
        ("waiting", LACKING_WHILE_WAITING),
        ("referred", LACKING_WITH_A_REFERRAL),
        ("stranger", LACKING_FOR_A_STRANGER),
    ],
)
async def test_every_shipped_answer_is_filled_in_or_says_what_it_lacks(
    centre: Centre, situation: str, lacking: dict[str, set[Blank]]
) -> None:
    family = None if situation == "stranger" else await centre.family(referred=situation == "referred")
    found = by_key(await centre.offered(await centre.asks(family)))

    assert {key: set(each.missing) for key, each in found.items()} == {
        key: lacking.get(key, set()) for key in SHIPPED
    }
    for each in found.values():
        for text in (each.text_kk, each.text_ru, each.text):
            assert ("{" in text) is bool(each.missing), text


async def test_the_place_is_that_of_now_in_both_languages(centre: Centre) -> None:
    await centre.family()
    family = await centre.family()
    conversation = await centre.asks(family)
    number = (await centre.desk.database.read(family.application)).number
    ready = by_key(await centre.offered(conversation))["place"]

    assert ready.text == ready.text_ru
    assert f"№\N{NO-BREAK SPACE}{number}: на 20.11.2026 место 2 из 2." in ready.text_ru
    assert f"№\N{NO-BREAK SPACE}{number}" in ready.text_kk
    assert "2" in ready.text_kk


async def test_the_answer_is_in_the_language_of_the_conversation(centre: Centre) -> None:
    family = await centre.family()
    texts = {
        language: by_key(await centre.offered(await centre.asks(family, language=language)))["bring"]
        for language in ("kk", "ru", "en", None)
    }

    assert texts["kk"].text == texts["kk"].text_kk == texts[None].text
    assert texts["ru"].text == texts["ru"].text_ru
    assert texts["en"].text.startswith("With a referral, please bring to the kindergarten: parent's")


async def test_what_staff_wrote_is_given_in_russian_where_the_chat_is_in_english(centre: Centre) -> None:
    await centre.writes(Wording("Hall", "Қазақша", "По-русски"))
    [own, *_] = await centre.offered(await centre.asks(language="en"))

    assert own.text == "По-русски"


async def test_access_is_told_until_its_last_instant(centre: Centre, clock: SetClock) -> None:
    family = await centre.family()
    conversation = await centre.asks(family)
    ends_at = clock.at + timedelta(hours=1)

    def work(tx: Transaction) -> None:
        of = centre.city.seats(tx, centre.city.amina, 1)
        list_id = tx.conn.execute(select(bulletin.c.list_id).where(bulletin.c.id == of)).scalar_one()
        row = {"list_id": list_id, "application_id": family.application_id, "made_at": tx.now}
        tx.conn.execute(insert(access), row | {"ends_at": ends_at})

    await centre.desk.database.write(work)
    lacking = {}
    for seconds in (-1, 0, 1):
        clock.at = ends_at + timedelta(seconds=seconds)
        lacking[seconds] = by_key(await centre.offered(conversation))["access"].missing

    assert lacking == {-1: (), 0: (Blank.ACCESS_UNTIL,), 1: (Blank.ACCESS_UNTIL,)}


async def test_a_family_with_several_applications_is_offered_one_answer_for_each(centre: Centre) -> None:
    family = await centre.family()

    def another(tx: Transaction) -> int:
        other, _ = centre.city.family(tx)
        guardians.join(tx, family.parent_id, other.child_id, "agreed", tx.now)
        return other.application_id

    other = await centre.desk.database.write(another)
    conversation = await centre.asks(family)
    found = await centre.offered(conversation)
    t = texts_in("en")
    chosen = await centre.desk.database.read(lambda tx: one(tx, t, conversation, "place", other))
    unchosen = await centre.desk.database.read(lambda tx: one(tx, t, conversation, "place", None))

    places = [each for each in found if each.key == "place"]
    assert {each.application_id for each in places} == {family.application_id, other}
    assert len({each.name for each in places}) == len({each.text for each in places}) == 2
    assert [each.application_id for each in found if each.key == "bring"] == [None]
    assert (chosen in places, unchosen) == (True, None)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("келесі тізім", ["list"]),
        ("келеси тизим", ["list"]),
        ("ПРОДЛ", ["extend"]),
        ("what to", ["bring"]),
        ("zzz", []),
    ],
)
async def test_answers_are_found_by_a_few_letters_without_kazakh_ones(
    centre: Centre, query: str, keys: list[str]
) -> None:
    found = await centre.offered(await centre.asks(), query)

    assert [each.key for each in found] == keys


async def test_an_answer_is_offered_where_it_is_for_and_below(centre: Centre) -> None:
    region = await centre.territory("region")
    town = await centre.territory("town-in-it", region)
    other = await centre.territory("other")
    await centre.writes(Wording("of the region", "а", "а"), region)
    await centre.writes(Wording("of everywhere", "а", "а"), None)
    offered_in = {}
    for place in (region, town, other, None):
        found = await centre.offered(await centre.asks(territory=place))
        offered_in[place] = {each.name for each in found if each.key not in SHIPPED}

    both = {"of the region", "of everywhere"}
    assert offered_in == {region: both, town: both, other: {"of everywhere"}, None: {"of everywhere"}}


async def test_the_answer_field_is_given_what_fits_and_why_it_cannot_be_sent(centre: Centre) -> None:
    conversation = await centre.asks()
    async with centre.desk.browser("operator") as browser:
        headers = {"Accept": "application/json"}
        url = f"{browser.url}/console/chats/{conversation}/ready?q=/place in"
        async with browser.http.get(url, headers=headers) as answer:
            items = await answer.json()
        page = await browser.opens(f"chats/{conversation}/ready?q=bring")

    [item] = [each for each in items if each["name"] == "Place in the queue"]
    assert item["text"].startswith("Ваше заявление №\N{NO-BREAK SPACE}…: на 20.11.2026 место … из ….")
    assert item["lacking"] == (
        "Can't be filled in: the number of the application, the place in the queue now, how many are in the "
        "queue"
    )
    assert "Insert into the answer" in page.text
    assert page.form(f"chats/{conversation}").fields == {"ready": "bring"}


async def test_what_is_out_of_reach_is_not_there(centre: Centre) -> None:
    conversation = await centre.asks(await centre.family())
    async with centre.desk.browser("stranger") as browser:
        foreign = await browser.opens(f"chats/{conversation}/ready")
        nothing = await browser.opens("chats/12345/ready")

    assert (foreign.status, nothing.status) == (404, 404)
    assert foreign.text == nothing.text


async def test_an_answer_is_written_changed_and_taken_away(centre: Centre) -> None:
    texts = {"name": "Ашық есік", "text_kk": "{today}", "text_ru": "{today}, {place}"}
    here = str(centre.city.territory_id)
    async with centre.desk.browser("operator") as browser:
        written = await browser.sends(
            (await browser.opens("answers/new")).form("new"), **texts, territory=here
        )
        [own] = re.findall(r"/console/answers/[0-9]+", written.html)
        page = await browser.opens(own.removeprefix("/console/"))
        changed = await browser.sends(page.form(own), text_kk="Енді {today}", territory=here)
        after_change = await centre.kept()
        page = await browser.opens(own.removeprefix("/console/"))
        retired = await browser.sends(page.form("retire"))

    assert "The answer is saved and offered from now on." in written.text
    assert changed.path == retired.path == "/console/answers"
    assert after_change == [Wording("Ашық есік", "Енді {today}", "{today}, {place}")]
    assert await centre.kept() == []
    assert await centre.audited() == ["answer_written", "answer_changed", "answer_retired"]


@pytest.mark.parametrize(
    "seen", ["", "yesterday", "2026-11-20T09:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"]
)
async def test_an_instant_that_is_none_overwrites_nothing(centre: Centre, seen: str) -> None:
    answer = await centre.writes(territory_id=centre.city.territory_id)
    before = await centre.kept()
    async with centre.desk.browser("operator") as browser:
        page = await browser.opens(f"answers/{answer}")
        here = str(centre.city.territory_id)
        changed = await browser.sends(page.form(str(answer)), text_ru="Новое", territory=here, seen=seen)
        retired = await browser.sends(page.form("retire"), seen=seen)

    assert (changed.status, retired.status) == (409, 409)
    assert await centre.kept() == before


async def test_a_stale_edit_overwrites_nothing(centre: Centre) -> None:
    answer = await centre.writes(territory_id=centre.city.territory_id)
    here = str(centre.city.territory_id)
    async with centre.desk.browser("operator") as mine, centre.desk.browser("everywhere") as theirs:
        stale = await mine.opens(f"answers/{answer}")
        fresh = await theirs.opens(f"answers/{answer}")
        await theirs.sends(fresh.form(str(answer)), text_ru="Новое", territory=here)
        seen = await mine.sends(stale.form(str(answer)), text_ru="Моё старое", territory=here)
        taken = await mine.sends(stale.form("retire"))

    [kept] = await centre.kept()
    assert (seen.status, taken.status) == (409, 409)
    assert "A colleague has changed this answer" in seen.text
    assert kept.text_ru == "Новое"
    assert seen.form(str(answer)).fields["text_ru"] == "Новое"
    assert "Моё старое" in seen.text


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("name", "", "Please fill this in."),
        ("name", "н" * 49, "At most 48 characters."),
        ("text_kk", "{plaice}", "“{plaice}” can't be filled in"),
        ("text_ru", "{place", "A brace is not closed"),
        ("text_ru", "", "Please fill this in."),
        ("text_kk", "т" * 2001, "At most 2000 characters."),
    ],
)
async def test_what_can_not_be_written_is_said_beside_its_field(
    centre: Centre, field: str, text: str, words: str
) -> None:
    typed = {"name": "н", "text_kk": "т", "text_ru": "т", field: text}
    async with centre.desk.browser("operator") as browser:
        form = (await browser.opens("answers/new")).form("new")
        seen = await browser.sends(form, **typed, territory=str(centre.city.territory_id))

    assert seen.status == 422
    assert words.replace("{plaice}", "plaice") in seen.text
    assert f'aria-describedby="fault-{field}"' in seen.html
    assert await centre.kept() == []


async def test_a_name_that_begins_so_comes_before_one_that_only_has_it_in_its_text(centre: Centre) -> None:
    found = await centre.offered(await centre.asks(), "кел")

    assert found[0].key == "list"
    assert len(found) > 1


async def test_nobody_writes_where_their_rights_do_not_reach(centre: Centre) -> None:
    everywhere = await centre.writes()
    here = await centre.writes(territory_id=centre.city.territory_id)
    texts = {"name": "н", "text_kk": "т", "text_ru": "т"}
    async with centre.desk.browser("operator") as browser, centre.desk.browser("stranger") as stranger:
        form = (await browser.opens("answers/new")).form("new")
        for_all = await browser.sends(form, **texts, territory="")
        elsewhere = await browser.sends(form, **texts, territory="12345")
        listed = await browser.opens("answers")
        opened = [(await browser.opens(f"answers/{each}")).status for each in (everywhere, here)]
        foreign = await stranger.opens(f"answers/{here}")
        theirs = await stranger.opens("answers")

    assert (for_all.status, elsewhere.status, foreign.status) == (404, 404, 404)
    assert opened == [404, 200]
    assert f"/console/answers/{everywhere}" not in listed.html
    assert theirs.html.count(WORDING.name) == 1
    assert len(await centre.kept()) == 2


async def test_what_is_there_from_the_beginning_is_read_in_each_language(centre: Centre) -> None:
    async with centre.desk.browser("operator") as browser:
        page = await browser.opens("answers")

    texts = {language: SHIPPED["bring"].text(texts_in(language)) for language in LANGUAGES}
    assert {language: text in page.text for language, text in texts.items()} == dict.fromkeys(LANGUAGES, True)


async def test_a_form_that_is_sent_twice_writes_one_answer(centre: Centre) -> None:
    texts = {"name": "н", "text_kk": "т", "text_ru": "т"}
    async with centre.desk.browser("everywhere") as browser:
        form = (await browser.opens("answers/new")).form("new")
        for _ in range(2):
            await browser.sends(form, **texts, territory="")

    assert len(await centre.kept()) == 1


async def test_without_scripts_an_answer_is_put_into_the_field_by_the_chat_s_address(centre: Centre) -> None:
    conversation = await centre.asks(await centre.family())
    async with centre.desk.browser("operator") as browser:
        listed = await browser.opens(f"chats/{conversation}/ready?q=bring")
        form = listed.form(f"chats/{conversation}")
        whole = await browser.opens(f"chats/{conversation}?ready={form.fields['ready']}")
        lacking = await browser.opens(f"chats/{conversation}?ready=access")
        unknown = await browser.opens(f"chats/{conversation}?ready=own-1")

    fields = [page.form("answer").fields["text"] for page in (whole, lacking, unknown)]
    assert fields[0].startswith("Вместе с направлением принесите, пожалуйста, в детский сад:")
    assert fields[1:] == ["", ""]
