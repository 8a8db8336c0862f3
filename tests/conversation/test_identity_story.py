"""Two phones, a password, a change and its undoing: one story, told in each language and messenger."""

from domain.phone import Phone
from storage import phones
from tests.conversation.house import House
from tests.conversation.identity_plays import (
    LOCKED,
    OPENED,
    OTHER_PASSWORD,
    PASSWORD,
    password_of,
    types_new_password,
)
from tests.conversation.made_up import TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import asks_for_code, code_sent_to, is_confirmed

FAMILY = TIKHONOVS
CONTACT = FAMILY.phones[0]
GRANDMOTHERS, THIEFS = Phone("+77015550288"), Phone("+77015550266")
DONE = "Done. Both numbers are told by SMS."
SET = "The password is set. Keep it in mind, or where nobody finds it."
CHANGED = "The phone ending in {old} was replaced by the one ending in {new}."
SHUT_OUT = "All accounts were signed out, here, too. What came into the cabinet since is gone."
UNDONE = (
    "The change is undone: your number is back in the cabinet. All other accounts were signed out. "
    "A phone, a password and a helper that came since are gone, too."
)


async def phones_of(house: House) -> list[Phone]:
    """The confirmed phones of the family now."""
    found: list[Phone] = await house.write(
        lambda tx: phones.confirmed_phones(tx, house.world.parent_of(FAMILY))
    )
    return found


async def comes_in(house: House, mother: Person) -> None:
    """By the IIN and a code."""
    await asks_for_code(mother, FAMILY)
    await mother.says(await code_sent_to(house, mother, CONTACT.e164))
    await mother.hears("Good day, {name}!", name=FAMILY.parent.name)


async def adds_grandmothers_phone(house: House, mother: Person) -> None:
    """Whose code grandmother reads to her."""
    await mother.presses("cabinet")
    await mother.taps("Phones")
    await mother.taps("Add a second phone")
    await mother.says(GRANDMOTHERS.e164)
    await mother.says(await code_sent_to(house, mother, CONTACT.e164, before=1))
    await mother.says(await code_sent_to(house, mother, GRANDMOTHERS.e164))
    assert mother.reads(DONE)


async def sets_a_password(house: House, mother: Person) -> None:
    """And finds the cabinet locked a while later."""
    await mother.taps("My cabinet")
    await mother.taps("Password")
    await mother.taps("Set a password")
    await mother.says(await code_sent_to(house, mother, CONTACT.e164, before=2))
    await types_new_password(mother)
    await mother.hears(SET)
    house.later(minutes=16)
    await mother.taps("My cabinet")
    assert mother.reads(LOCKED)
    await mother.says(PASSWORD)
    await mother.hears(OPENED)


async def takes_the_number_over(house: House, thief: Person) -> None:
    """The telephone lay open on a table: its account and its SMS are in the thief's hand for some minutes."""
    await is_confirmed(house, thief, FAMILY)
    await house.changes_contact(thief, unlocked_until=house.clock.read().replace(year=2027))
    await thief.presses("newphone:1")
    await thief.says(THIEFS.e164)
    await thief.says(await code_sent_to(house, thief, CONTACT.e164, before=3))
    await thief.says(await code_sent_to(house, thief, THIEFS.e164))
    assert thief.reads(DONE)
    await thief.presses("newpass:set")
    await thief.taps("By a code instead")
    await thief.says(await code_sent_to(house, thief, THIEFS.e164, before=1))
    await types_new_password(thief, OTHER_PASSWORD)
    await thief.hears(SET)


async def test_two_phones_a_password_a_change_and_its_undoing(house: House, kind: str, language: str) -> None:
    mother, thief = await house.acquaintance(kind, language), await house.acquaintance("whatsapp", language)
    await comes_in(house, mother)
    await adds_grandmothers_phone(house, mother)
    house.later(hours=1)
    await sets_a_password(house, mother)
    assert await phones_of(house) == [CONTACT, GRANDMOTHERS]
    house.later(days=4)

    await takes_the_number_over(house, thief)
    assert await phones_of(house) == [THIEFS, GRANDMOTHERS]
    await mother.waits(lambda: mother.t(CHANGED, old="01", new="66") in all_that(mother), "the change")
    await mother.presses("cabinet")
    assert mother.reads(LOCKED)
    house.later(hours=70)
    await mother.says("/undo")
    await mother.says(CONTACT.e164)
    await mother.says(await code_sent_to(house, mother, CONTACT.e164, before=4))

    assert mother.reads(UNDONE)
    assert await phones_of(house) == [CONTACT, GRANDMOTHERS]
    assert await password_of(house, FAMILY) is None
    await thief.hears(SHUT_OUT)
    await thief.presses("phones")
    assert not thief.reads("Phones")
    await mother.presses("cabinet")
    assert mother.reads("Only you see what is here.")


def all_that(person: Person) -> str:
    """Everything we have said to somebody."""
    return "\n".join(shown.text for shown in person.heard)
