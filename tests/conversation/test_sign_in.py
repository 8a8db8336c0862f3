"""Signing in as a parent: an IIN, a code by SMS to a confirmed phone."""

from datetime import date

import pytest

from domain.iin import Sex
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NOBODY, OSPANOVS, TIKHONOVS, iin_of
from tests.conversation.person import Person
from tests.conversation.plays import MENU, PLACE, WHO, asks_for_code, checks, code_sent_to, signs_in

PHONE, OTHER_PHONE = (phone.e164 for phone in ALDABEKOVS.phones)
LEFT = ("The code is not right. {number} try is left.", "The code is not right. {number} tries are left.")
LAPSED = "This code is not valid any more. Please ask for a new one."
TOO_SOON = "A code was sent a moment ago. A new one can be sent at {time}."
ON_ITS_WAY = "A new code is on its way."
OFTEN = "That was tried often enough for now. You can try again at {time}."
ASKED = (
    "If this IIN has a confirmed phone, a code of 6 digits was sent to it by SMS. Type it here. "
    "It is good for 5 minutes."
)


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 1_000_000:06}"


async def test_a_parent_signs_in_and_sees_the_child(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)

    await signs_in(house, person, ALDABEKOVS)

    assert ALDABEKOVS.child.person.name in person.sees
    assert person.reads(PLACE, place=36, size=46)
    assert person.reads("Class: {name}", name=person.t("general basis"))


async def test_the_sms_is_in_the_parents_language(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)

    await asks_for_code(person, ALDABEKOVS)
    code = await code_sent_to(house, person, PHONE)

    words = person.t("Kezek: {code} is the code for entering your cabinet. Tell it to nobody.", code=code)
    assert [(sms.to, sms.text) for sms in house.sms.sent] == [(PHONE, words)]
    # So many characters of Cyrillic are one SMS.
    assert len(words) <= 70 or language == "en"


async def test_a_stranger_who_found_the_own_child_signs_in_from_there(house: House, parent: Person) -> None:
    await checks(parent, ALDABEKOVS.child.person.iin.digits)
    await parent.taps("This is my child")
    await parent.says(ALDABEKOVS.parent.iin.digits)
    await parent.says(await code_sent_to(house, parent, PHONE))

    await parent.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)


@pytest.mark.parametrize("form", ["{} {}", "{}-{}", " {}{} "])
async def test_spaces_and_dashes_in_a_code_are_dropped(house: House, form: str) -> None:
    person = await house.acquaintance("whatsapp")

    await asks_for_code(person, ALDABEKOVS)
    code = await code_sent_to(house, person, PHONE)
    await person.says(form.format(code[:3], code[3:]))

    await person.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)


async def test_after_three_wrong_codes_the_right_one_is_no_good(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await asks_for_code(person, ALDABEKOVS)
    code = await code_sent_to(house, person, PHONE)

    await person.says(wrong(code))
    assert person.t.many(*LEFT, 2) in person.sees
    await person.says(wrong(code))
    assert person.t.many(*LEFT, 1) in person.sees
    await person.says(wrong(code))
    assert person.reads(LAPSED)
    await person.says(code)

    assert person.reads(LAPSED)
    assert (await house.contact_of(person)).parent_id is None


async def test_a_wrong_code_and_then_the_right_one(house: House, parent: Person) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    code = await code_sent_to(house, parent, PHONE)

    await parent.says(wrong(code))
    await parent.says(code)

    await parent.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)


async def test_the_number_of_a_button_is_no_button_where_a_code_is_asked(
    house: House, parent: Person
) -> None:
    await asks_for_code(parent, ALDABEKOVS)

    await parent.says("1")

    assert parent.t.many(*LEFT, 2) in parent.sees


async def test_words_where_a_code_is_asked_cost_no_try(house: House, parent: Person) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    code = await code_sent_to(house, parent, PHONE)

    await parent.says("код келмеді")
    assert parent.reads("Please type it in digits.")
    await parent.says(wrong(code))

    assert parent.t.many(*LEFT, 2) in parent.sees


@pytest.mark.parametrize(("minutes", "seconds", "good"), [(4, 50, True), (5, 5, False)])
async def test_a_code_is_good_for_five_minutes(house: House, minutes: int, seconds: int, good: bool) -> None:
    person = await house.acquaintance("whatsapp")
    await asks_for_code(person, ALDABEKOVS)
    code = await code_sent_to(house, person, PHONE)

    house.later(minutes=minutes, seconds=seconds)
    await person.says(code)

    assert ((await house.contact_of(person)).parent_id is not None) == good
    assert person.reads(LAPSED) != good


async def test_a_new_code_can_be_sent_after_a_minute_and_the_old_one_is_void(
    house: House, parent: Person
) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    first = await code_sent_to(house, parent, PHONE)

    await parent.taps("Send a new code")
    assert parent.reads(TOO_SOON, time="16:21")
    house.later(seconds=61)
    await parent.taps("Send a new code")
    assert parent.reads(ON_ITS_WAY)
    await parent.waits(lambda: len(house.sms.sent) == 2, "the second SMS")
    second = await code_sent_to(house, parent, PHONE)
    if first != second:
        await parent.says(first)
        assert parent.t.many(*LEFT, 2) in parent.sees
    await parent.says(second)

    await parent.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)


async def test_a_code_can_be_sent_to_the_other_phone(house: House, parent: Person) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    house.later(seconds=61)

    await parent.taps("To my other phone")
    await parent.says(await code_sent_to(house, parent, OTHER_PHONE))

    await parent.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)


async def test_a_code_is_good_for_the_account_that_asked_for_it_alone(house: House, kind: str) -> None:
    parent, thief = await house.acquaintance(kind), await house.acquaintance(kind)
    await asks_for_code(parent, ALDABEKOVS)
    code = await code_sent_to(house, parent, PHONE)
    await asks_for_code(thief, OSPANOVS)

    await thief.says(code)

    assert thief.t.many(*LEFT, 2) in thief.sees


async def to_the_last_try(house: House, iin: str) -> list[str]:
    """Everything that somebody gets to see who tries to sign in with an IIN and has no code."""
    person = await house.acquaintance("whatsapp")
    await person.says("/settings")
    await person.taps("Sign in")
    seen = []
    await person.says(iin)
    seen.append(person.sees)
    await person.says("000000")
    seen.append(person.sees)
    for label in ("Send a new code", "Send a new code", "To my other phone", "Send a new code"):
        await person.taps(label)
        seen.append(person.sees)
        house.later(seconds=61)
    return seen


async def test_a_known_an_unknown_and_a_phoneless_iin_look_the_same(house: House) -> None:
    seen = [
        [text.replace("\n", " ") for text in await to_the_last_try(house, iin.digits)]
        for iin in (ALDABEKOVS.parent.iin, TIKHONOVS.parent.iin, OSPANOVS.parent.iin, NOBODY)
    ]

    first, *others = [[_without_times(text) for text in each] for each in seen]
    assert others == [first, first, first]


def _without_times(text: str) -> str:
    return "".join("0" if char.isdigit() else char for char in text)


async def test_three_codes_an_hour_go_to_a_phone(house: House) -> None:
    for _ in range(3):
        somebody = await house.acquaintance("whatsapp")
        await asks_for_code(somebody, ALDABEKOVS)
    person = await house.acquaintance("whatsapp")

    await asks_for_code(person, ALDABEKOVS)

    assert person.reads(OFTEN, time="17:20")
    assert len(house.sms.sent) == 3
    house.later(minutes=61)
    await person.says(ALDABEKOVS.parent.iin.digits)
    assert person.reads(ASKED)


async def test_a_wrong_iin_is_explained_here_too(parent: Person) -> None:
    await parent.says("/settings")
    await parent.taps("Sign in")
    await parent.says("123")

    length = "An IIN has 12 digits, you typed {number}. Please check it."
    assert parent.t.many(length, length, 3) in parent.sees


async def test_the_iin_can_be_corrected_by_going_back(house: House, parent: Person) -> None:
    await parent.says("/settings")
    await parent.taps("Sign in")
    await parent.says(NOBODY.digits)
    await parent.taps("Back")
    await parent.says(ALDABEKOVS.parent.iin.digits)
    await parent.says(await code_sent_to(house, parent, PHONE))

    await parent.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)


async def test_signing_out_makes_a_stranger(house: House, parent: Person) -> None:
    await signs_in(house, parent, ALDABEKOVS)
    own = parent.screen

    await parent.says("/settings")
    assert parent.reads("You are signed in as a parent.")
    await parent.taps("Sign out")
    assert parent.labels == parent.named(*MENU)
    assert parent.reads("You are signed out.")
    await checks(parent, ALDABEKOVS.child.person.iin.digits)

    assert ALDABEKOVS.child.person.name not in parent.sees
    assert parent.labels == parent.named("This is my child", "Check another", "Menu")
    await parent.taps("Why did it move?", on=own)
    assert parent.reads(WHO)


async def test_an_old_button_of_the_cabinet_asks_to_sign_in_and_then_does_what_it_says(
    house: House, parent: Person
) -> None:
    await signs_in(house, parent, ALDABEKOVS)
    own = parent.screen
    await parent.says("/settings")
    await parent.taps("Sign out")
    house.later(minutes=2)

    await parent.taps("The queue around", on=own)
    await parent.says(ALDABEKOVS.parent.iin.digits)
    await parent.waits(lambda: len(house.sms.sent) == 2, "the second code")
    await parent.says(await code_sent_to(house, parent, PHONE))

    await parent.hears("Place, class and date of the application; no names.")


async def test_two_accounts_of_one_parent(house: House) -> None:
    telegram, page = await house.acquaintance("telegram"), await house.acquaintance("webchat", "ru")

    await signs_in(house, telegram, ALDABEKOVS)
    assert telegram.reads(PLACE, place=36, size=46)
    await signs_in(house, page, ALDABEKOVS)

    assert page.reads(PLACE, place=36, size=46)


async def test_twenty_codes_an_hour_are_asked_for_from_one_network_address(house: House) -> None:
    for serial in range(20):
        somebody = await house.acquaintance("webchat")
        await somebody.says("/settings")
        await somebody.taps("Sign in")
        await somebody.says(iin_of(date(1980, 1, 1), Sex.MALE, 10 * serial).digits)
        assert somebody.reads(ASKED)
    another = await house.acquaintance("webchat")

    await asks_for_code(another, ALDABEKOVS)

    assert another.reads(OFTEN, time="17:20")
    assert house.sms.sent == ()
