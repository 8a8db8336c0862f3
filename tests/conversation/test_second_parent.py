"""A second parent of a child: by the register, by the first parent's word, or not at all."""

from tests.conversation.house import House
from tests.conversation.joining_plays import (
    ASKED,
    JOINED,
    applies_for,
    parent_named,
    parents_of,
    with_comes,
)
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import PLACE, is_confirmed

CHILD = ALDABEKOVS.child
FIRST, SECOND = ALDABEKOVS, TIKHONOVS
NAME = "Вера Т."
ASKS = "Somebody asks to become the second parent of your child here."


async def the_two(house: House, kind: str, language: str = "en") -> tuple[Person, Person]:
    """The first parent of the child, and somebody else's parent who will ask."""
    with_comes(house)
    first, second = await house.acquaintance(kind, language), await house.acquaintance(kind, language)
    for person, family in ((first, FIRST), (second, SECOND)):
        await is_confirmed(house, person, family)
        await parent_named(house, family)
        await person.says("/menu")
    return first, second


async def test_the_register_names_both_and_the_second_is_joined_at_once(
    house: House, kind: str, language: str
) -> None:
    first, second = await the_two(house, kind, language)

    said = await applies_for(house, second, CHILD, FIRST.parent, SECOND.parent)

    assert said == JOINED
    await first.hears("A second parent was joined to your child: the state register names you both.")
    assert first.reads("Parent: {name}", name=NAME)
    assert SECOND.parent.surname not in first.sees
    await second.says("/check")
    assert CHILD.person.name in second.sees


async def test_the_first_parent_agrees_in_the_chat(house: House, kind: str, language: str) -> None:
    first, second = await the_two(house, kind, language)

    assert await applies_for(house, second, CHILD) == ASKED
    await first.hears(ASKS)
    await first.taps("Agree")
    await first.taps("Yes, I agree")

    assert first.reads("The second parent is joined and has been told.")
    await second.hears("The other parent has agreed: now you are a parent of the child here, too.")
    assert await parents_of(house, CHILD) == [
        (house.world.parent_of(FIRST), "applied"),
        (house.world.parent_of(SECOND), "agreed"),
    ]
    await second.says("/check")
    assert CHILD.person.name in second.sees
    assert second.reads(PLACE, place=36, size=46)
