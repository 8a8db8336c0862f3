"""A number was changed, and the old one undoes it."""

from datetime import timedelta

from domain.phone import Phone
from domain.phone_change import UNDO_WITHIN
from storage import phones
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, Family
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to

CONTACT, SECOND = ALDABEKOVS.phones
THIEFS, THIEFS_OTHER = Phone("+77015550166"), Phone("+77015550167")
ASKED = (
    "Was your number taken out of a cabinet, or another one added, without your wish? Type or share your "
    "number: a code goes to it. It can be undone for 72 hours."
)
CODE = (
    "A code of 6 digits was sent by SMS to the number ending in {digits}. Type it here. "
    "It is good for 5 minutes."
)
UNDONE = (
    "The change is undone: your number is back in the cabinet. All other accounts were signed out. "
    "A phone, a password and a helper that came since are gone, too."
)
ALREADY = "This change was undone already."
NOT_THE_OLD = "No cabinet had this number before another took its place. There is nothing to undo."


async def is_changed(
    house: House, old: Phone, new: Phone, *, ago: timedelta = timedelta(), family: Family = ALDABEKOVS
) -> None:
    """One number took the place of another a while ago."""

    def change(tx: Transaction) -> None:
        parent_id, at = house.world.parent_of(family), tx.now - ago
        position = next(each.position for each in phones.phones_of(tx, parent_id) if each.number == old)
        phones.confirm_phone(tx, parent_id, position, new, at, undo_until=at + UNDO_WITHIN)

    await house.write(change)


async def phones_of(house: House, family: Family = ALDABEKOVS) -> list[Phone]:
    """The confirmed phones of a family now."""
    found: list[Phone] = await house.write(
        lambda tx: phones.confirmed_phones(tx, house.world.parent_of(family))
    )
    return found


async def undoes(house: House, person: Person, phone: Phone = CONTACT, *, before: int = 0) -> None:
    """Type the old number and the code that comes to it."""
    await person.says("/undo")
    assert person.reads(ASKED)
    await person.says(phone.e164)
    assert person.reads(CODE, digits=phone.e164[-2:])
    await person.says(await code_sent_to(house, person, phone.e164, before=before))
