"""The phones of the cabinet: shown, changed, added; by codes, by the messenger's word, by the password."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from domain.notice import Deed, Told
from domain.phone import Phone
from storage import journal, notices, phones
from tests.conversation.house import House
from tests.conversation.identity_plays import (
    PASSWORD,
    has_password,
    hears_tries_left,
)
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS, Family
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, code_sent_to, is_confirmed
from tests.conversation.telegram_parent import TelegramParent
from tests.conversation.whatsapp_parent import WhatsAppParent

CONTACT, SECOND = ALDABEKOVS.phones
NEW = Phone("+77015550177")
LINE = "Contact phone: ending in {digits}, since {date}"
SECOND_LINE = "Second phone: ending in {digits}, since {date}"
NO_SECOND = "There is no second phone yet. With one, you can be reached when the first is lost."
NUMBER = "Which is the new mobile number?"
PROOF = (
    "First it has to be shown that it is you. A code of 6 digits was sent by SMS to your contact phone. "
    "Type it here. It is good for 5 minutes."
)
CODE = (
    "A code of 6 digits was sent by SMS to the new number, ending in {digits}. Type it here. "
    "It is good for 5 minutes."
)
DONE = "Done. Both numbers are told by SMS."
OPEN = "Until {moment} an older number can undo the change. Until then nothing can be withdrawn or given up."
CHANGED = "The phone ending in {old} was replaced by the one ending in {new}."
OFTEN = "That was tried often enough for now. You can try again at {time}."
LAPSED = "This code is not valid any more. Please ask for a new one."
LEFT = ("The code is not right. {number} try is left.", "The code is not right. {number} tries are left.")


async def at_the_phones(house: House, kind: str, language: str = "en", family: Family = ALDABEKOVS) -> Person:
    """A parent who looks at the own phones."""
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, family)
    await person.presses("phones")
    return person


async def types_new_number(person: Person, label: str = "Change contact phone") -> None:
    """As far as the proof."""
    await person.taps(label)
    assert person.reads(NUMBER)
    await person.says(NEW.e164)


async def changes_contact_phone(house: House, person: Person, proof_from: Phone = CONTACT) -> None:
    """By a code to the old number and one to the new."""
    await types_new_number(person)
    await person.says(await code_sent_to(house, person, proof_from.e164))
    await person.says(await code_sent_to(house, person, NEW.e164))


async def phones_of(house: House, family: Family = ALDABEKOVS) -> Sequence[Phone]:
    """The confirmed phones of a family now."""
    found: Sequence[Phone] = await house.write(
        lambda tx: phones.confirmed_phones(tx, house.world.parent_of(family))
    )
    return found


async def test_the_phones_are_shown_by_their_last_digits(house: House, kind: str, language: str) -> None:
    person = await at_the_phones(house, kind, language)

    assert person.reads(LINE, digits="01", date="04.05.2026")
    assert person.reads(SECOND_LINE, digits="02", date="04.05.2026")
    assert "7701" not in person.sees
    assert person.labels == person.named("Change contact phone", "Change second phone", "My cabinet", "Menu")


async def test_the_contact_phone_is_changed_by_a_code_to_each_number(
    house: House, kind: str, language: str
) -> None:
    person = await at_the_phones(house, kind, language)

    await person.taps("Change contact phone")
    assert person.reads(NUMBER)
    await person.says("8 701 555 01 77")
    assert person.reads(PROOF)
    await person.says(await code_sent_to(house, person, CONTACT.e164))
    assert person.reads(CODE, digits="77")
    await person.says(await code_sent_to(house, person, NEW.e164))

    assert person.reads(DONE)
    assert person.reads(LINE, digits="77", date="20.11.2026")
    assert person.reads(OPEN, moment="23.11.2026\N{NO-BREAK SPACE}16:20")
    assert await phones_of(house) == [NEW, SECOND]


async def test_both_numbers_are_told_by_sms_in_the_parents_language(house: House) -> None:
    person = await at_the_phones(house, "whatsapp")
    await changes_contact_phone(house, person)
    await person.waits(lambda: len(house.sms.sent) == 4, "an SMS to both numbers")
    kazakh = (await house.acquaintance("whatsapp", "kk")).t

    assert {each.to: each.text for each in house.sms.sent} == {
        CONTACT.e164: kazakh(
            "Kezek: the number ending in {new} took the place of this one in your cabinet. "
            "If that was not you, send /undo to Kezek before {moment}.",
            new="77",
            moment="23.11.2026\N{NO-BREAK SPACE}16:20",
        ),
        NEW.e164: kazakh(
            "Kezek: this number took the place of the one ending in {old} in your cabinet.", old="01"
        ),
    }


async def test_a_change_stands_in_the_inbox_and_in_the_journal(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    other = await house.acquaintance("whatsapp")
    await is_confirmed(house, other, ALDABEKOVS)
    await parent.presses("phones")

    await changes_contact_phone(house, parent)

    await other.hears(CHANGED, old="01", new="77")
    assert other.labels == other.named("Phones", "Undo the change", "Menu")
    me = house.world.parent_of(ALDABEKOVS)
    [notice] = await house.write(lambda tx: notices.page(tx, me, 9))
    [entry] = await house.write(lambda tx: journal.page(tx, me, 9))
    assert (notice.kind, entry.what) == (Told.PHONE_CHANGED, Deed.PHONE_CHANGED)
    assert (entry.actor, entry.channel) == (journal.by_parent(me), parent.channel)


async def test_the_second_phone_is_changed_and_the_first_stays(house: House, kind: str) -> None:
    person = await at_the_phones(house, kind)

    await types_new_number(person, "Change second phone")
    await person.says(await code_sent_to(house, person, CONTACT.e164))
    await person.says(await code_sent_to(house, person, NEW.e164))

    assert person.reads(SECOND_LINE, digits="77", date="20.11.2026")
    assert await phones_of(house) == [CONTACT, NEW]


async def test_the_proof_can_come_from_the_other_phone(house: House, kind: str) -> None:
    person = await at_the_phones(house, kind)
    await types_new_number(person)
    house.later(seconds=61)

    await person.taps("To my other phone")
    await person.says(await code_sent_to(house, person, SECOND.e164))
    await person.says(await code_sent_to(house, person, NEW.e164))

    assert await phones_of(house) == [NEW, SECOND]


async def test_a_missing_second_phone_is_added(house: House, kind: str, language: str) -> None:
    person = await at_the_phones(house, kind, language, TIKHONOVS)
    assert person.reads(NO_SECOND)

    await types_new_number(person, "Add a second phone")
    await person.says(await code_sent_to(house, person, TIKHONOVS.phones[0].e164))
    await person.says(await code_sent_to(house, person, NEW.e164))

    assert person.reads(DONE)
    assert person.reads(SECOND_LINE, digits="77", date="20.11.2026")
    assert person.t("Undo the change") in person.labels
    assert await phones_of(house, TIKHONOVS) == [*TIKHONOVS.phones, NEW]


async def test_an_added_phone_is_told_to_both_numbers(house: House) -> None:
    until = house.clock.read() + timedelta(hours=72)
    person = await at_the_phones(house, "whatsapp", "ru", TIKHONOVS)
    await types_new_number(person, "Add a second phone")
    await person.says(await code_sent_to(house, person, TIKHONOVS.phones[0].e164))
    await person.says(await code_sent_to(house, person, NEW.e164))
    await person.waits(lambda: len(house.sms.sent) == 4, "an SMS to both numbers")
    kazakh = (await house.acquaintance("whatsapp", "kk")).t

    assert {each.to: each.text for each in house.sms.sent} == {
        TIKHONOVS.phones[0].e164: kazakh(
            "Kezek: a phone ending in {new} was added to your cabinet.", new="77"
        )
        + " "
        + kazakh("If that was not you, send /undo to Kezek before {moment}.", moment=kazakh.moment(until)),
        NEW.e164: kazakh("Kezek: this number is confirmed as a phone of your cabinet."),
    }


# --- what the messenger vouches for -----------------------------------------------------------


@pytest.mark.parametrize("kind", ["telegram", "whatsapp"])
async def test_a_number_the_messenger_vouches_for_needs_no_code(house: House, kind: str) -> None:
    person = await at_the_phones(house, kind)
    await person.taps("Change contact phone")

    await shares(person, NEW)
    assert person.reads(PROOF)
    await person.says(await code_sent_to(house, person, CONTACT.e164))

    assert person.reads(DONE)
    assert await phones_of(house) == [NEW, SECOND]


@pytest.mark.parametrize("kind", ["telegram", "whatsapp"])
async def test_a_card_of_somebody_elses_needs_a_code(house: House, kind: str) -> None:
    person = await at_the_phones(house, kind)
    await person.taps("Change contact phone")

    await shares(person, NEW, own=False)
    await person.says(await code_sent_to(house, person, CONTACT.e164))

    assert person.reads(CODE, digits="77")
    assert await phones_of(house) == [CONTACT, SECOND]


@pytest.mark.parametrize(("days", "needs_code"), [(89, False), (91, True)])
async def test_the_messengers_word_counts_for_ninety_days(house: House, days: int, needs_code: bool) -> None:
    person = await at_the_phones(house, "telegram")
    await person.taps("Change contact phone")
    await shares(person, NEW)
    await person.taps("Cancel")
    house.later(days=days)

    await person.presses("newphone:1")
    await person.says(NEW.e164)
    await person.says(await code_sent_to(house, person, CONTACT.e164, before=1))

    assert person.reads(CODE, digits="77") == needs_code
    assert person.reads(DONE) != needs_code


async def test_a_foreign_number_of_the_account_ends_what_was_vouched_for(house: House) -> None:
    person = await at_the_phones(house, "telegram")
    await person.taps("Change contact phone")
    await shares(person, NEW)
    await person.taps("Back")

    await person.shares_phone("+4915112345678")  # type: ignore[attr-defined]
    assert person.reads("A mobile number of Kazakhstan is needed: codes come to it by SMS.")
    await person.says(NEW.e164)
    await person.says(await code_sent_to(house, person, CONTACT.e164, before=1))

    assert person.reads(CODE, digits="77")


async def shares(person: Person, phone: Phone, *, own: bool = True) -> None:
    """Share a number by the messenger's own button, or another's card."""
    assert isinstance(person, TelegramParent | WhatsAppParent)
    await person.shares_phone(phone.e164, own=own)


@pytest.mark.parametrize("kind", ["telegram", "whatsapp"])
async def test_a_number_that_was_shared_unasked_is_kept_in_mind_too(house: House, kind: str) -> None:
    person = await at_the_phones(house, kind)
    await shares(person, NEW)

    await person.presses("newphone:1")
    await person.says(NEW.e164)
    await person.says(await code_sent_to(house, person, CONTACT.e164))

    assert person.reads(DONE)


@pytest.mark.parametrize("kind", ["telegram", "whatsapp"])
async def test_before_there_is_consent_nothing_is_kept(house: House, kind: str) -> None:
    person = await house.newcomer(kind)
    await person.says("/start")
    await person.taps("English")

    await shares(person, NEW)

    assert (await house.contact_of(person)).vouched_phone_index is None


# --- the password as proof --------------------------------------------------------------------


async def test_the_password_and_a_code_to_the_new_number_are_a_proof(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    await has_password(house, ALDABEKOVS)
    await house.changes_contact(person, unlocked_until=house.clock.read() + timedelta(minutes=9))
    await person.presses("phones")
    await types_new_number(person)

    await person.taps("By the password")
    await person.says("something else")
    await hears_tries_left(person, 4)
    await person.says(PASSWORD)
    await person.hears(CODE, digits="77")
    await person.says(await code_sent_to(house, person, NEW.e164))

    assert person.reads(DONE)
    assert await phones_of(house) == [NEW, SECOND]


async def test_with_the_password_also_a_vouched_number_needs_its_code(house: House) -> None:
    person = await house.acquaintance("telegram")
    await is_confirmed(house, person, ALDABEKOVS)
    await has_password(house, ALDABEKOVS)
    await house.changes_contact(person, unlocked_until=house.clock.read() + timedelta(minutes=9))
    await person.presses("newphone:1")
    await shares(person, NEW)

    await person.taps("By the password")
    await person.says(PASSWORD)

    await person.hears(CODE, digits="77")
    assert await phones_of(house) == [CONTACT, SECOND]


async def test_without_a_password_there_is_no_such_way(house: House, kind: str) -> None:
    person = await at_the_phones(house, kind)
    await types_new_number(person)
    assert person.t("By the password") not in person.labels

    await person.presses("answer:newphone:proof:password")

    assert person.reads(OUTDATED)
    assert person.reads(PROOF)


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8 7172 55 01 77", "A mobile number of Kazakhstan is needed: codes come to it by SMS."),
        ("+7 916 123 45 67", "A mobile number of Kazakhstan is needed: codes come to it by SMS."),
        ("87015550", "This is no phone number. Please type it like +7 701 000 00 00."),
        ("8(701)5550177", "This is no phone number. Please type it like +7 701 000 00 00."),
        ("my number", "Please type the number in digits."),
        (CONTACT.e164, "This number is confirmed already. Please give another one."),
        (SECOND.e164, "This number is confirmed already. Please give another one."),
    ],
)
async def test_what_can_not_be_the_new_number_is_said(
    house: House, language: str, typed: str, words: str
) -> None:
    person = await at_the_phones(house, "whatsapp", language)
    await person.taps("Change contact phone")

    await person.says(typed)

    assert person.reads(words)
    assert person.reads(NUMBER)
    assert house.sms.sent == ()


@pytest.mark.parametrize("forged", ["newphone:3", "newphone:0", "newphone", "newphone:1:2", "newphone:x"])
async def test_a_phone_of_no_position_is_out_of_date(house: House, forged: str) -> None:
    person = await at_the_phones(house, "whatsapp")

    await person.presses(forged)

    assert person.reads(OUTDATED)


async def test_a_wrong_code_is_counted_and_changes_nothing(house: House, kind: str, language: str) -> None:
    person = await at_the_phones(house, kind, language)
    await types_new_number(person)
    code = await code_sent_to(house, person, CONTACT.e164)

    await person.says(f"{(int(code) + 1) % 1_000_000:06}")

    assert person.t.many(*LEFT, 2) in person.sees
    assert await phones_of(house) == [CONTACT, SECOND]


async def test_a_code_that_comes_late_is_no_good(house: House, kind: str) -> None:
    person = await at_the_phones(house, kind)
    await types_new_number(person)
    await person.says(await code_sent_to(house, person, CONTACT.e164))
    code = await code_sent_to(house, person, NEW.e164)

    house.later(minutes=5, seconds=5)
    await person.says(code)

    assert person.reads(LAPSED)
    assert await phones_of(house) == [CONTACT, SECOND]


async def test_the_code_of_one_number_is_no_good_for_another(house: House, kind: str) -> None:
    person = await at_the_phones(house, kind)
    await types_new_number(person)
    await person.says(await code_sent_to(house, person, CONTACT.e164))
    code = await code_sent_to(house, person, NEW.e164)
    await person.taps("Back")
    await person.taps("Back")
    await person.says("+77015550188")

    await person.says(code)

    assert person.t.many(*LEFT, 2) in person.sees
    assert await phones_of(house) == [CONTACT, SECOND]


async def test_codes_are_not_sent_to_a_hundred_numbers(house: House, kind: str, language: str) -> None:
    person = await at_the_phones(house, kind, language, TIKHONOVS)
    await person.taps("Change contact phone")
    for number in range(10, 20):
        await person.says(f"+770155509{number}")
        if person.reads(OFTEN, time="17:20"):
            break
        await person.taps("Back")

    assert person.reads(OFTEN, time="17:20")
    assert {each.to for each in house.sms.sent} == {TIKHONOVS.phones[0].e164}
    assert len(house.sms.sent) == 3


async def test_one_number_is_not_sent_codes_from_a_hundred_accounts(house: House) -> None:
    for family, proof in ((ALDABEKOVS, CONTACT), (TIKHONOVS, TIKHONOVS.phones[0])):
        for _ in range(2 if family is ALDABEKOVS else 1):
            person = await at_the_phones(house, "whatsapp", family=family)
            await types_new_number(person)
            await person.says(await code_sent_to(house, person, proof.e164))
            assert person.reads(CODE, digits="77")
            house.later(seconds=61)
    person = await at_the_phones(house, "whatsapp", family=TIKHONOVS)

    await types_new_number(person)
    await person.says(await code_sent_to(house, person, TIKHONOVS.phones[0].e164, before=1))

    assert person.reads(OFTEN, time="17:20")
    assert sum(each.to == NEW.e164 for each in house.sms.sent) == 3


async def test_a_number_that_was_replaced_meanwhile_proves_nothing(house: House) -> None:
    person, other = await at_the_phones(house, "whatsapp"), await at_the_phones(house, "whatsapp")
    await types_new_number(other, "Change second phone")
    code = await code_sent_to(house, other, CONTACT.e164)
    house.later(seconds=61)
    await types_new_number(person)
    await person.says(await code_sent_to(house, person, CONTACT.e164, before=1))
    await person.says(await code_sent_to(house, person, NEW.e164))
    assert person.reads(DONE)
    changed = "The phone ending in {old} was replaced by the one ending in {new}."
    await other.hears(changed, old=CONTACT.e164[-2:], new=NEW.e164[-2:])

    await other.says(code)

    assert other.reads(LAPSED)
    assert await phones_of(house) == [NEW, SECOND]
