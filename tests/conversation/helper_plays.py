"""A parent and somebody who helps them."""

from domain.phone import Phone
from storage import helpers
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.joining_plays import parent_named
from tests.conversation.made_up import ALDABEKOVS, Family
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, is_confirmed

PHONE = Phone("+77015550777")
THANKS = "Thank you! From now on you see how the applications stand, and I tell you the news."
SAID_YES = "Your helper has said yes: {name}."


async def a_parent(house: House, kind: str, language: str = "en", family: Family = ALDABEKOVS) -> Person:
    """A parent whose name is known, in the menu."""
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, family)
    await parent_named(house, family)
    await person.says("/menu")
    return person


async def names_helper(house: House, parent: Person, phone: Phone = PHONE, called: str = "Әже") -> None:
    """The parent names a helper."""
    await looks_who_helps(parent)
    await parent.taps("Name a helper")
    await parent.says(phone.e164)
    await parent.says(called)
    await parent.taps("Confirm")


async def looks_who_helps(parent: Person) -> None:
    """From the settings to the cabinet's entry."""
    await parent.says("/settings")
    await parent.taps("My cabinet")
    await parent.taps("Helper's phone")


async def says_yes(house: House, person: Person, phone: Phone = PHONE) -> None:
    """Whoever holds the phone confirms it with a code."""
    before = len(house.sms.sent)
    await person.says("/helper")
    await person.says(phone.e164)
    await person.waits(lambda: len(house.sms.sent) > before, "the code")
    await person.says(await code_sent_to(house, person, phone.e164))


async def parent_and_helper(house: House, kind: str, language: str = "en") -> tuple[Person, Person]:
    """A parent with a helper who looks on already."""
    parent = await a_parent(house, kind, language)
    helper = await house.acquaintance(kind, language)
    await helps(house, helper)
    await helper.says("/menu")
    return parent, helper


async def helps(house: House, helper: Person, family: Family = ALDABEKOVS) -> None:
    """Somebody has helped a family since now."""
    contact_id = (await house.contact_of(helper)).contact_id

    def agree(tx: Transaction) -> None:
        helper_id = helpers.name(tx, house.world.parent_of(family), PHONE, "Әже", tx.now)
        assert helper_id is not None
        assert helpers.confirm(tx, helper_id, contact_id, tx.now)

    await house.write(agree)


async def helper_of(house: House, family: Family = ALDABEKOVS) -> int:
    """The id of a family's helper."""
    parent_id = house.world.parent_of(family)
    found = await house.write(lambda tx: helpers.of_parent(tx, parent_id, tx.now))
    return int(found.id)
