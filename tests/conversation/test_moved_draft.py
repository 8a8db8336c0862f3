"""An application begun in one messenger and gone on with in another."""

import pytest
from sqlalchemy import update

from storage.tables import conversation
from tests.conversation.applying import becomes_the_father, begins, chooses_the_daughter, fills_in_the_rest
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, code_sent_to, is_confirmed

BEGUN = (
    "You began to fill in an application in {messenger} (last on {moment}). Go on with it here? "
    "It stays there, too, as you left it."
)
CHILD = "Child: {name}, born {date}"
BEGUN_AT = "20.11.2026\N{NO-BREAK SPACE}16:20"
HERE = "Continue my draft"


async def begun_elsewhere(house: House, language: str = "en") -> Person:
    """The father has begun in Telegram, as far as the child."""
    telegram = await house.acquaintance("telegram", language)
    await becomes_the_father(house, telegram)
    await chooses_the_daughter(telegram)
    house.later(hours=2)
    return telegram


async def signs_in_as_the_father(house: House, kind: str, language: str = "en") -> Person:
    """The father, in another messenger."""
    person = await house.acquaintance(kind, language)
    await person.presses("signin")
    sent = len(house.sms.sent)
    await person.says(NEWCOMERS.father.iin.digits)
    await person.waits(lambda: len(house.sms.sent) > sent, "the code")
    await person.says(await code_sent_to(house, person, NEWCOMERS.phones[0].e164))
    await person.hears("Good day, {name}!", name=NEWCOMERS.father.name)
    return person


@pytest.mark.parametrize("kind", ["whatsapp", "webchat"])
async def test_after_signing_in_it_goes_on_where_it_was_left(house: House, kind: str, language: str) -> None:
    telegram = await begun_elsewhere(house, language)
    left_with = telegram.sees

    person = await signs_in_as_the_father(house, kind, language)
    assert person.reads(BEGUN, messenger="Telegram", moment=BEGUN_AT)
    await person.taps("Go on here")
    assert person.sees == left_with
    await fills_in_the_rest(person)
    assert person.reads(CHILD, name="Айла Б.", date="09.10.2024")
    await person.taps("Confirm")

    assert person.reads("You are in the queue")


async def test_the_menu_offers_it_too_as_long_as_nothing_was_begun_here(house: House) -> None:
    await begun_elsewhere(house)
    person = await signs_in_as_the_father(house, "whatsapp")

    await person.says("/menu")
    await person.taps(HERE)
    assert person.reads(BEGUN, messenger="Telegram", moment=BEGUN_AT)
    await person.taps("Go on here")
    await person.says("/menu")

    assert person.t(HERE) not in person.labels
    assert person.t("Go on where I stopped") in person.labels


async def test_the_first_one_is_not_lost_and_can_not_be_sent_in_a_second_time(house: House) -> None:
    telegram = await begun_elsewhere(house)
    person = await signs_in_as_the_father(house, "whatsapp")
    await person.taps("Go on here")
    await fills_in_the_rest(person)
    await person.taps("Confirm")
    await telegram.waits(lambda: telegram.t("Show the application") in telegram.labels, "the news")

    await telegram.presses("resume")

    assert telegram.reads("Please choose another child.")
    assert telegram.reads("The child")


async def test_what_was_sent_in_is_not_offered_again(house: House) -> None:
    await begun_elsewhere(house)
    person = await signs_in_as_the_father(house, "whatsapp")
    await person.taps("Go on here")
    await fills_in_the_rest(person)
    await person.taps("Confirm")

    await person.says("/menu")

    assert person.t(HERE) not in person.labels


async def test_it_outlives_a_restart(house: House) -> None:
    await begun_elsewhere(house)
    await house.restarts()

    person = await signs_in_as_the_father(house, "whatsapp")
    await person.taps("Go on here")
    await fills_in_the_rest(person)

    assert person.reads(CHILD, name="Айла Б.", date="09.10.2024")


async def test_another_parent_is_offered_nothing_and_can_not_forge_it(house: House, kind: str) -> None:
    await begun_elsewhere(house)
    person = await house.acquaintance(kind)
    await is_confirmed(house, person, ALDABEKOVS)
    await person.says("/menu")
    assert person.t(HERE) not in person.labels

    for forged in ("moved", "moved:here", "moved:x"):
        await person.presses(forged)
        assert person.reads(OUTDATED)

    assert "Айла" not in person.sees


async def test_what_was_begun_by_nobody_yet_is_offered_to_nobody(house: House) -> None:
    telegram = await house.acquaintance("telegram")
    await begins(telegram)

    person = await house.acquaintance("whatsapp")
    await is_confirmed(house, person, ALDABEKOVS)
    await person.says("/menu")

    assert person.t(HERE) not in person.labels


async def test_a_draft_that_can_not_be_opened_is_offered_to_nobody(house: House) -> None:
    telegram = await begun_elsewhere(house)
    there = (await house.contact_of(telegram)).conversation_id
    spoilt = update(conversation).where(conversation.c.id == there).values(session=b"spoilt")
    await house.write(lambda tx: tx.conn.execute(spoilt))

    person = await signs_in_as_the_father(house, "whatsapp")

    assert not person.reads(BEGUN, messenger="Telegram", moment=BEGUN_AT)
