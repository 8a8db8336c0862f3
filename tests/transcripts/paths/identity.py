"""Phones, the password, and the undoing of what a thief did."""

from domain.phone import Phone
from tests.conversation.identity_plays import PASSWORD, types_new_password
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, signs_in
from tests.transcripts.path import Paths
from tests.transcripts.stage import Stage

IDENTITY = Paths()
CONTACT = ALDABEKOVS.phones[0].e164
NEW = Phone("+77015550888").e164


async def cabinet(stage: Stage, language: str, name: str = "Сәкен") -> Person:
    """A parent in the own cabinet."""
    person = await stage.enters(name, language)
    await signs_in(stage.house, person, ALDABEKOVS)
    await stage.passes(minutes=2)
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
    await person.says(NEW)
    await code(stage, person, CONTACT)
    await code(stage, person, NEW)
    await person.says("/menu")
    await person.taps("My applications")
    await person.taps("More…")
    await person.taps("Withdraw")
    owner = await stage.enters("Ескі нөмірдің иесі", language)
    await stage.passes(hours=71)
    await owner.says("/undo")
    await owner.says(CONTACT)
    await code(stage, owner, CONTACT)


@IDENTITY.path("password", kk="Құпиясөз", ru="Пароль", en="The password")
async def password(stage: Stage, language: str) -> None:
    """Set, closed by itself, opened with a slip of the finger, forgotten."""
    person = await cabinet(stage, language)
    await person.taps("Password")
    await person.taps("Set a password")
    await code(stage, person, CONTACT)
    await person.says("қысқа")
    await types_new_password(person, PASSWORD)
    await stage.passes(minutes=20)
    await person.says("/menu")
    await person.taps("My applications")
    await person.says("басқа құпиясөз")
    await stage.is_calm()
    await person.says(PASSWORD)
    await stage.passes(minutes=20)
    await person.says("/menu")
    await person.taps("My applications")
    await person.taps("Forgot the password?")
    await code(stage, person, CONTACT)
    await types_new_password(person, "жаңа құпиясөз 2")
