"""Who is who in an application: whose IIN it is, by which phone, and what a stranger can't do."""

from datetime import date

import pytest

from domain.iin import Sex
from domain.phone import Phone
from storage import people
from tests.conversation.applying import (
    ADDRESS,
    becomes_the_father,
    begins,
    chooses_the_daughter,
    confirms_phone,
    tells_who,
)
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, TIKHONOVS, iin_of
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, signs_in
from tests.conversation.telegram_parent import TelegramParent

OWN = (
    "There is a cabinet under this IIN already, with another phone. "
    "To go on, type the code that was sent there just now. It is good for 5 minutes."
)
THIEF = Phone("+77015559901")


async def test_a_number_the_messenger_vouches_for_needs_no_code(house: House, language: str) -> None:
    person = await house.acquaintance("telegram", language)
    assert isinstance(person, TelegramParent)
    await begins(person)
    await person.says(NEWCOMERS.father.iin.digits)

    await person.shares_phone(NEWCOMERS.phones[0].e164)

    await person.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
    assert house.sms.sent == ()


async def test_somebody_elses_card_needs_a_code(house: House) -> None:
    person = await house.acquaintance("telegram")
    assert isinstance(person, TelegramParent)
    await begins(person)
    await person.says(NEWCOMERS.father.iin.digits)

    await person.shares_phone(NEWCOMERS.phones[0].e164, own=False)
    await person.waits(lambda: house.sms.sent, "the SMS")

    assert person.reads("Your phone")
    assert (await house.contact_of(person)).parent_id is None


async def test_an_iin_with_a_phone_is_entered_with_a_code_to_that_phone(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await begins(person)

    await tells_who(house, person, ALDABEKOVS.parent.iin.digits, THIEF)
    assert person.reads(OWN)
    await person.waits(lambda: house.sms.sent[-1].to == ALDABEKOVS.phones[0].e164, "the second SMS")
    await person.says(await code_sent_to(house, person, ALDABEKOVS.phones[0].e164))

    assert (await house.contact_of(person)).parent_id == house.world.parent_of(ALDABEKOVS)


async def test_the_own_phone_is_enough_at_once(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)
    await begins(person)

    await tells_who(house, person, ALDABEKOVS.parent.iin.digits, ALDABEKOVS.phones[1])

    assert (await house.contact_of(person)).parent_id == house.world.parent_of(ALDABEKOVS)


async def test_whoever_knows_both_iins_gets_nowhere(house: House, kind: str, language: str) -> None:
    """The parent's IIN asks for a code that the thief does not get; the child's is another's."""
    thief = await house.acquaintance(kind, language)
    await begins(thief)
    await tells_who(house, thief, ALDABEKOVS.parent.iin.digits, THIEF)
    assert thief.reads(OWN)
    for wrong in ("000000", "000001", "000002"):
        await thief.says(wrong)
    for forged in ("edit:apply:child", "answer:apply:child:0", "confirm:apply", "edit:apply:address"):
        await thief.presses(forged)

    said = "\n".join(shown.text for shown in thief.heard)
    assert (await house.contact_of(thief)).parent_id is None
    assert ALDABEKOVS.parent.name not in said
    assert ALDABEKOVS.child.person.name not in said
    assert ALDABEKOVS.phones[0].e164[-2:] not in said.replace(THIEF.masked, "")


async def test_a_free_iin_belongs_to_the_first_who_confirms_a_phone(house: House) -> None:
    first, second = await house.acquaintance("telegram"), await house.acquaintance("webchat")
    await becomes_the_father(house, first)
    await begins(second)

    await tells_who(house, second, NEWCOMERS.father.iin.digits, THIEF)

    assert second.reads(OWN)
    assert (await house.contact_of(second)).parent_id is None


async def test_who_mistyped_the_own_iin_leaves_the_other_as_it_was(house: House, parent: Person) -> None:
    mistyped = iin_of(date(1991, 3, 14), Sex.MALE, 4321)
    await begins(parent)
    await tells_who(house, parent, mistyped.digits, NEWCOMERS.phones[0])
    await parent.waits(lambda: parent.t("No, I mistyped") in parent.labels, "the name to be shown")

    await parent.taps("No, I mistyped")
    assert parent.reads("Type your own IIN, the parent's: 12 digits from the identity card.")
    await parent.says(NEWCOMERS.father.iin.digits)

    await parent.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
    left = await house.write(lambda tx: people.find_parent_by_iin(tx, mistyped))
    assert await house.write(lambda tx: people.confirmed_phones(tx, left)) == []
    assert len(house.sms.sent) == 1


async def test_a_stranger_who_claims_an_iin_sees_the_short_name_only(house: House, parent: Person) -> None:
    await begins(parent)

    await tells_who(house, parent, NEWCOMERS.mother.iin.digits, THIEF)

    await parent.hears("{name}, born {date}. Is that you?", name="Лаура Б.", date="02.09.1993")
    assert NEWCOMERS.mother.surname not in parent.sees


async def test_the_parent_who_is_signed_in_is_not_asked_again(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await signs_in(house, person, ALDABEKOVS)

    await begins(person)

    await person.hears(
        "Which child is it? Choose, or type the child's IIN: 12 digits from the birth certificate."
    )
    assert person.labels[0] == f"{ALDABEKOVS.child.person.name} 11.02.2024"


async def test_who_was_signed_in_before_adds_a_second_phone_with_a_code_to_the_first(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await signs_in(house, person, TIKHONOVS)
    await begins(person)

    await person.says(THIEF.e164)
    assert person.reads(
        "First it has to be shown that it is you. A code of 6 digits was sent by SMS to your contact phone. "
        "Type it here. It is good for 5 minutes."
    )
    assert {each.to for each in house.sms.sent} == {TIKHONOVS.phones[0].e164}
    await person.says(await code_sent_to(house, person, TIKHONOVS.phones[0].e164, before=1))
    await person.says(await code_sent_to(house, person, THIEF.e164))

    me = house.world.parent_of(TIKHONOVS)
    found = await house.write(lambda tx: people.confirmed_phones(tx, me))
    assert found == [*TIKHONOVS.phones, THIEF]


async def test_a_second_phone_that_came_meanwhile_is_not_replaced(house: House) -> None:
    person, granny = await house.acquaintance("telegram"), await house.acquaintance("whatsapp")
    await signs_in(house, person, TIKHONOVS)
    await begins(person)
    await person.says(THIEF.e164)
    await person.says(await code_sent_to(house, person, TIKHONOVS.phones[0].e164, before=1))
    code = await code_sent_to(house, person, THIEF.e164)
    me, other = house.world.parent_of(TIKHONOVS), NEWCOMERS.phones[1]
    await house.write(lambda tx: people.confirm_phone(tx, me, 2, other, tx.now))

    await granny.says("/code")
    await granny.says(THIEF.e164)
    await granny.says(code)

    found = await house.write(lambda tx: people.confirmed_phones(tx, me))
    assert found == [*TIKHONOVS.phones, other]


async def test_a_parent_without_an_iin_gives_a_document(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await begins(person)
    await person.taps("I have no IIN")

    await person.says("N 1234567")
    await person.says("25.02.1994")
    await confirms_phone(house, person, NEWCOMERS.phones[0])
    await person.says("Ли Мина")
    await confirms_phone(house, person, NEWCOMERS.phones[1])
    await person.says(iin_of(date(2024, 5, 5), Sex.MALE, 4000).digits)
    await person.waits(lambda: person.t("Yes, it's this child") in person.labels, "the child to be shown")
    await person.taps("Yes, it's this child")
    await person.says("Абай көшесі, 3-үй")
    await person.taps("Either will do")
    await person.taps("No, go on")
    await person.taps("That's good")
    await person.taps("Confirm")

    assert person.reads("You are in the queue")
    assert person.reads(
        "The education department will look at your identity document and then confirm your data; "
        "the application counts meanwhile."
    )
    assert not person.reads(
        "Your data will be compared with the state register later; the application counts."
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31.02.1994", "There is no such date. Please check it."),
        ("25 ақпан", "There is no such date. Please check it."),
        ("25.02.2094", "There is no such date. Please check it."),
        ("21.11.2010", "This is a child's birth date. Type your own, the parent's."),
    ],
)
async def test_a_birth_date_that_is_none(house: House, typed: str, words: str) -> None:
    person = await house.acquaintance("whatsapp")
    await begins(person)
    await person.taps("I have no IIN")
    await person.says("N 1234567")

    await person.says(typed)

    assert person.reads(words)


async def test_the_register_is_down_and_the_names_are_typed(house: House, kind: str, language: str) -> None:
    house.register.down = True
    person = await house.acquaintance(kind, language)
    await begins(person)
    await tells_who(house, person, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])

    await person.hears("The state register does not answer at present. Your data will be compared later.")
    await person.says("Тимур")
    assert person.reads(
        "Please type the surname, the given name and the patronymic, in letters and in this order."
    )
    await person.says("бекжанов тимур")
    await confirms_phone(house, person, NEWCOMERS.phones[1])
    await person.hears("Type the child's IIN: 12 digits from the birth certificate.")
    await person.says(NEWCOMERS.daughter.iin.digits)
    await person.hears("The state register does not answer at present. Your data will be compared later.")
    await person.says("Бекжанова Айла Тимурқызы")
    await person.says("Абай көшесі, 3-үй")
    await person.taps("Either will do")
    await person.taps("No, go on")
    await person.taps("That's good")
    await person.taps("Confirm")

    assert person.reads("Place in the queue: {place}", place=47)
    assert person.reads("Your data will be compared with the state register later; the application counts.")


async def test_what_the_register_says_can_not_be_understood(house: House) -> None:
    house.register.answers_nonsense = True
    person = await house.acquaintance("whatsapp")
    await begins(person)

    await tells_who(house, person, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])

    await person.hears("The state register does not answer at present. Your data will be compared later.")


async def test_the_register_does_not_know_the_parent(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    house.register.missing.add(NEWCOMERS.father.iin)
    await begins(person)

    await tells_who(house, person, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])

    await person.hears("The state register does not know this IIN. The education department will look at it.")


async def test_the_owner_of_the_second_phone_types_the_code_in_a_chat_of_their_own(
    house: House, kind: str, language: str
) -> None:
    father, granny = await house.acquaintance(kind, language), await house.acquaintance(kind, language)
    await begins(father)
    await tells_who(house, father, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await father.waits(lambda: father.t("Yes, that's me") in father.labels, "the name to be shown")
    await father.taps("Yes, that's me")
    await father.says(NEWCOMERS.phones[1].e164)
    await father.taps("It was typed there")
    assert father.reads("It has not been typed yet.")

    await granny.says("/code")
    await granny.says(NEWCOMERS.phones[1].e164)
    await granny.says(await code_sent_to(house, granny, NEWCOMERS.phones[1].e164))
    assert granny.reads("Thank you. The number is confirmed, and the parent has been told.")
    await father.hears("The second phone of your application is confirmed. You can go on.")
    question = next(each for each in father.heard if father.t("It was typed there") in each.labels)
    await father.taps("It was typed there", on=question)

    assert father.reads("The child")


async def test_the_first_number_is_no_second(house: House, parent: Person) -> None:
    await begins(parent)
    await tells_who(house, parent, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await parent.waits(lambda: parent.t("Yes, that's me") in parent.labels, "the name to be shown")
    await parent.taps("Yes, that's me")

    await parent.says(NEWCOMERS.phones[0].e164)

    assert parent.reads("This is your first number. Another one is needed.")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8 7172 55 01 01", "A mobile number of Kazakhstan is needed: codes come to it by SMS."),
        ("+7 916 123 45 67", "A mobile number of Kazakhstan is needed: codes come to it by SMS."),
        ("12345", "This is no phone number. Please type it like +7 701 000 00 00."),
        ("менің нөмірім", "Please type the number in digits."),
    ],
)
async def test_a_phone_that_is_no_mobile_of_kazakhstan(
    house: House, language: str, typed: str, words: str
) -> None:
    person = await house.acquaintance("whatsapp", language)
    await begins(person)
    await person.says(NEWCOMERS.father.iin.digits)

    await person.says(typed)

    assert person.reads(words)
    assert house.sms.sent == ()


async def test_codes_are_not_sent_to_a_hundred_numbers(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)
    await begins(person)
    await person.says(NEWCOMERS.father.iin.digits)

    for number in range(7):
        await person.says(f"+7701555990{number}")
        if person.t("Send a new code") in person.labels:
            await person.taps("Back")

    assert len(house.sms.sent) <= 5
    assert person.reads("That was tried often enough for now. You can try again at {time}.", time="17:20")


async def test_a_late_code_is_not_valid(house: House, parent: Person) -> None:
    await begins(parent)
    await parent.says(NEWCOMERS.father.iin.digits)
    await parent.says(NEWCOMERS.phones[0].e164)
    code = await code_sent_to(house, parent, NEWCOMERS.phones[0].e164)
    house.later(minutes=5)

    await parent.says(code)

    assert parent.reads("This code is not valid any more. Please ask for a new one.")


async def test_applying_tells_number_and_place_also_by_sms_where_that_was_chosen(
    house: House, language: str
) -> None:
    person = await house.acquaintance("whatsapp", language)
    await becomes_the_father(house, person)
    await chooses_the_daughter(person)
    await person.says(ADDRESS)
    await person.taps("Either will do")
    await person.taps("No, go on")
    await person.taps("By SMS instead")
    await person.taps("Confirm")

    number = "".join(char for char in person.sees.split("\n")[2] if char.isdigit())
    words = person.t(
        "Application № {number} is registered. Place in the queue: {place}.", number=number, place=47
    )
    await person.waits(lambda: words in [sms.text for sms in house.sms.sent], "the SMS")


async def test_the_register_is_slow_and_what_is_typed_meanwhile_is_not_lost_in_silence(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await begins(person)
    await person.says(NEWCOMERS.father.iin.digits)
    house.register.hold()
    await confirms_phone(house, person, NEWCOMERS.phones[0])

    await person.says("Бекжанов Тимур")
    assert person.reads("One moment, I am still waiting for an answer to your last step.")
    house.register.let_go()

    await person.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
