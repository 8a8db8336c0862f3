"""The operator: how to reach the contact centre, and a question that is kept for it."""

from storage.centre import line
from storage.centre.line import HelpRequest
from storage.tables import help_request
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import MENU
from tests.conversation.test_once import rows
from tests.conversation.world import CENTRE

KEPT = "Your question is kept. An operator will answer you here; you can go on meanwhile."


async def question_of(house: House, person: Person) -> HelpRequest:
    """The question of a person, which is open."""
    conversation_id = (await house.contact_of(person)).conversation_id
    found: HelpRequest | None = await house.write(lambda tx: line.live_of(tx, conversation_id))
    assert found is not None
    return found


async def test_the_contact_centre_is_shown(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await person.says("/menu")

    await person.taps("Operator")

    assert person.reads("Phone: {phone}", phone=CENTRE.phone)
    assert person.reads("WhatsApp: {phone}", phone=CENTRE.whatsapp)
    assert person.reads("Hours: working days {since}–{until}", since="09:00", until="18:30")
    assert "https://balabaqsha.example" in person.sees


async def test_a_question_is_kept_for_the_territory(house: House, parent: Person) -> None:
    await parent.says("/menu")
    await parent.taps("Operator")
    await parent.says("Құжаттарды қайда апарамын?")

    assert parent.reads(KEPT)
    asked = await question_of(house, parent)
    assert (asked.territory_id, asked.language, asked.state) == (house.world.town, "en", "open")


async def test_a_second_question_waits_with_the_first(house: House, parent: Person) -> None:
    for question in ("Біріншіден?", "Екіншіден?"):
        await parent.says("/menu")
        await parent.taps("Operator")
        await parent.says(question)

    assert await rows(house, help_request) == 1


async def test_a_question_may_be_a_number_of_many_digits(house: House, parent: Person) -> None:
    await parent.says("/menu")
    await parent.taps("Operator")
    await parent.says(f"Why is {ALDABEKOVS.child.number} at 36?")

    assert parent.reads(KEPT)


async def test_without_a_question_one_can_go_back(parent: Person) -> None:
    await parent.says("/menu")
    await parent.taps("Operator")
    await parent.taps("Cancel")

    assert parent.labels == parent.named(*MENU)


async def test_a_territory_without_its_own_centre_shows_that_above(house: House, parent: Person) -> None:
    await house.changes_contact(parent, territory_id=house.world.territories["sholak"])
    await parent.says("/menu")

    await parent.taps("Operator")

    assert parent.reads("Phone: {phone}", phone=CENTRE.phone)
