"""How people apply: the steps of the form, as somebody in a hurry takes them."""

from domain.iin import Iin
from domain.phone import Phone
from tests.conversation.house import House
from tests.conversation.made_up import NEWCOMERS
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to

WHICH_CHILD = "Which child is it? Choose, or type the child's IIN: 12 digits from the birth certificate."
ADDRESS = "Тәуке хан даңғылы, 7-үй, 12-пәтер"


async def begins(person: Person) -> None:
    """Choose it in the menu, and the general queue."""
    await person.says("/menu")
    await person.taps("Join the queue")
    await person.taps("General queue")


async def tells_who(house: House, person: Person, iin: str, phone: Phone) -> None:
    """The own IIN, a phone and the code that comes to it."""
    await person.says(iin)
    await confirms_phone(house, person, phone)


async def confirms_phone(house: House, person: Person, phone: Phone) -> None:
    """Type a number and the code that comes to it."""
    before = len(house.sms.sent)
    await person.says(phone.e164)
    await person.waits(lambda: len(house.sms.sent) > before, "the SMS")
    await person.says(await code_sent_to(house, person, phone.e164))


async def becomes_the_father(house: House, person: Person) -> None:
    """Everything about the parent: the father of the newcomers, with two phones."""
    await begins(person)
    await tells_who(house, person, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await person.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
    await person.taps("Yes, that's me")
    await confirms_phone(house, person, NEWCOMERS.phones[1])


async def chooses_the_daughter(person: Person) -> None:
    """The child whom the register names."""
    await person.taps(person.t("Born on {date}", date="09.10.2024"))
    await person.hears("{name}, born {date}. Is this the child?", name="Айла Б.", date="09.10.2024")
    await person.taps("Yes, it's this child")


async def fills_in_the_rest(person: Person) -> None:
    """The address, either language, no privilege, news here."""
    await person.says(ADDRESS)
    await person.taps("Either will do")
    await person.taps("No, go on")
    await person.taps("That's good")


async def applies(house: House, person: Person) -> None:
    """The whole way of the newcomers' father to the last look."""
    await becomes_the_father(house, person)
    await chooses_the_daughter(person)
    await fills_in_the_rest(person)


async def wants_to_join(person: Person, child: Iin) -> None:
    """A parent who is known applies for a child whom the other parent has applied for; at the last look."""
    await begins(person)
    await person.hears(WHICH_CHILD)
    await person.says(child.digits)
    await person.waits(lambda: person.t("Yes, it's this child") in person.labels, "the child's name")
    await person.taps("Yes, it's this child")
