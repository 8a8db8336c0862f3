"""/undo: the old number takes a change of phone back within 72 hours, and shuts out whoever came in since."""

from datetime import timedelta

import pytest

from domain.phone import Phone
from storage import helpers, phones
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.identity_plays import (
    OTHER_PASSWORD,
    has_password,
    password_of,
)
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, is_confirmed
from tests.conversation.test_phones import shares
from tests.conversation.undoing_plays import (
    ALREADY,
    CODE,
    CONTACT,
    NOT_THE_OLD,
    SECOND,
    THIEFS,
    THIEFS_OTHER,
    UNDONE,
    is_changed,
    phones_of,
    undoes,
)

THIEFS_LAST = Phone("+77015550169")
SHUT_OUT = "All accounts were signed out, here, too. What came into the cabinet since is gone."
TOO_LATE = (
    "The change was made more than 72 hours ago and can't be undone here any more. "
    "The contact centre helps: bring your identity document."
)
CAME_IN = (
    "Kezek: after your number was replaced, one ending in {new} came into the cabinet. "
    "If that was not you, send /undo to Kezek before {moment}: both are taken back."
)


async def test_the_old_number_undoes_the_change_without_being_signed_in(
    house: House, kind: str, language: str
) -> None:
    await is_changed(house, CONTACT, THIEFS)
    person = await house.acquaintance(kind, language)

    await undoes(house, person)

    assert person.reads(UNDONE)
    assert person.labels == person.named("Sign in", "Menu")
    assert await phones_of(house) == [CONTACT, SECOND]
    assert (await house.contact_of(person)).parent_id is None


@pytest.mark.parametrize("kind", ["telegram", "whatsapp"])
async def test_the_old_number_can_be_shared_and_still_gets_a_code(house: House, kind: str) -> None:
    await is_changed(house, CONTACT, THIEFS)
    person = await house.acquaintance(kind)
    await person.says("/undo")

    await shares(person, CONTACT)
    assert person.reads(CODE, digits="01")
    assert await phones_of(house) == [THIEFS, SECOND]
    await person.says(await code_sent_to(house, person, CONTACT.e164))

    assert person.reads(UNDONE)


async def test_a_newcomer_goes_through_the_first_contact_and_then_undoes(house: House, kind: str) -> None:
    await is_changed(house, CONTACT, THIEFS)
    person = await house.newcomer(kind)
    await person.says("/undo")
    await person.taps("English")
    await person.taps("I agree")
    await person.says("Turkistan")

    await person.says(CONTACT.e164)
    await person.says(await code_sent_to(house, person, CONTACT.e164))

    assert person.reads(UNDONE)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(hours=71, minutes=59), UNDONE),
        (timedelta(hours=72), TOO_LATE),
        (timedelta(hours=72, minutes=1), TOO_LATE),
    ],
)
async def test_it_can_be_undone_for_72_hours(house: House, language: str, ago: timedelta, words: str) -> None:
    await is_changed(house, CONTACT, THIEFS, ago=ago)
    person = await house.acquaintance("whatsapp", language)

    await undoes(house, person)

    assert person.reads(words)
    assert (CONTACT in await phones_of(house)) == (words == UNDONE)


async def test_a_thief_who_changed_the_number_twice_does_not_escape(house: House, kind: str) -> None:
    await is_changed(house, CONTACT, THIEFS, ago=timedelta(hours=20))
    await is_changed(house, THIEFS, THIEFS_OTHER, ago=timedelta(hours=1))
    person, thief = await house.acquaintance(kind), await house.acquaintance("whatsapp")

    await undoes(house, person)
    assert person.reads(UNDONE)
    assert await phones_of(house) == [CONTACT, SECOND]
    await undoes(house, thief, THIEFS)
    assert thief.reads(ALREADY)
    house.later(seconds=61)
    await undoes(house, thief, THIEFS_OTHER)

    assert thief.reads(NOT_THE_OLD)
    assert await phones_of(house) == [CONTACT, SECOND]


@pytest.mark.parametrize("first", [CONTACT, SECOND])
async def test_of_two_phones_taken_the_owner_of_either_puts_both_back(
    house: House, kind: str, first: Phone
) -> None:
    other = SECOND if first == CONTACT else CONTACT
    await is_changed(house, first, THIEFS, ago=timedelta(hours=2))
    await is_changed(house, other, THIEFS_OTHER, ago=timedelta(hours=1))
    person, owner = await house.acquaintance(kind), await house.acquaintance("whatsapp")

    await undoes(house, person, CONTACT)
    assert person.reads(UNDONE)
    assert await phones_of(house) == [CONTACT, SECOND]
    await undoes(house, owner, SECOND)

    assert owner.reads(ALREADY)
    assert await phones_of(house) == [CONTACT, SECOND]


async def test_a_change_from_long_ago_stays_when_a_later_one_is_undone(house: House) -> None:
    await is_changed(house, SECOND, THIEFS_OTHER, ago=timedelta(hours=100))
    await is_changed(house, CONTACT, THIEFS, ago=timedelta(hours=1))
    person = await house.acquaintance("whatsapp")

    await undoes(house, person)

    assert await phones_of(house) == [CONTACT, THIEFS_OTHER]


async def test_a_phone_that_was_added_since_is_gone_too(house: House, kind: str) -> None:
    contact, me = TIKHONOVS.phones[0], house.world.parent_of(TIKHONOVS)
    await is_changed(house, contact, THIEFS, ago=timedelta(hours=1), family=TIKHONOVS)
    await house.write(lambda tx: phones.confirm_phone(tx, me, 2, THIEFS_OTHER, tx.now))
    person = await house.acquaintance(kind)

    await undoes(house, person, contact)

    assert await phones_of(house, TIKHONOVS) == [contact]


async def comes_in(house: House, thief: Person, phone: Phone, proof: Phone, *, before: int = 0) -> None:
    """A second phone through Phones: added, or put in the place of the one there."""
    await thief.presses("newphone:2")
    await thief.says(phone.e164)
    await thief.says(await code_sent_to(house, thief, proof.e164, before=before))
    await thief.says(await code_sent_to(house, thief, phone.e164))
    assert phone in await phones_of(house, TIKHONOVS)


async def test_the_old_number_is_told_of_each_phone_that_comes_in_and_no_code_goes_there_any_more(
    house: House, kind: str
) -> None:
    contact, t = TIKHONOVS.phones[0], (await house.acquaintance("whatsapp", "kk")).t
    await is_changed(house, contact, THIEFS, ago=timedelta(hours=1), family=TIKHONOVS)
    thief, owner = await house.acquaintance("whatsapp"), await house.acquaintance(kind)
    await is_confirmed(house, thief, TIKHONOVS)
    moment = t.moment(house.clock.read() + timedelta(hours=71))

    await comes_in(house, thief, THIEFS_OTHER, THIEFS)
    house.later(seconds=61)
    await comes_in(house, thief, THIEFS_LAST, THIEFS, before=1)

    await owner.waits(lambda: sum(each.to == contact.e164 for each in house.sms.sent) == 2, "two SMS")
    told = [each.text for each in house.sms.sent if each.to == contact.e164]
    assert told == [t(CAME_IN, new=new, moment=moment) for new in ("67", "69")]
    await undoes(house, owner, contact)
    assert owner.reads(UNDONE)
    assert await phones_of(house, TIKHONOVS) == [contact]


async def test_what_was_undone_is_not_undone_again(house: House, language: str) -> None:
    await is_changed(house, CONTACT, THIEFS)
    person = await house.acquaintance("whatsapp", language)
    await undoes(house, person)
    house.later(minutes=2)

    await undoes(house, person, before=1)

    assert person.reads(ALREADY)


@pytest.mark.parametrize("phone", [CONTACT, THIEFS, Phone("+77015550199")])
async def test_a_number_that_nothing_was_taken_from_undoes_nothing(
    house: House, language: str, phone: Phone
) -> None:
    await is_changed(house, SECOND, THIEFS)
    person = await house.acquaintance("whatsapp", language)

    await undoes(house, person, phone)

    assert person.reads(NOT_THE_OLD)
    assert await phones_of(house) == [CONTACT, THIEFS]


async def to_the_last_try(house: House, phone: Phone) -> list[str]:
    """Everything that somebody sees who has a number in mind and no code."""
    person = await house.acquaintance("whatsapp")
    await person.says("/undo")
    seen = []
    await person.says(phone.e164)
    seen.append(person.sees)
    for code in ("000000", "000000", "000000", "000000"):
        await person.says(code)
        seen.append(person.sees)
    for _ in range(4):
        await person.taps("Send a new code")
        seen.append(person.sees)
        house.later(seconds=61)
    return ["".join("0" if char.isdigit() else char for char in text) for text in seen]


async def test_before_the_code_is_right_every_number_looks_the_same(house: House) -> None:
    await is_changed(house, CONTACT, THIEFS)
    await is_changed(house, TIKHONOVS.phones[0], THIEFS_OTHER, ago=timedelta(hours=80), family=TIKHONOVS)

    replaced, too_late, present, strange = [
        await to_the_last_try(house, phone)
        for phone in (CONTACT, TIKHONOVS.phones[0], SECOND, Phone("+77015550199"))
    ]

    assert too_late == replaced
    assert present == replaced
    assert strange == replaced


async def test_a_number_of_two_cabinets_is_put_back_in_both(house: House) -> None:
    shared = TIKHONOVS.phones[0]
    await is_changed(house, SECOND, shared, ago=timedelta(hours=90))
    await is_changed(house, shared, THIEFS, ago=timedelta(hours=2))
    await is_changed(house, shared, THIEFS_OTHER, ago=timedelta(hours=1), family=TIKHONOVS)
    person = await house.acquaintance("whatsapp")

    await undoes(house, person, shared)

    assert person.reads(UNDONE)
    assert await phones_of(house) == [CONTACT, shared]
    assert await phones_of(house, TIKHONOVS) == [shared]


async def test_everybody_who_came_in_since_is_shut_out(house: House, kind: str) -> None:
    await is_changed(house, CONTACT, THIEFS, ago=timedelta(hours=1))
    await has_password(house, ALDABEKOVS, OTHER_PASSWORD)
    thief = await house.acquaintance(kind)
    await is_confirmed(house, thief, ALDABEKOVS)
    helper = await names_helper(house)
    person = await house.acquaintance("whatsapp")

    await undoes(house, person)

    assert (await house.contact_of(thief)).parent_id is None
    await thief.hears(SHUT_OUT)
    await thief.presses("phones")
    assert not thief.reads("Phones")
    assert await password_of(house, ALDABEKOVS) is None
    found = await house.write(lambda tx: helpers.find(tx, helper))
    assert found.ended_at is not None


async def names_helper(house: House) -> int:
    """The thief has named a helper."""

    def name(tx: Transaction) -> int:
        named = helpers.name(tx, house.world.parent_of(ALDABEKOVS), THIEFS, "", tx.now)
        assert named is not None
        return named

    helper_id: int = await house.write(name)
    return helper_id


async def test_a_password_from_before_the_change_stays(house: House) -> None:
    await has_password(house, ALDABEKOVS, at=house.clock.read() - timedelta(days=9))
    await is_changed(house, CONTACT, THIEFS, ago=timedelta(hours=1))
    person = await house.acquaintance("whatsapp")

    await undoes(house, person)

    assert await password_of(house, ALDABEKOVS) is not None


async def test_the_account_that_undoes_stays_signed_in(house: House, kind: str) -> None:
    await is_changed(house, CONTACT, THIEFS)
    person = await house.acquaintance(kind)
    await is_confirmed(house, person, ALDABEKOVS)
    await person.presses("phones")

    await person.taps("Undo the change")
    await person.says(CONTACT.e164)
    await person.says(await code_sent_to(house, person, CONTACT.e164))

    assert person.reads(UNDONE)
    assert person.labels == person.named("Menu")
    assert (await house.contact_of(person)).parent_id == house.world.parent_of(ALDABEKOVS)


async def test_a_code_to_the_thiefs_number_is_worth_nothing_after_the_undoing(house: House) -> None:
    await is_changed(house, CONTACT, THIEFS)
    thief, person = await house.acquaintance("whatsapp"), await house.acquaintance("telegram")
    await thief.presses("signin")
    await thief.says(ALDABEKOVS.parent.iin.digits)
    code = await code_sent_to(house, thief, THIEFS.e164)

    await undoes(house, person)
    await thief.says(code)

    assert thief.reads("This code is not valid any more. Please ask for a new one.")
    assert (await house.contact_of(thief)).parent_id is None


async def test_what_the_thief_was_filling_in_is_gone(house: House, kind: str) -> None:
    await is_changed(house, CONTACT, THIEFS)
    thief = await house.acquaintance(kind)
    await is_confirmed(house, thief, ALDABEKOVS)
    await thief.presses("newphone:2")
    await thief.says("+77015550168")
    code = await code_sent_to(house, thief, THIEFS.e164)
    person = await house.acquaintance("whatsapp")
    await undoes(house, person)

    await thief.says(code)
    await thief.presses("resume")

    assert not any("77015550168" in each.to for each in house.sms.sent)
    assert await phones_of(house) == [CONTACT, SECOND]
