"""Signing in when the phone is lost: the password and a code to a new one; else the contact centre."""

from datetime import timedelta

import pytest

from domain.identity_document import IdentityDocument
from domain.phone import Phone
from storage import people, phones
from storage.transaction import Transaction
from tests.conversation.applying import begins
from tests.conversation.house import House
from tests.conversation.identity_plays import OTHER_PASSWORD, PASSWORD, has_password, hears_tries_left
from tests.conversation.made_up import ALDABEKOVS, NOBODY, OSPANOVS, TIKHONOVS, Family
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, WHO, code_sent_to, is_confirmed

CONTACT, SECOND = ALDABEKOVS.phones
NEW = Phone("+77015550177")
WORD = (
    "Then two things together show that it is you: the password of your cabinet, and a code to your new "
    "phone. Type the password.\n\n"
    "If you have set none or do not remember it, the contact centre helps: its staff have to see your "
    "identity document."
)
NUMBER = "Which is the new mobile number?"
CODE = (
    "A code of 6 digits was sent by SMS to the new number, ending in {digits}. Type it here. "
    "It is good for 5 minutes."
)
GREETED = "Good day, {name}!"
CHANGED = "The phone ending in {old} was replaced by the one ending in {new}."
OFTEN = "That was tried often enough for now. You can try again at {time}."
NOW = "20.11.2026\N{NO-BREAK SPACE}16:20"
UNTIL = "23.11.2026\N{NO-BREAK SPACE}16:20"


async def has_lost_the_phone(
    house: House, kind: str, language: str = "en", iin: str = ALDABEKOVS.parent.iin.digits
) -> Person:
    """Somebody at the question for the password."""
    person = await house.acquaintance(kind, language)
    await person.presses("signin")
    await person.says(iin)
    await person.taps("I lost this phone")
    assert person.reads(WORD)
    return person


async def comes_in_with_a_new_phone(house: House, person: Person) -> None:
    """The password, the new number, the code to it."""
    await person.says(PASSWORD)
    await person.hears(NUMBER)
    await person.says(NEW.e164)
    assert person.reads(CODE, digits="77")
    await person.says(await code_sent_to(house, person, NEW.e164))
    await person.hears(GREETED, name=ALDABEKOVS.parent.name)


async def phones_of(house: House, family: Family = ALDABEKOVS) -> list[Phone]:
    """The confirmed phones of a family now."""
    found: list[Phone] = await house.write(
        lambda tx: phones.confirmed_phones(tx, house.world.parent_of(family))
    )
    return found


async def test_the_password_and_a_new_phone_let_the_parent_in(house: House, kind: str, language: str) -> None:
    await has_password(house, ALDABEKOVS)
    person = await has_lost_the_phone(house, kind, language)
    assert person.labels == person.named("Contact centre", "Back", "Cancel")

    await comes_in_with_a_new_phone(house, person)

    assert ALDABEKOVS.child.person.name in person.sees
    assert await phones_of(house) == [NEW, SECOND]


async def test_the_old_number_is_told_and_can_undo_it(house: House, kind: str) -> None:
    await has_password(house, ALDABEKOVS, at=house.clock.read() - timedelta(days=9))
    person, owner = await has_lost_the_phone(house, kind), await house.acquaintance("whatsapp")
    await comes_in_with_a_new_phone(house, person)
    kazakh = (await house.acquaintance("whatsapp", "kk")).t

    told = kazakh(
        "Kezek: the number ending in {new} took the place of this one in your cabinet. "
        "If that was not you, send /undo to Kezek before {moment}.",
        new="77",
        moment=UNTIL,
    )
    await owner.waits(lambda: (CONTACT.e164, told) in sent(house), "the old number to be told")
    await owner.says("/undo")
    await owner.says(CONTACT.e164)
    await owner.says(await code_sent_to(house, owner, CONTACT.e164, before=1))

    assert await phones_of(house) == [CONTACT, SECOND]
    assert (await house.contact_of(person)).parent_id is None


def sent(house: House) -> set[tuple[str, str]]:
    """Every SMS: to whom, and its words."""
    return {(each.to, each.text) for each in house.sms.sent}


async def test_the_parents_other_accounts_are_told_of_both(house: House, kind: str) -> None:
    await has_password(house, ALDABEKOVS)
    other = await house.acquaintance("whatsapp", "ru")
    await is_confirmed(house, other, ALDABEKOVS)
    person = await has_lost_the_phone(house, kind)

    await comes_in_with_a_new_phone(house, person)

    entered = "An account entered your cabinet: {channel}, {moment}."
    names = {"telegram": "Telegram", "whatsapp": "WhatsApp", "webchat": other.t("Web chat")}
    await other.waits(lambda: len(other.heard) >= 2, "two notices")
    told = "\n".join(shown.text for shown in other.heard)
    assert other.t(CHANGED, old="01", new="77") in told
    assert other.t(entered, channel=names[kind], moment=NOW) in told


async def test_the_second_phone_at_hand_replaces_nothing(house: House) -> None:
    await has_password(house, ALDABEKOVS)
    person = await has_lost_the_phone(house, "whatsapp")
    await person.says(PASSWORD)
    await person.hears(NUMBER)

    await person.says(SECOND.e164)
    await person.says(await code_sent_to(house, person, SECOND.e164))

    await person.hears(GREETED, name=ALDABEKOVS.parent.name)
    assert await phones_of(house) == [CONTACT, SECOND]


@pytest.mark.parametrize("kind", ["telegram", "whatsapp"])
async def test_a_vouched_number_needs_its_code_here(house: House, kind: str) -> None:
    await has_password(house, ALDABEKOVS)
    person = await has_lost_the_phone(house, kind)
    await person.says(PASSWORD)
    await person.hears(NUMBER)

    await person.shares_phone(NEW.e164)  # type: ignore[attr-defined]

    assert person.reads(CODE, digits="77")
    assert (await house.contact_of(person)).parent_id is None


async def test_without_a_password_the_contact_centre_is_left(house: House, kind: str, language: str) -> None:
    person = await has_lost_the_phone(house, kind, language)

    await person.taps("Contact centre")

    assert person.reads("Phone: {phone}", phone="+77253300300")


async def test_a_code_is_not_passed_by_a_button_that_was_never_given_out(house: House) -> None:
    await has_password(house, ALDABEKOVS)
    person = await has_lost_the_phone(house, "whatsapp")

    for forged in (
        "answer:signin:newcode:again:0",
        "answer:signin:word:1",
        "edit:signin:phone",
        "confirm:signin",
    ):
        await person.presses(forged)
        assert person.reads(OUTDATED)

    assert person.reads(WORD)


async def to_the_last_try(house: House, iin: str) -> list[str]:
    """Everything that somebody sees who knows an IIN and has lost no phone at all."""
    person = await has_lost_the_phone(house, "whatsapp", iin=iin)
    seen = []
    for left in (4, 3, 2, 1):
        await person.says(OTHER_PASSWORD)
        await hears_tries_left(person, left)
        seen.append(person.sees)
    for _ in range(2):
        await person.says(PASSWORD)
        await person.hears(OFTEN, time="17:20")
        seen.append(person.sees)
    return seen


async def test_known_or_not_with_a_password_or_without_it_looks_the_same(house: House) -> None:
    await has_password(house, ALDABEKOVS, "nobody types this")

    with_password, without, phoneless, unknown = [
        await to_the_last_try(house, iin.digits)
        for iin in (ALDABEKOVS.parent.iin, TIKHONOVS.parent.iin, OSPANOVS.parent.iin, NOBODY)
    ]

    assert without == with_password
    assert phoneless == with_password
    assert unknown == with_password


async def test_five_wrong_ones_are_counted_over_all_accounts(house: House) -> None:
    await has_password(house, ALDABEKOVS)
    people_ = [await has_lost_the_phone(house, "whatsapp") for _ in range(3)]
    for left, person in zip((4, 3, 2, 1), (*people_, people_[0]), strict=True):
        await person.says(OTHER_PASSWORD)
        await hears_tries_left(person, left)
    await people_[1].says(OTHER_PASSWORD)
    await people_[1].hears(OFTEN, time="17:20")

    await people_[2].says(PASSWORD)

    assert people_[2].reads(OFTEN, time="17:20")


async def test_a_stranger_who_tries_does_not_lock_the_parent_out(house: House) -> None:
    await has_password(house, ALDABEKOVS)
    stranger = await has_lost_the_phone(house, "whatsapp")
    for left in (4, 3, 2, 1):
        await stranger.says(OTHER_PASSWORD)
        await hears_tries_left(stranger, left)
    parent = await house.acquaintance("telegram")
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.presses("cabinet")

    await parent.says(PASSWORD)

    await parent.hears("The cabinet is open.")


async def test_going_back_to_another_iin_starts_anew(house: House) -> None:
    await has_password(house, ALDABEKOVS)
    person = await has_lost_the_phone(house, "whatsapp")
    await person.says(PASSWORD)
    await person.hears(NUMBER)

    for _ in range(3):
        await person.taps("Back")
    await person.says(TIKHONOVS.parent.iin.digits)
    await person.taps("I lost this phone")

    assert person.reads(WORD)


# --- a parent without an IIN --------------------------------------------------------------------

DOCUMENT = IdentityDocument("N10203040")


async def applied_by_document(house: House) -> int:
    """A parent without an IIN, known by a document, with a confirmed phone."""

    def write(tx: Transaction) -> int:
        parent_id = people.parent_for(tx, DOCUMENT, at=tx.now, language="ru", notice_way="messenger")
        people.confirm_phone(tx, parent_id, 1, NEW, tx.now)
        return parent_id

    parent_id: int = await house.write(write)
    return parent_id


async def test_a_parent_without_an_iin_signs_in_by_the_document(
    house: House, kind: str, language: str
) -> None:
    parent_id = await applied_by_document(house)
    person = await house.acquaintance(kind, language)
    await person.presses("signin")

    await person.taps("I have no IIN")
    assert person.reads("Then type the number of the identity document with which you applied.")
    await person.says("n 1020-3040")
    await person.says(await code_sent_to(house, person, NEW.e164))

    assert person.reads("Thank you, that is right.")
    assert (await house.contact_of(person)).parent_id == parent_id
    assert house.register.asked == []


async def test_a_document_that_nobody_has_looks_the_same(house: House) -> None:
    await applied_by_document(house)
    seen = []
    for number in (DOCUMENT.number, "N10203041"):
        person = await house.acquaintance("whatsapp")
        await person.presses("signin")
        await person.taps("I have no IIN")
        await person.says(number)
        seen.append([person.sees])
        await person.says("000000")
        seen[-1].append(person.sees)

    known, unknown = seen
    assert unknown == known


async def test_what_is_no_document_is_said(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await person.presses("signin")
    await person.taps("I have no IIN")

    await person.says("N/1!")

    assert person.reads("This is not the number of an identity document.")


async def comes_to_the_known_phone(house: House, person: Person) -> None:
    """By an application: an own number, and then a code to another one is asked for."""
    await begins(person)
    await person.says(ALDABEKOVS.parent.iin.digits)
    await person.says(NEW.e164)
    await person.says(await code_sent_to(house, person, NEW.e164))
    assert person.reads(
        "There is a cabinet under this IIN already, with another phone. "
        "To go on, type the code that was sent there just now. It is good for 5 minutes."
    )


async def test_who_applies_and_has_lost_the_known_phone_signs_in_and_goes_on_applying(
    house: House, kind: str, language: str
) -> None:
    await has_password(house, ALDABEKOVS)
    person = await house.acquaintance(kind, language)
    await comes_to_the_known_phone(house, person)

    await person.taps("I lost this phone")
    assert person.reads(WORD)
    await person.says(PASSWORD)
    await person.hears(NUMBER)
    await person.says(NEW.e164)
    await person.says(await code_sent_to(house, person, NEW.e164, before=1))
    await person.waits(lambda: person.reads("The child"), "the application to go on")

    assert (await house.contact_of(person)).parent_id == house.world.parent_of(ALDABEKOVS)
    assert await phones_of(house) == [NEW, SECOND]


async def test_who_applies_and_has_no_code_can_ask_the_operator(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await comes_to_the_known_phone(house, person)

    await person.taps("Operator")

    assert person.reads("Operator")


async def test_an_old_button_for_a_lost_phone_asks_who_it_is(house: House) -> None:
    person = await house.acquaintance("whatsapp")

    await person.presses("signin:lost")

    assert person.reads(WHO)
