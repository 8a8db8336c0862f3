"""A play in which everything personal is told, asked for or not, and the list of what was told."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.centre import answering, whispering
from bot.department.officer import Officer
from bot.flows.operator import asking
from domain.staff import StaffRole
from storage import passwords
from tests.conversation.house import KINDS, House
from tests.conversation.identity_plays import ONCE_MORE
from tests.conversation.made_up import ALDABEKOVS, NOBODY, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import asks_for_code, checks, code_sent_to
from tests.conversation.telegram_parent import TelegramParent
from tests.conversation.whatsapp_parent import WhatsAppParent

OWN_PHONE, UNASKED_PHONE, MAIL = "+77015557701", "87015557702", "inzhu.ana@pochta.example"
PASSWORD = "Қар барысы 2026!"
UNASKED_CODE = "730 914"
HOME = "Керекемес көшесі, 77-үй"


async def everything_in_every_messenger(house: House, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Everything is told in every messenger; the codes that were sent."""
    codes = set()
    for kind in KINDS:
        person = await house.newcomer(kind)
        codes |= await tells_everything(house, person, monkeypatch)
        # Over an hour: the limits on tries are another test's.
        house.later(hours=2)
    return codes


async def tells_everything(house: House, person: Person, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Go through all that there is and tell everything; the codes that came by SMS."""
    iin, child = TIKHONOVS.parent.iin.digits, TIKHONOVS.children[0].person.iin.digits
    await person.says(f"Сәлем, ЖСН-ім {iin}")
    await person.says("/start")
    await person.taps("English")
    await person.says(child)
    await person.taps("I agree")
    await person.says(NOBODY.digits)
    await person.says("Turkistan")
    await checks(person, child)
    await checks(person, f"{iin[:6]} {iin[6:]}")
    await person.says(f"{UNASKED_PHONE}, {MAIL}, {UNASKED_CODE}")
    await shares_a_phone(person)
    codes = await signs_in(house, person)
    await sees_the_own(person)
    await fills_in_the_profile(person)
    codes |= await sets_a_password_and_names_a_phone(house, person)
    await asks_an_operator(house, person, iin, monkeypatch)
    return codes


async def shares_a_phone(person: Person) -> None:
    """By a contact card where the messenger has such a thing, else in words."""
    if isinstance(person, TelegramParent | WhatsAppParent):
        await person.shares_phone(OWN_PHONE)
        await person.shares_phone(UNASKED_PHONE, own=False)
    await person.says(OWN_PHONE)


async def signs_in(house: House, person: Person) -> set[str]:
    """With a wrong code, a pause in the menu where the code is told unasked, and then the right one."""
    phone = TIKHONOVS.phones[0].e164
    await asks_for_code(person, TIKHONOVS)
    first = await code_sent_to(house, person, phone)
    await person.says("/menu")
    await person.says(f"{first[:3]} {first[3:]}")
    await person.says(f"код:{first}!")
    await asks_for_code(person, ALDABEKOVS)
    other = await code_sent_to(house, person, ALDABEKOVS.phones[0].e164)
    await person.says("000001")
    await person.says("/cancel")
    sent = len(house.sms.sent)
    await asks_for_code(person, TIKHONOVS)
    await person.waits(lambda: len(house.sms.sent) > sent, "the next SMS")
    code = await code_sent_to(house, person, phone)
    await person.says(code)
    await person.hears("Good day, {name}!", name=TIKHONOVS.parent.name)
    return {first, other, code}


async def sees_the_own(person: Person) -> None:
    """Children by their names, on buttons, too: tapped and chosen by number."""
    await person.says("/check")
    await person.taps(person.labels[0])
    await person.taps("Why did it move?")
    await person.taps("Back")
    await person.says("/check")
    await person.says("2")


async def fills_in_the_profile(person: Person) -> None:
    """Where they live and where letters go; the children and the messages are looked at, too."""
    await person.presses("profile")
    await person.taps("Address")
    await person.says(HOME)
    await person.taps("E-mail")
    await person.says(MAIL)
    for looked_at in ("children", "messages", "journal", "notices", "mydata"):
        await person.presses(looked_at)
    await person.presses("children")
    await person.taps(person.labels[0])
    await person.presses("addchild")
    await person.says(NOBODY.digits)
    await person.says("/cancel")


async def sets_a_password_and_names_a_phone(house: House, person: Person) -> set[str]:
    """A password with a slip of the finger, and a number whose code is then not typed; the codes."""
    house.later(hours=2)
    await person.presses("newpass:set")
    first = await next_code(house, person)
    await person.says(first)
    await person.says(PASSWORD)
    await person.hears(ONCE_MORE)
    await person.says(PASSWORD[:-1])
    await person.hears("That is not what you typed first. Type it once more, or go back and choose anew.")
    await person.says(PASSWORD)
    await person.hears("The password is set. Keep it in mind, or where nobody finds it.")
    await person.presses("newphone:2")
    await person.says(UNASKED_PHONE)
    second = await next_code(house, person)
    await person.says(second)
    await person.says("/cancel")
    me = house.world.parent_of(TIKHONOVS)
    await house.write(lambda tx: passwords.remove(tx, me))
    return {first, second}


async def next_code(house: House, person: Person) -> str:
    """The code that was sent just now: none is older."""
    phone, just_now = TIKHONOVS.phones[0].e164, house.clock.read() - timedelta(minutes=1)

    def sent() -> list[str]:
        return [each.text for each in house.sms.sent if each.to == phone and each.at > just_now]

    await person.waits(sent, "a code")
    house.later(minutes=2)
    return await code_sent_to(house, person, phone)


async def asks_an_operator(house: House, person: Person, iin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a long story with every number in it; and a fault of ours that quotes them."""
    story = f"ЖСН {iin}, тел. {UNASKED_PHONE} ({OWN_PHONE}), {MAIL}, код {UNASKED_CODE}"
    await person.says("/menu")
    await person.taps("Operator")
    await person.says(story)
    await is_answered(house, person, story, iin)

    def breaks(*_: object) -> None:
        raise RuntimeError(story, TIKHONOVS.parent.name)

    with monkeypatch.context() as patch:
        patch.setattr(asking, "_centre", breaks)
        await person.says("/menu")
        await person.taps("Operator")


async def is_answered(house: House, person: Person, story: str, iin: str) -> None:
    """An operator says it all again, and prepares an answer with an IIN in it, which is agreed to."""
    chat = (await house.contact_of(person)).conversation_id
    operator = Officer(4711, StaffRole.OPERATOR.value)
    await house.write(lambda tx: answering.say(tx, operator, chat, story))
    await person.presses("check:new")
    await house.write(lambda tx: whispering.suggest_text(tx, operator, chat, iin))
    await person.hears("Answer: {answer}", answer=iin)
    await person.taps("Yes, that is right")


def told(codes: set[str]) -> Iterator[str]:
    """Everything that may stand nowhere."""
    for family in (TIKHONOVS, ALDABEKOVS):
        yield family.parent.iin.digits
        for phone in family.phones:
            yield phone.e164.removeprefix("+7")
        for child in family.children:
            yield child.person.iin.digits
            yield child.person.name[:4]
            yield child.person.surname
        yield family.parent.name
        yield family.parent.surname
    yield NOBODY.digits
    yield OWN_PHONE.removeprefix("+7")
    yield UNASKED_PHONE.removeprefix("8")
    yield MAIL
    yield HOME
    yield PASSWORD
    yield PASSWORD[:-1]
    yield UNASKED_CODE
    yield from codes


def found_in(text: bytes, told: Iterator[str]) -> list[str]:
    """What of it stands there: as it is, with spaces or dashes in it, or as JSON writes it."""
    closed_up = text.translate(None, b" -")
    return [each for each in told if _stands_in(text, closed_up, each)]


def _stands_in(text: bytes, closed_up: bytes, value: str) -> bool:
    digits = value.replace(" ", "").encode()
    if not digits.isdigit():
        return value.encode() in text or value.encode("ascii", "backslashreplace") in text
    # The files are large and the pattern is slow: it is asked only where the digits follow each other.
    if digits not in closed_up:
        return False
    spaced = rb"[ \-]?".join(digits[place : place + 1] for place in range(len(digits)))
    # Not the part of a second of an instant, which is six digits, too.
    if re.search(rb"(?<!\d)(?<!:\d\d\.)" + spaced + rb"(?!\d)", text):
        return True
    # A phone, whatever stands before it.
    return len(digits) == 10 and digits in text
