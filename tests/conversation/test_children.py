"""Children: who they are and where they stand; one more by the IIN, where the register names the parent."""

from dataclasses import replace
from datetime import date

import pytest

from bot.ports.state_register import Person as Known
from bot.texts import NUMBER_SIGN
from domain.iin import Iin, Sex
from storage import guardians, people
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, OSPANOVS, TIKHONOVS, Child, Family, iin_of, somebody
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, WHO, is_confirmed
from tests.conversation.waiting import real_time_later

TYPE_IT = "Type the child's IIN: 12 digits from the birth certificate."
WAYS = (
    "The child comes here by itself when you join the queue with it, "
    "or when the other parent adds you. You can also type another IIN."
)
SON = somebody("Алдабеков", "Тамерлан", date(2025, 3, 9), Sex.MALE, 4100)
"""The father's second child, whom nobody has applied for."""


def in_the_register(house: House, known: Known, *parents: Iin) -> None:
    """The register knows the child, and these as its parents."""
    house.register.people[known.iin] = replace(known, parents=parents)


async def adds(house: House, person: Person, iin: str) -> None:
    """Choose it in the cabinet and type an IIN."""
    await person.presses("children")
    await person.taps("Add a child")
    assert person.reads(TYPE_IT)
    await person.says(iin)


async def own_children(house: House, family: Family) -> int:
    """How many there are."""
    me = house.world.parent_of(family)
    return len(await house.write(lambda tx: guardians.children_of(tx, me)))


async def test_children_are_shown_with_what_is_known(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, TIKHONOVS)

    await person.says("/settings")
    await person.taps("My cabinet")
    await person.taps("Children")

    first, second = (each.person for each in TIKHONOVS.children)
    assert person.labels == (
        first.name, second.name[:20], *person.named("Add a child", "My cabinet", "Menu"),
    )  # fmt: skip
    assert [block.split("\n") for block in person.sees.split("\n\n")[1:]] == [
        [
            f"{each.person.surname} {each.person.name}",
            person.t("Born {date}, IIN {iin}", date=f"{born:%d.%m.%Y}", iin=each.person.iin.masked),
            person.t("In the queue: {numbers}", numbers=f"{NUMBER_SIGN}{each.number}"),
        ]
        for each, born in zip(TIKHONOVS.children, (first.birth_date, second.birth_date), strict=True)
    ]


async def test_one_child_is_opened_with_its_applications(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    child = ALDABEKOVS.child

    await person.presses("children")
    await person.taps(child.person.name)

    assert child.person.iin.digits not in person.sees
    assert person.sees.splitlines()[0] == f"{child.person.surname} {child.person.name}"
    for said in ("A girl", "Second parent: nobody yet", "To be compared with the state register yet"):
        assert person.reads(said)
    assert person.reads("Place in the queue: {place} of {size}", place=36, size=46)
    assert person.labels == (
        f"{NUMBER_SIGN}{child.number}", *person.named("Join the queue", "Second parent", "Children", "Menu"),
    )  # fmt: skip
    await person.taps(f"{NUMBER_SIGN}{child.number}")
    assert person.reads("Class: {name}", name=person.t("general basis"))


async def test_the_children_of_a_stranger_are_not_to_be_had(house: House, parent: Person) -> None:
    await parent.presses("children")
    assert parent.reads(WHO)
    await is_confirmed(house, parent, ALDABEKOVS)
    others = TIKHONOVS.children[0].person.iin
    child_id = await house.write(lambda tx: people.find_child_by_iin(tx, others))

    for action in (f"child:{child_id}", "child", "child:x", "children:99", "children:-1"):
        await parent.presses(action)
        assert parent.reads(OUTDATED), action


async def test_of_a_child_that_the_register_does_not_give_the_parent_only_a_short_name_is_shown(
    house: House, parent: Person
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await verified(house, ALDABEKOVS.child)

    await parent.presses("children")

    assert "Інжу А.\n" in parent.sees
    assert ALDABEKOVS.child.person.surname not in parent.sees


async def verified(house: House, child: Child) -> None:
    """The register has confirmed a child's names."""

    def work(tx: Transaction) -> None:
        child_id = people.find_child_by_iin(tx, child.person.iin)
        assert child_id is not None
        words = people.RegisterWords.from_data(child.person.to_data())
        people.name_child(tx, child_id, words, tx.now)

    await house.write(work)


async def test_who_has_no_child_is_told_how_one_comes_here(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    mother = iin_of(date(1995, 4, 4), Sex.FEMALE, 6000)

    def known(tx: Transaction) -> int:
        return people.parent_for(tx, mother, at=tx.now, language="kk", notice_way="messenger")

    await house.changes_contact(person, parent_id=await house.write(known))
    await person.presses("children")

    assert person.reads(
        "No child is here yet. Add one by the IIN; or join the queue, then the child comes here by itself."
    )
    assert person.labels == person.named("Add a child", "My cabinet", "Menu")


async def test_a_large_family_is_leafed_through(house: House, parent: Person) -> None:
    me = house.world.parent_of(ALDABEKOVS)

    def born(tx: Transaction) -> None:
        for day in range(1, 9):
            of = iin_of(date(2025, 5, day), Sex.MALE, 5000 + 10 * day)
            guardians.join(tx, me, people.child_for(tx, of, at=tx.now), "register", tx.now)

    await house.write(born)
    await is_confirmed(house, parent, ALDABEKOVS)

    await parent.presses("children")
    assert len(parent.labels) == 10
    await parent.taps("More")

    assert parent.labels[:3] == ("06.05.2025", "07.05.2025", "08.05.2025")
    await parent.taps("To the beginning")
    assert parent.labels[0] == ALDABEKOVS.child.person.name


async def test_namesakes_and_twins_are_told_apart(house: House, parent: Person) -> None:
    me = house.world.parent_of(ALDABEKOVS)
    twins = [somebody("Алдабекова", "Інжу", date(2025, 5, 1), Sex.FEMALE, 5000 + 20 * n) for n in (1, 2)]

    def born(tx: Transaction) -> None:
        for each in twins:
            words = people.RegisterWords.from_data(each.to_data())
            child_id = people.child_for(tx, each.iin, at=tx.now, words=words)
            guardians.join(tx, me, child_id, "register", tx.now)

    await house.write(born)
    await is_confirmed(house, parent, ALDABEKOVS)

    await parent.presses("children")

    ends = sorted(each.iin.digits[-4:] for each in twins)
    assert parent.labels[0] == "Інжу 11.02.2024"
    assert sorted(parent.labels[1:3]) == [f"Інж 01.05.2025 {end}" for end in ends]


async def test_a_child_whose_parent_the_register_names_is_added(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    in_the_register(house, SON, ALDABEKOVS.parent.iin)

    await adds(house, person, f"{SON.iin.digits[:6]} {SON.iin.digits[6:]}")
    await person.hears(
        "{name}, born {date}. Is this the child?", name=f"{SON.surname} {SON.name}", date="09.03.2025"
    )
    await person.taps("Yes, it's this child")

    assert person.reads("The child is added.")
    assert person.reads("Confirmed by the state register")
    assert person.reads("Not in a queue")
    await person.presses("children")
    assert person.labels[:2] == (ALDABEKOVS.child.person.name, SON.name)
    assert f"{SON.surname} {SON.name}" in person.sees
    await person.presses("journal")
    assert person.reads("A child was added")


async def test_another_child_can_be_chosen_instead(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    in_the_register(house, SON, ALDABEKOVS.parent.iin)
    await adds(house, parent, SON.iin.digits)
    await parent.hears(
        "{name}, born {date}. Is this the child?", name="Алдабеков Тамерлан", date="09.03.2025"
    )

    await parent.says("иә")
    assert parent.reads("Please press one of the buttons.")
    await parent.taps("Another child")

    assert parent.reads(TYPE_IT)
    assert await own_children(house, ALDABEKOVS) == 1


async def test_a_child_of_other_parents_is_not_named(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    in_the_register(house, SON, OSPANOVS.parent.iin)

    await adds(house, person, SON.iin.digits)
    await person.hears("The state register names other parents for this child.")

    assert person.reads(WAYS)
    assert SON.name not in person.sees
    assert person.labels == person.named("Join the queue", "Cancel")
    assert await own_children(house, ALDABEKOVS) == 1


async def test_of_a_child_without_parents_in_the_register_only_a_short_name_is_shown(
    house: House, parent: Person
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    in_the_register(house, SON)

    await adds(house, parent, SON.iin.digits)
    await parent.hears("{name}: the state register names no parents.", name="Тамерлан А.")

    assert SON.surname not in parent.sees


@pytest.mark.parametrize("trouble", ["down", "missing", "contradicting"])
async def test_what_the_register_can_not_say_is_told(
    house: House, kind: str, language: str, trouble: str
) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    if trouble == "down":
        house.register.down = True
        said = "The state register does not answer at present."
    elif trouble == "missing":
        house.register.missing.add(SON.iin)
        said = "The state register does not know this IIN. Is every digit right?"
    else:
        in_the_register(house, replace(SON, sex=Sex.FEMALE), ALDABEKOVS.parent.iin)
        said = "The state register says another birth date or sex than this IIN."

    await adds(house, person, SON.iin.digits)
    await person.waits(lambda: house.register.asked, "the register to be asked")
    with real_time_later(seconds=10 if trouble == "down" else 0):
        house.errands.accept((1,))
        await person.hears(said)

    assert person.reads(WAYS)
    assert await own_children(house, ALDABEKOVS) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (ALDABEKOVS.parent.iin.digits, "This is your own IIN. Here the child's is needed."),
        (
            OSPANOVS.parent.iin.digits,
            "This is an adult's IIN. Here the child's is needed: it stands on the birth certificate.",
        ),
        ("123", "An IIN has 12 digits, you typed {number}. Please check it."),
        ("қызым", "An IIN has digits only. Please check what you typed."),
    ],
)
async def test_what_is_no_childs_iin_is_explained(house: House, language: str, typed: str, said: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)

    await adds(house, person, typed)

    assert (person.t.many(said, said, len(typed)) if "{" in said else person.t(said)) in person.sees
    assert house.register.asked == []


@pytest.mark.parametrize(("born", "fits"), [(date(2026, 11, 20), True), (date(2026, 11, 21), False)])
async def test_a_child_who_is_born_today_fits_and_one_to_be_born_does_not(
    house: House, parent: Person, born: date, fits: bool
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    in_the_register(house, child := somebody("А", "Б", born, Sex.MALE, 4200), ALDABEKOVS.parent.iin)

    await adds(house, parent, child.iin.digits)

    if fits:
        await parent.hears("{name}, born {date}. Is this the child?", name="А Б", date=f"{born:%d.%m.%Y}")
    else:
        assert parent.reads(
            "By this IIN the child is born on {date}, which is still to come. Please check the digits.",
            date="21.11.2026",
        )


@pytest.mark.parametrize(("born", "fits"), [(date(2021, 9, 1), True), (date(2020, 11, 20), False)])
async def test_a_child_of_six_is_too_old(house: House, parent: Person, born: date, fits: bool) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    in_the_register(house, child := somebody("А", "Б", born, Sex.MALE, 4200), ALDABEKOVS.parent.iin)

    await adds(house, parent, child.iin.digits)

    if fits:
        await parent.hears("{name}, born {date}. Is this the child?", name="А Б", date=f"{born:%d.%m.%Y}")
    else:
        assert parent.reads(
            "A child can join the queue only while younger than {years}. For this one that ended on {date}.",
            years=6,
            date="01.09.2026",
        )


async def test_a_child_that_is_there_already_is_shown(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)

    await adds(house, parent, ALDABEKOVS.child.person.iin.digits)

    assert parent.reads("This child is among yours already.")
    assert parent.reads("Place in the queue: {place} of {size}", place=36, size=46)


async def test_ten_iins_a_day_are_looked_up(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await is_confirmed(house, person, ALDABEKOVS)
    strangers = [somebody("А", "Б", date(2024, 5, day), Sex.MALE, 4300 + 20 * day) for day in range(1, 12)]
    for each in strangers:
        in_the_register(house, each)

    await adds(house, person, strangers[0].iin.digits)
    for each in strangers[1:]:
        await person.hears("{name}: the state register names no parents.", name="Б А.")
        await person.says(each.iin.digits)

    assert person.reads("That was tried often enough for now. You can try again at {time}.", time="16:20")
    assert len(house.register.asked) == 10


async def test_the_other_parent_is_joined_by_the_register_and_the_first_is_told(house: House) -> None:
    father, mother = [await house.acquaintance("telegram") for _ in range(2)]
    await is_confirmed(house, father, ALDABEKOVS)
    await is_confirmed(house, mother, TIKHONOVS)
    child = ALDABEKOVS.child.person
    in_the_register(house, child, ALDABEKOVS.parent.iin, TIKHONOVS.parent.iin)

    await adds(house, mother, child.iin.digits)
    await mother.hears(
        "{name}, born {date}. Is this the child?", name=f"{child.surname} {child.name}", date="11.02.2024"
    )
    await mother.taps("Yes, it's this child")

    assert mother.reads("Second parent: joined")
    await father.waits(lambda: father.heard and child.name in father.sees, "the father to be told")


async def test_where_the_first_parent_is_a_stranger_to_the_register_he_is_not_waited_for(
    house: House, parent: Person
) -> None:
    await is_confirmed(house, parent, TIKHONOVS)
    child = ALDABEKOVS.child.person
    in_the_register(house, child, TIKHONOVS.parent.iin)

    await adds(house, parent, child.iin.digits)
    await parent.hears(
        "{name}, born {date}. Is this the child?", name=f"{child.surname} {child.name}", date="11.02.2024"
    )
    await parent.taps("Yes, it's this child")

    assert parent.reads("The child is added.")
    assert await own_children(house, TIKHONOVS) == 3


async def test_a_child_who_has_two_parents_here_is_for_the_operator(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, TIKHONOVS)
    child, third = ALDABEKOVS.child.person, house.world.parent_of(OSPANOVS)

    def has_two(tx: Transaction) -> None:
        child_id = people.find_child_by_iin(tx, child.iin)
        assert child_id is not None
        guardians.join(tx, third, child_id, "agreed", tx.now)

    await house.write(has_two)
    in_the_register(house, child, TIKHONOVS.parent.iin)

    await adds(house, parent, child.iin.digits)
    await parent.waits(lambda: parent.t("Yes, it's this child") in parent.labels, "the child's name")
    await parent.taps("Yes, it's this child")

    assert parent.reads(
        "This child has two parents here already. If that is wrong, the education department helps."
    )
    assert parent.t("Operator") in parent.labels
    assert await own_children(house, TIKHONOVS) == 2
