"""Joining the queue: the whole way, in every messenger and language."""

from tests.conversation.applying import applies
from tests.conversation.house import House


async def test_a_father_applies_for_his_daughter(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)

    await applies(house, person)
    assert person.reads("Child: {name}, born {date}", name="Бекжанова Айла", date="09.10.2024")
    await person.taps("Confirm")

    assert person.reads("You are in the queue")
    assert person.reads("Place in the queue: {place}", place=47)
