"""The question of each quarter, as a parent reads and answers it."""

from datetime import timedelta

from bot.clockwork import Clockwork
from domain.rounds import A_QUARTER
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS, Family
from tests.conversation.mine_plays import CHILD, parent_at, whole
from tests.conversation.person import Person

QUESTION = "Do you still wait for a place in a kindergarten?"


async def is_asked(house: House, kind: str, language: str, family: Family = ALDABEKOVS) -> Person:
    """A parent of whom nothing was heard for a quarter."""
    person = await parent_at(house, kind, language, family)
    await Clockwork(house.database).look()
    house.clock.move_to(house.clock.read() + timedelta(days=A_QUARTER))
    await Clockwork(house.database).look()
    await person.hears(QUESTION)
    return person


async def test_one_tap_is_the_whole_answer(house: House, kind: str, language: str) -> None:
    person = await is_asked(house, kind, language)
    assert person.reads("Application № {number}", number=CHILD.number)
    digits = ALDABEKOVS.phones[0].e164[-4:]
    assert person.reads("Is your phone number still the one that ends in {digits}?", digits=digits)

    await person.taps("Yes, all is right")

    assert person.reads("Thank you. Everything stays as it is.")


async def test_who_no_longer_wants_it_sees_first_what_withdrawing_means(
    house: House, kind: str, language: str
) -> None:
    person = await is_asked(house, kind, language)

    await person.taps("No longer wanted")

    assert person.reads(
        "Withdraw the application? It goes out of the queue, and everybody behind it moves up."
    )
    assert (await whole(house)).ended_at is None


async def test_a_changed_number_leads_to_the_phones(house: House, kind: str, language: str) -> None:
    person = await is_asked(house, kind, language)

    await person.taps("The number changed")

    assert ALDABEKOVS.phones[0].e164[-2:] in person.sees


async def test_two_children_are_one_question(house: House, kind: str, language: str) -> None:
    person = await is_asked(house, kind, language, TIKHONOVS)

    assert sum(person.t(QUESTION) in each.text for each in person.heard) == 1
    await person.taps("No longer wanted")
    assert all(str(each.number) in person.sees for each in TIKHONOVS.children)
