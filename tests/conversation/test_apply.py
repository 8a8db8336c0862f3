"""Joining the queue: the whole way, in every messenger and language."""

from storage import people, profiles
from storage.transaction import Transaction
from tests.conversation.applying import applies
from tests.conversation.house import House
from tests.conversation.made_up import NEWCOMERS
from tests.conversation.plays import code_mailed_to


async def test_a_father_applies_for_his_daughter(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)

    await applies(house, person)
    assert person.reads("Child: {name}, born {date}", name="Айла Б.", date="09.10.2024")
    await person.taps("Confirm")

    assert person.reads("You are in the queue")
    assert person.reads("Place in the queue: {place}", place=47)


async def test_an_address_for_letters_goes_with_the_wish_for_letters(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await applies(house, person)
    await person.taps("News")
    await person.taps("By e-mail instead")
    await person.says("timur@mail.kz")
    await person.says(await code_mailed_to(house, person, "timur@mail.kz"))
    assert "timur@mail.kz" in person.sees

    await person.taps("News")
    await person.taps("That's good")

    assert "timur@mail.kz" not in person.sees
    await person.taps("Confirm")
    assert await house.write(email_of_the_father) == ""


def email_of_the_father(tx: Transaction) -> str:
    """What is kept of the father's."""
    father = people.find_parent_by_iin(tx, NEWCOMERS.father.iin)
    assert father is not None
    return profiles.read(tx, father).email
