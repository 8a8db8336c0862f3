"""Joining the queue in the demo, as somebody in a hurry does, whatever the messenger."""

from typing import Protocol

from bot.demo.newcomers import FREE_PHONES, Newcomers
from bot.texts import LANGUAGES, Texts
from domain.phone import Phone
from tests.e2e.demo_process import Demo

FIRST, SECOND, _ = FREE_PHONES


class Somebody(Protocol):
    """A person with a messenger."""

    async def says(self, text: str) -> None:
        """Type something."""

    async def taps(self, label: str) -> None:
        """Tap a button of the present screen."""

    async def sees(self, text: str) -> None:
        """Wait until we have said this."""


async def gets_to_the_menu(person: Somebody, t: Texts) -> None:
    """The first contact: language, consent, territory."""
    await person.taps(LANGUAGES[t.language])
    await person.taps(t("I agree"))
    await person.says("Түркістан")
    await person.sees(t("The kindergarten queue. What would you like to do?"))


async def begins(person: Somebody, t: Texts, family: Newcomers) -> None:
    """The menu, the general queue, the own IIN."""
    await person.taps(t("Join the queue"))
    await person.taps(t("General queue"))
    await person.sees(t("Type your own IIN, the parent's: 12 digits from the identity card."))
    await person.says(family.parents[0].digits)
    await person.sees(t("Your phone"))


async def shows_phone(person: Somebody, demo: Demo, phone: Phone) -> None:
    """Type a number, and the code that comes to it."""
    await person.says(phone.e164)
    await person.sees(phone.masked)
    await person.says(await demo.code_for(phone))


async def adds_second_phone(person: Somebody, demo: Demo, t: Texts) -> None:
    """Say that the register's name is the own one, and show a second phone."""
    await person.taps(t("Yes, that's me"))
    await person.sees(t("A second phone"))
    await shows_phone(person, demo, SECOND)


async def chooses_the_child(person: Somebody, t: Texts, family: Newcomers) -> None:
    """The first child that the register names."""
    await person.taps(t("Born on {date}", date=t.day(family.children[0].birth_date)))
    await person.taps(t("Yes, it's this child"))


async def confirms_the_rest(person: Somebody, t: Texts) -> None:
    """An address, either language; the privilege is still to be asked for."""
    await person.says("Тәуке хан даңғылы, 7-үй, 12-пәтер")
    await person.taps(t("Either will do"))


async def goes_to_the_end(person: Somebody, t: Texts) -> None:
    """News here; the last look; submitted."""
    await person.taps(t("That's good"))
    await person.sees(t("Please check everything"))
    await person.taps(t("Confirm"))
    await person.sees(t("You are in the queue"))
