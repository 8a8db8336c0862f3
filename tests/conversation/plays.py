"""What people do again and again, and sentences of the product that are looked for."""

import re

from tests.conversation.house import House
from tests.conversation.made_up import Family
from tests.conversation.person import Person

_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
PLACE = "Place in the queue: {place} of {size}"
NO_SUCH_IIN = "No application is in the queue under this IIN. Try the other parent's or the child's IIN."
NO_SUCH_NUMBER = "There is no application with this number. Please compare it with the message you were sent."
WHAT = "Type the child's IIN, the parent's IIN, or the application number. I will find the place."
OUTDATED = "This button is out of date. Here is how things stand now."
WHO = (
    "Type the IIN of the parent who applied. A code is then sent by SMS to the phone of the application: "
    "so nobody else can see your data."
)
MENU = (
    "Join the queue",
    "Free places",
    "The kindergartens",
    "My applications",
    "Check the queue",
    "Messages",
    "Operator",
    "Settings",
)


async def checks(person: Person, typed: str) -> None:
    """Choose it in the menu and type a number."""
    await person.says("/menu")
    await person.taps("Check the queue")
    await person.says(typed)


async def asks_for_code(person: Person, family: Family) -> None:
    """Begin to sign in as a family's parent."""
    await person.says("/settings")
    await person.taps("Sign in")
    await person.says(family.parent.iin.digits)


async def code_sent_to(house: House, person: Person, phone: str, *, before: int = 0) -> str:
    """The newest code in an SMS to a phone, once one more than so many are there."""

    def codes() -> list[str]:
        sent = (_CODE.search(each.text) for each in house.sms.sent if each.to == phone)
        return [found.group() for found in sent if found is not None]

    await person.waits(lambda: len(codes()) > before, f"an SMS with a code to {phone}")
    return codes()[-1]


async def code_mailed_to(house: House, person: Person, address: str, *, before: int = 0) -> str:
    """The newest code in a letter to an address, once one more than so many are there."""

    def codes() -> list[str]:
        sent = (_CODE.search(each.text) for each in house.mail.sent if each.to == address)
        return [found.group() for found in sent if found is not None]

    await person.waits(lambda: len(codes()) > before, f"a letter with a code to {address}")
    return codes()[-1]


async def signs_in(house: House, person: Person, family: Family) -> None:
    """Sign in with the code; the register's greeting is on the screen."""
    await asks_for_code(person, family)
    await person.says(await code_sent_to(house, person, family.phones[0].e164))
    await person.hears("Good day, {name}!", name=family.parent.name)


async def is_confirmed(house: House, person: Person, family: Family) -> None:
    """The account has been the parent's since before."""
    await house.changes_contact(person, parent_id=house.world.parent_of(family))
