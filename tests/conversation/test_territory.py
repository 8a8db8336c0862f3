"""Choosing the territory: by name with slips of the finger, down the tree, by a shared location."""

import pytest

from tests.conversation.house import House
from tests.conversation.person import Person

TAKEN = "Territory: {territory}."


async def asked(house: House, kind: str, language: str = "en") -> Person:
    """Somebody who is asked for the territory."""
    person = await house.acquaintance(kind, language)
    await house.changes_contact(person, territory_id=None)
    await person.says("/start")
    return person


async def turns_to(person: Person, label: str) -> None:
    """Turn the pages of a branch until the label is there."""
    while label not in person.labels:
        await person.taps("More")


@pytest.mark.parametrize(
    "typed",
    [
        "Түркістан",
        "түркістан қаласы",
        "Туркестан",
        "г. Туркестан",
        "TURKISTAN",
        "  turkistan  ",
        "Туркістан",
        "Турркестан",
        "Turkistn",
        "туркистан",
    ],
)
async def test_a_name_is_understood_in_every_spelling_and_with_slips(house: House, typed: str) -> None:
    person = await asked(house, "whatsapp")

    await person.says(typed)

    assert person.reads(TAKEN, territory="Turkistan")
    assert (await house.contact_of(person)).territory_id == house.world.town


@pytest.mark.parametrize("typed", ["Қарабұлақ", "Карабулак", "карабұлак", "село Карабулак"])
async def test_a_place_with_a_look_alike_is_taken_or_asked_back(house: House, typed: str) -> None:
    person = await asked(house, "whatsapp")

    await person.says(typed)
    if person.reads("Did you mean one of these?"):
        await person.taps("Karabulak")

    assert person.reads(TAKEN, territory="Karabulak")


async def test_of_two_places_with_one_name_the_person_chooses(house: House, kind: str) -> None:
    person = await asked(house, kind)

    await person.says("Ақбұлақ")
    assert "Akbulak, Sairam district" in person.sees
    assert "Akbulak, Saryagash district" in person.sees
    await person.taps(next(label for label in person.labels if "Sairam" in label))

    assert (await house.contact_of(person)).territory_id == house.world.territories["sairam-spring"]


async def test_the_label_of_one_of_two_places_can_be_typed(house: House, kind: str) -> None:
    person = await asked(house, kind)

    await person.says("Ақбұлақ")
    await person.says(next(label for label in person.labels if "Saryagash" in label))

    assert (await house.contact_of(person)).territory_id == house.world.territories["saryagash-spring"]


async def test_down_the_tree(house: House, kind: str) -> None:
    person = await asked(house, kind)

    await turns_to(person, "Sozak district")
    await person.taps("Sozak district")
    await person.taps("Sholakkorgan")

    assert person.reads(TAKEN, territory="Sholakkorgan")


async def test_a_long_name_is_shortened_on_its_button_alone(house: House, kind: str) -> None:
    person = await asked(house, kind)

    await turns_to(person, "Baidibek district")
    await person.taps("Baidibek district")
    await person.taps(person.labels[0])

    assert person.reads(TAKEN, territory="Algabas-Zhanatalap-Birlik")


async def test_from_a_branch_back_to_the_beginning(house: House, kind: str) -> None:
    person = await asked(house, kind)
    first = person.labels

    await turns_to(person, "Sozak district")
    await person.taps("Sozak district")
    await person.taps("To the beginning")

    assert person.labels == first


async def test_by_a_shared_location(house: House, kind: str) -> None:
    person = await asked(house, kind)

    await person.taps("By my location")
    assert person.t("Share my location") in person.labels
    await person.shares_location(43.30, 68.25)
    assert person.labels == ("Turkistan", "Kentau", "Shauildir", person.t("Another place"))
    await person.taps("Turkistan")

    assert person.reads(TAKEN, territory="Turkistan")


async def test_a_location_may_be_shared_without_being_asked_for(house: House, kind: str) -> None:
    person = await asked(house, kind)

    await person.shares_location(43.52, 68.50)

    assert person.labels[0] == "Kentau"


async def test_instead_of_sharing_a_location_the_list_can_be_taken(house: House, kind: str) -> None:
    person = await asked(house, kind)

    await person.taps("By my location")
    await person.taps("Go down the list")

    assert person.labels[0] == "Arys"


async def test_no_such_place_is_said_and_asked_again(house: House, kind: str, language: str) -> None:
    person = await asked(house, kind, language)

    await person.says("Атлантида")

    assert person.reads("Territory")
    assert person.reads("I found no such place. Try another spelling, or go down the list.")


async def test_the_territory_can_be_changed_in_the_settings(house: House, parent: Person) -> None:
    await parent.says("/settings")
    await parent.taps("Territory")
    await parent.says("Kentau")

    assert parent.reads(TAKEN, territory="Kentau")
    assert (await house.contact_of(parent)).territory_id == house.world.territories["kentau"]


async def test_a_district_is_opened_and_not_taken(house: House, kind: str) -> None:
    person = await asked(house, kind)

    await person.says("Созақ ауданы")
    if "Sholakkorgan" not in person.labels:
        await person.taps("Sozak district")

    assert "Sholakkorgan" in person.labels
    assert (await house.contact_of(person)).territory_id is None
