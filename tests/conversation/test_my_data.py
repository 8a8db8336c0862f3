"""My data: who looked at it, what others did."""

from bot.flows.journal_words import WORDS
from domain.notice import Deed
from storage import journal
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed

AT = "20.11.2026\N{NO-BREAK SPACE}16:20"


async def opens(person: Person) -> None:
    """Choose it in the cabinet."""
    await person.says("/settings")
    await person.taps("My cabinet")
    await person.taps("My data")


async def test_that_nobody_looked_is_said(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)

    await opens(person)

    t = person.t
    assert person.sees.splitlines()[2:] == [
        t("Who looked at your data:"), t("Nobody but you."), "", t("What others did here:"), t("Nothing."),
    ]  # fmt: skip
    assert person.labels == person.named(
        *("Get all my data", "Erase my data", "My journal", "Data policy", "My cabinet", "Menu")
    )


async def test_looks_and_the_deeds_of_others_are_told_apart(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    me, other = (house.world.parent_of(each) for each in (ALDABEKOVS, TIKHONOVS))

    def happened(tx: Transaction) -> None:
        looked = {"role": "operator", "reason": "сұрақ"}
        journal.note(tx, me, journal.by_staff(4), Deed.LOOKED, tx.now, data=looked)
        journal.note(tx, me, journal.by_parent(me), Deed.PHOTO_CHANGED, tx.now, channel="telegram")
        journal.note(tx, me, journal.by_parent(other), Deed.WITHDREW, tx.now, channel="whatsapp")
        journal.note(tx, me, journal.by_helper(8), Deed.HELPER_JOINED, tx.now, channel="telegram")

    await house.write(happened)
    await opens(person)

    t = person.t
    assert person.sees.splitlines()[2:] == [
        t("Who looked at your data:"),
        f"{AT} · {t('the contact centre')}",
        t("Your data were looked at: {reason}", reason="сұрақ"),
        "",
        t("What others did here:"),
        f"{AT} · {t('your helper')} · Telegram",
        journal_says(person, Deed.HELPER_JOINED),
        f"{AT} · {t('the other parent')} · WhatsApp",
        journal_says(person, Deed.WITHDREW),
    ]


def journal_says(person: Person, deed: Deed) -> str:
    """The deed in the person's language."""
    return WORDS[deed](person.t, {})


async def test_only_the_latest_are_shown_and_the_journal_has_the_rest(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    me = house.world.parent_of(ALDABEKOVS)

    def looked(tx: Transaction) -> None:
        for _ in range(5):
            journal.note(tx, me, journal.by_staff(4), Deed.LOOKED, tx.now)

    await house.write(looked)
    await opens(parent)
    assert parent.sees.count(parent.t("Your data were looked at")) == 3
    await parent.taps("My journal")

    assert parent.sees.count(parent.t("Your data were looked at")) == 5
