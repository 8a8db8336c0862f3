"""The register is no directory: how many people it is asked about by whoever types IINs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.iin import Iin, Sex
from domain.phone import Phone
from tests.conversation.applying import (
    ADDRESS,
    becomes_the_father,
    begins,
    chooses_the_daughter,
    confirms_phone,
    tells_who,
)
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, iin_of, somebody
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, is_confirmed
from tests.conversation.world import START

PHONE, OTHER_PHONE = Phone("+77015559901"), Phone("+77015559902")
ENOUGH = (
    "The state register was asked about several parents already. It can be asked again from {moment} "
    "on: just write to me then. What you have answered is kept."
)
TOMORROW = START + timedelta(days=1)


def strangers(house: House, number: int) -> list[Iin]:
    """People whom the register knows."""
    there = [somebody("Бөтенов", "Дәулет", date(1980, 3, 14), Sex.MALE, 3100 + n) for n in range(number)]
    house.register.people.update({each.iin: each for each in there})
    return [each.iin for each in there]


async def learns(person: Person, iins: list[Iin]) -> None:
    """Look at one name after another; the phone was shown before."""
    for iin in iins:
        await person.taps("No, I mistyped")
        await person.says(iin.digits)
        await is_named(person)


async def is_named(person: Person) -> None:
    """A name is on the screen."""
    await person.waits(lambda: person.t("Yes, that's me") in person.labels, "the name to be shown")


async def has_learnt_five(house: House, person: Person, iins: list[Iin]) -> None:
    """As many names as one account gets to see in a day, with one code."""
    await begins(person)
    await tells_who(house, person, iins[0].digits, PHONE)
    await is_named(person)
    await learns(person, iins[1:5])


async def test_one_account_asks_for_five_parents_a_day(house: House, kind: str, language: str) -> None:
    iins = strangers(house, 6)
    person = await house.acquaintance(kind, language)
    await has_learnt_five(house, person, iins)

    await person.taps("No, I mistyped")
    await person.says(iins[5].digits)

    assert person.reads(ENOUGH, moment=person.t.moment(TOMORROW))
    assert "Дәулет" not in person.sees
    await person.says("Бөтенов Дәулет")
    assert person.reads(ENOUGH, moment=person.t.moment(TOMORROW))
    house.clock.move_to(TOMORROW - timedelta(minutes=1))
    await person.says("/resume")
    assert person.reads(ENOUGH, moment=person.t.moment(TOMORROW))
    house.clock.move_to(TOMORROW + timedelta(minutes=1))
    await person.says("/resume")
    await is_named(person)


async def test_who_was_told_to_wait_can_still_say_that_it_was_mistyped(house: House) -> None:
    iins = strangers(house, 6)
    person = await house.acquaintance("telegram")
    await has_learnt_five(house, person, iins)
    await person.taps("No, I mistyped")
    await person.says(iins[5].digits)

    await person.taps("No, I mistyped")

    assert person.reads("Type your own IIN, the parent's: 12 digits from the identity card.")
    assert (await house.contact_of(person)).parent_id is None


async def test_the_same_phone_in_another_account_asks_no_further(house: House) -> None:
    iins = strangers(house, 6)
    await has_learnt_five(house, await house.acquaintance("telegram"), iins)
    another = await house.acquaintance("whatsapp")
    house.later(seconds=61)
    await begins(another)

    await another.says(iins[5].digits)
    before = len(house.sms.sent)
    await another.says(PHONE.e164)
    await another.waits(lambda: len(house.sms.sent) > before, "the SMS")
    await another.says(await code_sent_to(house, another, PHONE.e164, before=1))

    assert another.reads(ENOUGH, moment=another.t.moment(TOMORROW))


async def test_twenty_parents_a_day_from_one_network_address(house: House) -> None:
    iins = strangers(house, 21)
    for number in range(4):
        person = await house.acquaintance("webchat")
        await begins(person)
        phone = Phone(f"+7701555990{number}")
        await tells_who(house, person, iins[5 * number].digits, phone)
        await is_named(person)
        await learns(person, iins[5 * number + 1 : 5 * number + 5])
    another = await house.acquaintance("webchat")
    await begins(another)

    await tells_who(house, another, iins[20].digits, Phone("+77015559909"))

    assert another.reads(ENOUGH, moment=another.t.moment(TOMORROW))


async def test_ten_children_a_day_in_one_account_whoever_it_says_to_be(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await becomes_the_father(house, person)
    for number in range(10):
        await person.says(iin_of(date(2024, 3, 3), Sex.MALE, 300 + 10 * number).digits)
        await person.waits(lambda: person.t("Another child") in person.labels, "the child to be shown")
        await person.taps("Another child")
    mine = (await house.contact_of(person)).parent_id
    await house.changes_contact(person, parent_id=None)
    await person.presses("apply:new")
    await person.taps("General queue")
    await tells_who(house, person, strangers(house, 1)[0].digits, OTHER_PHONE)
    await is_named(person)
    await person.taps("Yes, that's me")
    await confirms_phone(house, person, PHONE)
    assert (await house.contact_of(person)).parent_id != mine

    await person.says(iin_of(date(2024, 3, 3), Sex.MALE, 600).digits)

    assert person.reads("That was tried often enough for now. You can try again at {time}.", time="16:20")


@pytest.mark.parametrize("begins_anew", [False, True])
async def test_who_claims_a_free_iin_is_told_neither_the_family_name_nor_the_address(
    house: House, language: str, begins_anew: bool
) -> None:
    person = await house.acquaintance("whatsapp", language)
    await begins(person)
    await tells_who(house, person, NEWCOMERS.father.iin.digits, PHONE)
    await is_named(person)
    await person.taps("Yes, that's me")
    await confirms_phone(house, person, OTHER_PHONE)
    if begins_anew:
        await person.taps("Cancel")
        await person.taps("Drop it")
        await begins(person)
        await is_named(person)
        await person.taps("Yes, that's me")

    await chooses_the_daughter(person)
    assert person.reads("Where does the child live? Type the address.")
    await person.says("Абай көшесі, 1-үй")
    await person.taps("Either will do")
    await person.taps("No, go on")
    await person.taps("That's good")

    assert person.reads("Child: {name}, born {date}", name="Айла Б.", date="09.10.2024")
    assert person.reads("Parent: {name}", name="Тимур Б.")
    seen = "\n".join(each.text for each in person.heard)
    assert NEWCOMERS.father.surname not in seen
    assert ADDRESS not in seen


async def test_whose_child_is_here_already_is_shown_the_next_one_in_full(house: House) -> None:
    sister = somebody("Алдабекова", "Сымбат", date(2024, 5, 5), Sex.FEMALE, 2700)
    father = ALDABEKOVS.parent
    house.register.people[sister.iin] = replace(sister, parents=(father.iin,), address=ADDRESS)
    person = await house.acquaintance("telegram")
    await is_confirmed(house, person, ALDABEKOVS)
    await begins(person)
    await is_named(person)
    await person.taps("Yes, that's me")

    await person.says(sister.iin.digits)

    await person.hears("{name}, born {date}. Is this the child?", name="Алдабекова Сымбат", date="05.05.2024")
    await person.taps("Yes, it's this child")
    assert ADDRESS in person.sees
