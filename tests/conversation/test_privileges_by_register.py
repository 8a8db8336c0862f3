"""First priority comes from the state register by itself and can be lost: what the parents hear of it."""

from dataclasses import replace
from datetime import datetime

import pytest

from storage import notices
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed
from tests.conversation.unconfirmed import typed_while_it_was_down

CHILD = ALDABEKOVS.child.person
CONFIRMED = "The privilege “{privilege}” is confirmed."
LOST = "The privilege “{privilege}” is not confirmed any more."


@pytest.fixture
async def family(house: House, language: str) -> Person:
    """The parent of a family in the queue whose child the register has yet to confirm."""
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)
    await person.says("/menu")
    await typed_while_it_was_down(house, ALDABEKOVS)
    return person


async def the_register_says(house: House, *codes: str) -> None:
    """Of the child, when the worker asks."""
    house.register.people[CHILD.iin] = replace(CHILD, privileges=codes)
    await house.asks_the_register()


async def test_a_large_family_moves_ahead_by_itself(house: House, family: Person) -> None:
    await the_register_says(house, "large_family")

    await family.hears(CONFIRMED, privilege=family.t("large family"))
    assert family.reads("Class: {name}", name=family.t("first priority"))
    assert family.reads("Place in the queue: {place}", place=18)
    assert family.reads("Child: {name}", name=CHILD.name)
    assert family.labels == family.named("Show the application", "Menu")


async def test_a_privilege_that_is_lost_can_be_objected_to_from_its_notice(
    house: House, family: Person
) -> None:
    await the_register_says(house, "large_family")
    await family.hears(CONFIRMED, privilege=family.t("large family"))
    house.later(days=90, seconds=1)

    await the_register_says(house)
    await family.hears(LOST, privilege=family.t("large family"))
    until = family.t.moment(await objection_ends(house))
    assert family.reads("If this is a mistake, you can object until {moment}.", moment=until)
    assert family.reads("Place in the queue: {place}", place=36)
    await family.taps("Privileges")
    await family.taps("Large family")
    await family.taps("Object")

    assert family.reads("Your objection is with the education department. You will be told its answer here.")


async def objection_ends(house: House) -> datetime:
    """As the newest notice has it."""
    parent_id = house.world.parent_of(ALDABEKOVS)
    newest = await house.write(lambda tx: notices.page(tx, parent_id, 1)[0])
    return datetime.fromisoformat(newest.data["until"])


async def test_an_outage_takes_nothing(house: House, family: Person) -> None:
    await the_register_says(house, "large_family")
    await family.hears(CONFIRMED, privilege=family.t("large family"))
    house.later(days=100)
    house.register.down = True

    await the_register_says(house)
    await family.says("/check")

    assert family.reads("Class: {name}", name=family.t("first priority"))
    lost = family.t(LOST, privilege=family.t("large family"))
    assert not any(lost in each.text for each in family.heard)
