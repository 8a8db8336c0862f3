"""The accounts of a parent: seen, and signed out from another one."""

import pytest

from storage import journal
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, WHO, is_confirmed, signs_in

HERE = "• {messenger} – here, where you are reading this"
LINE = "{number}. {messenger} – since {date}, last used {moment}"
SHUT_OUT = (
    "You were signed out here from another messenger of yours. If that was not you, sign in again "
    "and look under My cabinet – Accounts."
)
NAMES = {"telegram": "Telegram", "whatsapp": "WhatsApp"}


async def two_of_one_parent(house: House, kind: str, language: str = "en") -> tuple[Person, Person]:
    """The parent in one messenger, and in another one since half an hour ago."""
    other = await house.acquaintance("whatsapp" if kind != "whatsapp" else "telegram", language)
    await is_confirmed(house, other, ALDABEKOVS)
    await other.says("/menu")
    house.later(minutes=30)
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    await person.says("/menu")
    await person.presses("cabinet")
    await person.taps("Accounts")
    return person, other


async def contact_id(house: House, person: Person) -> int:
    """The id of an account."""
    return (await house.contact_of(person)).contact_id


async def test_all_accounts_are_seen(house: House, kind: str, language: str) -> None:
    person, other = await two_of_one_parent(house, kind, language)

    messenger = person.t("Web chat") if kind == "webchat" else NAMES[kind]
    assert person.reads(HERE, messenger=messenger)
    used = {"date": "20.11.2026", "moment": "20.11.2026\N{NO-BREAK SPACE}16:20"}
    assert person.reads(LINE, number=1, messenger=NAMES[other.channel], **used)
    assert person.labels == (
        f"1. {NAMES[other.channel]}",
        *person.named("Sign out all others", "Back", "Menu"),
    )


async def test_another_account_is_signed_out_and_told_so(house: House, kind: str, language: str) -> None:
    person, other = await two_of_one_parent(house, kind, language)

    await person.taps(f"1. {NAMES[other.channel]}")
    await person.taps("Yes, sign out")

    assert person.reads("Signed out.")
    assert person.labels == person.named("Back", "Menu")
    await other.hears(SHUT_OUT)
    assert (await house.contact_of(other)).parent_id is None
    await other.presses(f"own:{house.world.application_of(ALDABEKOVS.child)}")
    assert other.reads(WHO)
    assert (await house.contact_of(person)).parent_id is not None


async def test_signing_out_stands_in_the_parents_journal(house: House) -> None:
    person, other = await two_of_one_parent(house, "whatsapp")
    await person.presses(f"accounts:{await contact_id(house, other)}:sure")

    parent_id = house.world.parent_of(ALDABEKOVS)
    [entry] = await house.write(lambda tx: journal.page(tx, parent_id, 1))

    assert (entry.what.value, entry.data) == ("account_removed", {"removed": "telegram"})


async def test_everywhere_else_is_signed_out_at_once(house: House, kind: str, language: str) -> None:
    person, other = await two_of_one_parent(house, kind, language)
    third = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, third, ALDABEKOVS)
    await third.says("/menu")

    await person.taps("Sign out all others")
    await person.taps("Yes, sign out")

    for each in (other, third):
        await each.hears(SHUT_OUT)
        assert (await house.contact_of(each)).parent_id is None
    assert (await house.contact_of(person)).parent_id is not None
    assert person.reads("Signed out.")


async def test_a_button_pressed_twice_signs_out_once(house: House, kind: str) -> None:
    person, other = await two_of_one_parent(house, kind)
    account = await contact_id(house, other)
    await person.presses(f"accounts:{account}:sure")
    await other.hears(SHUT_OUT)

    await person.presses(f"accounts:{account}:sure")

    assert person.reads(OUTDATED)


async def test_whoever_was_signed_out_can_sign_in_again(house: House) -> None:
    person, other = await two_of_one_parent(house, "telegram")
    await person.presses(f"accounts:{await contact_id(house, other)}:sure")
    await other.hears(SHUT_OUT)

    await signs_in(house, other, ALDABEKOVS)

    assert (await house.contact_of(other)).parent_id is not None


async def test_of_very_many_accounts_the_screen_still_fits(house: House) -> None:
    for _ in range(18):
        each = await house.acquaintance("whatsapp")
        await is_confirmed(house, each, ALDABEKOVS)
        await each.says("/menu")
    person = await house.acquaintance("telegram")
    await is_confirmed(house, person, ALDABEKOVS)
    await person.says("/menu")

    await person.presses("accounts")

    assert person.reads("Others: {number}", number=3)
    assert len(person.labels) == 9


@pytest.mark.parametrize(
    "forged", ["{own}", "{own}:sure", "{other}", "{other}:sure", "1:sure", "x", "others:x"]
)
async def test_nobody_signs_out_this_account_or_another_parents(house: House, forged: str) -> None:
    person, _ = await two_of_one_parent(house, "whatsapp")
    other = await house.acquaintance("whatsapp")
    await is_confirmed(house, other, TIKHONOVS)
    ids = {"own": await contact_id(house, person), "other": await contact_id(house, other)}

    await person.presses("accounts:" + forged.format(**ids))

    assert person.reads(OUTDATED)
    assert (await house.contact_of(person)).parent_id is not None
    assert (await house.contact_of(other)).parent_id is not None
