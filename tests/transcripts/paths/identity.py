"""Phones, the password, and the undoing of what a thief did."""

from domain.phone import Phone
from tests.conversation.identity_plays import OPENED, PASSWORD, has_password, types_new_password
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS, Family
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to
from tests.transcripts.path import Paths, in_language
from tests.transcripts.stage import Stage

IDENTITY = Paths()
CONTACT = ALDABEKOVS.phones[0].e164
NEW = Phone("+77015550888").e164
OTHER_PASSWORD = "жаңа құпиясөз 2"


async def cabinet(stage: Stage, language: str, name: str = "Сәкен", family: Family = ALDABEKOVS) -> Person:
    """A parent in the own cabinet, signed in since before."""
    person = await stage.returns(name, language, family)
    await person.says("/settings")
    await person.taps("My cabinet")
    return person


async def code(stage: Stage, person: Person, phone: str) -> None:
    """Type the newest code of a phone, once everything has arrived."""
    await stage.is_calm()
    await person.says(await code_sent_to(stage.house, person, phone))


@IDENTITY.path("change-phone", kk="Телефонды ауыстыру", ru="Смена телефона", en="A change of phone, undone")
async def change_phone(stage: Stage, language: str) -> None:
    """A code to each number; meanwhile nothing is withdrawn; the old number undoes it."""
    person = await cabinet(stage, language)
    await person.taps("Phones")
    await person.taps("Change contact phone")
    await person.says(CONTACT)
    await person.says(NEW)
    await code(stage, person, CONTACT)
    await code(stage, person, NEW)
    await person.says("/my")
    await person.taps("More…")
    await person.taps("Withdraw")
    holder = in_language(
        language, kk="Ескі нөмірдің иесі", ru="Владелец старого номера", en="Whoever holds the old number"
    )
    owner = await stage.enters(holder, language)
    await stage.passes(hours=71)
    await owner.says("/undo")
    await owner.says(CONTACT)
    await code(stage, owner, CONTACT)


@IDENTITY.path(
    "undo-too-late", kk="Кеш қалған қайтару", ru="Отменить уже поздно", en="Too late to undo a change"
)
async def too_late(stage: Stage, language: str) -> None:
    """After 72 hours the contact centre is left; and a number that nobody replaced has nothing to undo."""
    house = stage.house
    await has_password(house, ALDABEKOVS)
    person = await cabinet(stage, language)
    await person.says(PASSWORD)
    await person.hears(OPENED)
    await person.taps("Phones")
    await person.taps("Change contact phone")
    await person.says(NEW)
    await person.taps("By the password")
    await person.says(PASSWORD)
    await person.waits(lambda: house.sms.sent, "the code to the new number")
    await code(stage, person, NEW)
    await stage.passes(hours=72)
    await person.says("/undo")
    await person.says(CONTACT)
    await code(stage, person, CONTACT)
    await person.says("/undo")
    await person.says(TIKHONOVS.phones[0].e164)
    await code(stage, person, TIKHONOVS.phones[0].e164)


@IDENTITY.path("second-phone", kk="Екінші телефон", ru="Второй телефон", en="A second phone")
async def second_phone(stage: Stage, language: str) -> None:
    """For the case that the first is lost."""
    person = await cabinet(stage, language, "Вера", TIKHONOVS)
    await stage.passes(hours=1)
    await person.taps("Phones")
    await person.taps("Add a second phone")
    await person.says(NEW)
    await code(stage, person, TIKHONOVS.phones[0].e164)
    await code(stage, person, NEW)


@IDENTITY.path("lost-phone", kk="Телефон жоғалғанда", ru="Телефон утерян", en="A lost phone")
async def lost_phone(stage: Stage, language: str) -> None:
    """The password and a code to a new phone let in together; without a password the staff help."""
    await has_password(stage.house, ALDABEKOVS)
    person = await stage.enters("Сәкен", language)
    await person.says("/my")
    await person.says(ALDABEKOVS.parent.iin.digits)
    await person.taps("I lost this phone")
    await person.taps("Contact centre")
    await person.says("/my")
    await person.says(ALDABEKOVS.parent.iin.digits)
    await person.taps("I lost this phone")
    await person.says(OTHER_PASSWORD)
    await stage.is_calm()
    await person.says(PASSWORD)
    await stage.is_calm()
    await person.says(NEW)
    await code(stage, person, NEW)
    await person.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)


@IDENTITY.path("password", kk="Құпиясөз", ru="Пароль", en="The password")
async def password(stage: Stage, language: str) -> None:
    """Set with slips of the finger, closed by itself, opened, forgotten."""
    person = await cabinet(stage, language)
    await person.taps("Password")
    await person.taps("Set a password")
    await code(stage, person, CONTACT)
    await person.says("қысқа")
    await person.says(PASSWORD)
    await stage.is_calm()
    await person.says(OTHER_PASSWORD)
    await stage.is_calm()
    await person.says(PASSWORD)
    await stage.is_calm()
    await stage.passes(minutes=20)
    await person.says("/my")
    await person.says(OTHER_PASSWORD)
    await stage.is_calm()
    await person.says(PASSWORD)
    await stage.is_calm()
    await stage.passes(minutes=20)
    await person.says("/my")
    await person.taps("Forgot the password?")
    await code(stage, person, CONTACT)
    await types_new_password(person, OTHER_PASSWORD)
    await stage.is_calm()


@IDENTITY.path(
    "password-changed",
    kk="Құпиясөзді ауыстыру, алу",
    ru="Смена и снятие пароля",
    en="A password changed, removed",
)
async def password_changed(stage: Stage, language: str) -> None:
    """By the present one or by a code; locked at once by a button."""
    await has_password(stage.house, ALDABEKOVS)
    person = await cabinet(stage, language)
    await person.says(PASSWORD)
    await person.hears(OPENED)
    await person.taps("Password")
    await person.taps("Change the password")
    await person.says(PASSWORD)
    await stage.is_calm()
    await person.says(PASSWORD)
    await stage.is_calm()
    await types_new_password(person, OTHER_PASSWORD)
    await stage.is_calm()
    await person.taps("Lock now")
    await person.says("/my")
    await person.says(OTHER_PASSWORD)
    await person.hears(OPENED)
    await person.says("/settings")
    await person.taps("My cabinet")
    await person.taps("Password")
    await person.taps("Remove the password")
    await person.taps("By a code instead")
    await code(stage, person, CONTACT)


@IDENTITY.path(
    "too-many-passwords",
    kk="Құпиясөз тым көп терілгенде",
    ru="Слишком много паролей",
    en="Too many passwords",
)
async def too_many_passwords(stage: Stage, language: str) -> None:
    """Five wrong ones an hour; a code to the phone opens it all the same."""
    await has_password(stage.house, ALDABEKOVS)
    person = await stage.returns("Сәкен", language, ALDABEKOVS)
    await person.says("/my")
    for _ in range(5):
        await person.says(OTHER_PASSWORD)
        await stage.is_calm()
    await person.says(PASSWORD)
    await stage.is_calm()
    await stage.passes(hours=1)
    await person.says(PASSWORD)
    await stage.is_calm()
