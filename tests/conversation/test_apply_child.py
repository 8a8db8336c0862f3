"""The child of an application: whose it is, how old, and whether it stands in the queue already."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from domain.iin import Iin, Sex
from storage import applications, people
from storage.applications import Application
from storage.tables import department_task
from storage.transaction import Transaction
from tests.conversation.applying import (
    applies,
    becomes_the_father,
    begins,
    chooses_the_daughter,
    confirms_phone,
    fills_in_the_rest,
    tells_who,
)
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, iin_of
from tests.conversation.person import Person
from tests.conversation.plays import signs_in

WHICH = "Which child is it? Choose, or type the child's IIN: 12 digits from the birth certificate."
NOT_YOURS = (
    "The state register names other parents for this child, so the name is not shown here. "
    "If you are the guardian, the education department adds you after it has seen the document."
)
JOIN = (
    "{child} is in this queue already, through the other parent. "
    "You can follow the application and act in it as the second parent. Shall I join you?"
)


async def of_child(house: House, iin: Iin) -> list[Application]:
    """The applications of a child."""

    def read(tx: Transaction) -> list[Application]:
        child_id = people.find_child_by_iin(tx, iin)
        return applications.of_child(tx, child_id) if child_id else []

    found: list[Application] = await house.write(read)
    return found


@pytest.mark.parametrize(
    ("iin", "words"),
    [
        (NEWCOMERS.father.iin, "This is your own IIN. Here the child's is needed."),
        (
            iin_of(date(1985, 1, 1), Sex.MALE, 10),
            "This is an adult's IIN. Here the child's is needed: it stands on the birth certificate.",
        ),
    ],
)
async def test_a_parents_iin_is_typed_for_the_childs(
    house: House, language: str, iin: Iin, words: str
) -> None:
    person = await house.acquaintance("whatsapp", language)
    await becomes_the_father(house, person)

    await person.says(iin.digits)

    assert person.reads(words)


async def test_a_childs_iin_is_typed_for_the_parents(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await begins(person)

    await person.says(NEWCOMERS.daughter.iin.digits)

    assert person.reads(
        "This is a child's IIN. Here the parent's own is needed: it stands on the identity card."
    )


async def test_a_child_who_is_not_born_yet(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await becomes_the_father(house, person)

    await person.says(iin_of(date(2026, 11, 21), Sex.MALE, 10).digits)

    assert person.reads(
        "By this IIN the child is born on {date}, which is still to come. Please check the digits.",
        date="21.11.2026",
    )


async def test_a_child_turns_six_today_and_another_one_tomorrow(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await becomes_the_father(house, person)

    await person.says(iin_of(date(2020, 8, 31), Sex.MALE, 10).digits)
    assert person.reads(
        "A child can join the queue only while younger than {years}. For this one that ended on {date}.",
        years=6,
        date="31.08.2026",
    )
    await person.says(iin_of(date(2021, 1, 1), Sex.MALE, 10).digits)

    await person.waits(lambda: person.t("Yes, it's this child") in person.labels, "the child to be shown")


async def test_of_a_child_whom_the_register_ties_to_nobody_the_short_name_is_shown(
    house: House, parent: Person
) -> None:
    iin = iin_of(date(2024, 3, 3), Sex.MALE, 300)
    house.register.people[iin] = replace(
        NEWCOMERS.daughter, iin=iin, surname="Сейітов", name="Нұрым", sex=Sex.MALE, parents=()
    )
    await becomes_the_father(house, parent)

    await parent.says(iin.digits)
    await parent.waits(lambda: parent.t("Yes, it's this child") in parent.labels, "the child to be shown")

    assert "Нұрым С." in parent.sees
    assert "Сейітов" not in parent.sees


async def tasks_about(house: House, parent_id: int, iin: Iin) -> list[str]:
    """The kinds of the department's tasks that name this parent and this child."""

    def read(tx: Transaction) -> list[str]:
        asked = select(department_task.c.kind).where(
            department_task.c.parent_id == parent_id,
            department_task.c.child_id == people.find_child_by_iin(tx, iin),
        )
        return list(tx.conn.execute(asked).scalars())

    found: list[str] = await house.write(read)
    return found


async def test_where_the_register_names_other_parents_nobody_applies_by_chat(
    house: House, kind: str, language: str
) -> None:
    stranger = await house.acquaintance(kind, language)
    await signs_in(house, stranger, ALDABEKOVS)
    await begins(stranger)
    await stranger.hears(WHICH)

    await stranger.says(NEWCOMERS.daughter.iin.digits)
    await stranger.hears(NOT_YOURS)
    await stranger.presses("answer:apply:cwho:mine")
    assert stranger.reads(NOT_YOURS)
    await stranger.taps("I am the guardian")

    assert stranger.reads("The department has your request. You can also write to the operator.")
    assert stranger.labels[:2] == stranger.named("Another child", "Operator")
    await stranger.presses("answer:apply:cwho:guardian")
    assert stranger.reads("The department knows of your request already. You will be told its answer here.")
    me, child = house.world.parent_of(ALDABEKOVS), NEWCOMERS.daughter.iin
    assert await tasks_about(house, me, child) == ["guardianship"]
    assert NEWCOMERS.daughter.name not in "\n".join(shown.text for shown in stranger.heard)
    assert await of_child(house, NEWCOMERS.daughter.iin) == []


async def test_another_child_than_the_one_that_was_shown(house: House, parent: Person) -> None:
    await becomes_the_father(house, parent)
    await parent.taps(parent.t("Born on {date}", date="09.10.2024"))
    await parent.waits(lambda: parent.t("Another child") in parent.labels, "the child to be shown")

    await parent.taps("Another child")

    assert parent.reads(WHICH)


@pytest.mark.parametrize(
    ("name", "sex", "words"),
    [
        (
            "Серіков Арман Асанұлы",
            Sex.FEMALE,
            "By this IIN the child is a girl, but the name looks like a boy's. Is everything right?",
        ),
        (
            "Серікова Айым Асанқызы",
            Sex.MALE,
            "By this IIN the child is a boy, but the name looks like a girl's. Is everything right?",
        ),
    ],
)
async def test_the_wrong_sex_digit_for_the_name_is_asked_about(
    house: House, language: str, name: str, sex: Sex, words: str
) -> None:
    person = await house.acquaintance("whatsapp", language)
    await becomes_the_father(house, person)
    house.register.down = True
    await person.says(iin_of(date(2024, 3, 3), sex, 300).digits)
    await person.hears("The state register does not answer at present. Your data will be compared later.")

    await person.says(name)
    assert person.reads(words)
    await person.taps("Yes, all is right")

    assert person.reads("Address")


async def test_a_name_that_was_mistyped_is_typed_once_more(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await becomes_the_father(house, person)
    house.register.down = True
    await person.says(iin_of(date(2024, 3, 3), Sex.FEMALE, 300).digits)
    await person.hears("The state register does not answer at present. Your data will be compared later.")
    await person.says("Серіков Айым")

    await person.says("Серікова Айым")

    assert person.reads("Address")


async def test_the_same_child_twice_is_said_with_its_number(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await applies(house, person)
    await person.taps("Confirm")
    number = "".join(char for char in person.sees.split("\n")[2] if char.isdigit())

    await begins(person)
    await person.hears(WHICH)
    await person.says(NEWCOMERS.daughter.iin.digits)

    assert person.reads(
        "This child is in this queue already: № {number}. It is under My applications.", number=number
    )
    assert len(await of_child(house, NEWCOMERS.daughter.iin)) == 1


async def test_confirming_twice_is_one_application(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)
    await applies(house, person)
    review = person.screen
    await person.taps("Confirm")

    await person.repeats(at_once=3)
    if review in person.heard:
        await person.taps("Confirm", on=review)

    assert len(await of_child(house, NEWCOMERS.daughter.iin)) == 1


async def test_one_child_in_two_places(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await applies(house, person)
    await person.taps("Confirm")
    await person.says("/menu")
    await person.taps("Join the queue")
    await person.taps("Another place")

    await person.says("Кентау")
    await person.taps("General queue")
    await person.hears(WHICH)
    await person.taps(f"{NEWCOMERS.daughter.name} 09.10.2024")
    await person.waits(lambda: person.t("Yes, it's this child") in person.labels, "the child to be shown")
    await person.taps("Yes, it's this child")
    await fills_in_the_rest(person)
    await person.taps("Confirm")

    assert person.reads("Place in the queue: {place}", place=1)
    places = {each.territory_id for each in await of_child(house, NEWCOMERS.daughter.iin)}
    assert places == {house.world.town, house.world.territories["kentau"]}


async def test_the_mother_applies_for_the_child_the_father_has_applied_for(
    house: House, kind: str, language: str
) -> None:
    father, mother = await house.acquaintance(kind, language), await house.acquaintance(kind, language)
    await applies(house, father)
    await father.taps("Confirm")
    await begins(mother)
    await tells_who(house, mother, NEWCOMERS.mother.iin.digits, NEWCOMERS.phones[1])
    await mother.waits(lambda: mother.t("Yes, that's me") in mother.labels, "the name to be shown")
    await mother.taps("Yes, that's me")
    await confirms_phone(house, mother, NEWCOMERS.phones[0])
    await chooses_the_daughter(mother)
    assert mother.reads(JOIN, child="Айла Б.")

    await mother.taps("Confirm")

    assert mother.reads("You are joined as the second parent.")
    assert len(await of_child(house, NEWCOMERS.daughter.iin)) == 1


async def test_both_parents_confirm_at_once_and_the_child_has_one_place(house: House) -> None:
    father, mother = await house.acquaintance("telegram"), await house.acquaintance("webchat", "ru")
    await applies(house, father)
    await begins(mother)
    await tells_who(house, mother, NEWCOMERS.mother.iin.digits, NEWCOMERS.phones[1])
    await mother.waits(lambda: mother.t("Yes, that's me") in mother.labels, "the name to be shown")
    await mother.taps("Yes, that's me")
    await confirms_phone(house, mother, NEWCOMERS.phones[0])
    await chooses_the_daughter(mother)
    await fills_in_the_rest(mother)

    await father.taps("Confirm")
    await mother.taps("Confirm")
    assert mother.reads("The other parent has applied for this child meanwhile.")
    await mother.taps("Confirm")

    assert mother.reads("You are joined as the second parent.")
    assert len(await of_child(house, NEWCOMERS.daughter.iin)) == 1


async def test_a_twin_is_offered_with_the_same_answers(house: House, kind: str, language: str) -> None:
    twin = iin_of(date(2024, 10, 9), Sex.MALE, 2700)
    both = (NEWCOMERS.daughter.iin, twin)
    house.register.people[NEWCOMERS.father.iin] = replace(NEWCOMERS.father, children=both)
    house.register.people[twin] = replace(NEWCOMERS.daughter, iin=twin, name="Әлихан", sex=Sex.MALE)
    person = await house.acquaintance(kind, language)
    await becomes_the_father(house, person)
    await person.says("1")
    await person.waits(lambda: person.t("Yes, it's this child") in person.labels, "the child to be shown")
    await person.taps("Yes, it's this child")
    await fills_in_the_rest(person)
    await person.taps("Confirm")

    await person.taps("Also for the twin")
    await person.hears(WHICH)
    await person.says("1")
    await person.waits(lambda: "Әлихан" in person.sees, "the twin to be shown")
    await person.taps("Yes, it's this child")
    await person.taps("No, go on")
    await person.taps("Confirm")

    assert person.reads("Place in the queue: {place}", place=48)
    assert person.t("For another child") in person.labels


async def test_a_register_that_contradicts_the_iin_leaves_the_child_unverified(
    house: House, language: str
) -> None:
    house.register.people[NEWCOMERS.daughter.iin] = replace(NEWCOMERS.daughter, sex=Sex.MALE)
    person = await house.acquaintance("whatsapp", language)
    await applies(house, person)

    await person.taps("Confirm")

    assert person.reads("Your data will be compared with the state register later; the application counts.")
    assert [each.unverified for each in await of_child(house, NEWCOMERS.daughter.iin)] == [True]


async def test_the_register_is_not_asked_about_as_many_children_as_somebody_likes(
    house: House, language: str
) -> None:
    person = await house.acquaintance("whatsapp", language)
    await becomes_the_father(house, person)
    for number in range(10):
        await person.says(iin_of(date(2024, 3, 3), Sex.MALE, 300 + 10 * number).digits)
        await person.waits(lambda: person.t("Another child") in person.labels, "the child to be shown")
        await person.taps("Another child")

    await person.says(iin_of(date(2024, 3, 3), Sex.MALE, 600).digits)

    assert person.reads("That was tried often enough for now. You can try again at {time}.", time="16:20")
    await person.taps(person.t("Born on {date}", date="09.10.2024"))
    await person.hears("{name}, born {date}. Is this the child?", name="Айла Б.", date="09.10.2024")
