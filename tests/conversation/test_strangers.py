"""What strangers may see: place, size, date, status; never a name, a class, a reason. And how often."""

import pytest

from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, FAMILIES, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, PLACE, WHO, checks, is_confirmed

CHILD = ALDABEKOVS.child
IIN = CHILD.person.iin.digits
AGAIN = "That was tried often enough for now. You can try again at {time}."
PRIVILEGED = TIKHONOVS.child
NAMES = {
    name
    for family in FAMILIES
    for person in (family.parent, *(child.person for child in family.children))
    for name in (person.surname, person.name)
}
CLASSES = ("out of queue", "first priority", "general basis")


@pytest.mark.parametrize(
    "typed", [IIN, str(PRIVILEGED.number), ALDABEKOVS.parent.iin.digits, TIKHONOVS.parent.iin.digits]
)
async def test_a_stranger_sees_no_name_and_no_class(house: House, kind: str, typed: str) -> None:
    person = await house.acquaintance(kind)

    await checks(person, typed)

    assert person.t("Place in the queue: {place} of {size}").partition("{")[0] in person.sees
    assert not [word for word in (*NAMES, *person.named(*CLASSES)) if word in person.sees]
    assert person.labels == person.named("This is my child", "Check another", "Menu")


async def test_a_confirmed_parent_is_a_stranger_to_the_children_of_others(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)
    await is_confirmed(house, person, ALDABEKOVS)

    await person.says("/menu")
    await person.says(PRIVILEGED.person.iin.digits)

    assert person.reads(PLACE, place=1, size=9)
    assert not [word for word in (*NAMES, *person.named(*CLASSES)) if word in person.sees]
    assert person.labels == person.named("Check another", "Menu")


@pytest.mark.parametrize("what", ["own", "why", "around"])
async def test_buttons_of_somebody_elses_application_are_out_of_date(
    house: House, kind: str, what: str
) -> None:
    stranger, other = await house.acquaintance(kind), await house.acquaintance(kind)
    await is_confirmed(house, other, TIKHONOVS)
    forged = f"{what}:{house.world.application_of(CHILD)}"

    for person, answer in ((stranger, WHO), (other, OUTDATED)):
        await person.says("/menu")
        await person.presses(forged)
        assert person.reads(answer)
        refused = person.sees
        await person.says("/cancel")
        await person.says("/menu")
        await person.presses(f"{what}:12345")

        assert person.sees == refused


async def test_five_tries_an_hour_and_then_until_when(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)

    for _ in range(5):
        await checks(person, IIN)
        assert person.reads(PLACE, place=36, size=46)
    await checks(person, IIN)

    assert person.reads(AGAIN, time="17:20")
    assert not person.reads(PLACE, place=36, size=46)


async def test_after_the_hour_it_can_be_tried_again(house: House, parent: Person) -> None:
    for _ in range(5):
        await checks(parent, IIN)
    house.later(minutes=59)
    await checks(parent, IIN)
    assert parent.reads(AGAIN, time="17:20")

    house.later(minutes=2)
    await parent.says(IIN)

    assert parent.reads(PLACE, place=36, size=46)


async def test_tries_are_counted_over_a_restart_and_with_unknown_numbers(
    house: House, parent: Person
) -> None:
    for typed in (IIN, "1200300499", str(CHILD.number), IIN):
        await checks(parent, typed)
    await house.restarts()
    await checks(parent, "1200300498")

    await checks(parent, IIN)

    assert parent.reads(AGAIN, time="17:20")


async def test_a_parent_checks_the_own_child_as_often_as_they_like(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)

    for _ in range(7):
        await parent.says("/menu")
        await parent.says(IIN)

    assert parent.reads(PLACE, place=36, size=46)


async def test_twenty_tries_an_hour_from_one_network_address(house: House) -> None:
    for _ in range(4):
        somebody = await house.acquaintance("webchat")
        for _ in range(5):
            await checks(somebody, IIN)
            assert somebody.reads(PLACE, place=36, size=46)
    another = await house.acquaintance("webchat")

    await checks(another, IIN)

    assert another.reads(AGAIN, time="17:20")
    house.later(minutes=61)
    await another.says(IIN)
    assert another.reads(PLACE, place=36, size=46)
