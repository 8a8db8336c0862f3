"""The password of the cabinet: set, changed, removed; wrong, short, long, the same, tried too often."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.flows import password_step
from domain.tries import TryLimit
from storage.types import EPOCH
from tests.conversation.house import House
from tests.conversation.identity_plays import (
    LOCKED,
    ONCE_MORE,
    OTHER_PASSWORD,
    PASSWORD,
    has_password,
    hears_tries_left,
    is_set_to,
    password_of,
    someone_in_a_locked_cabinet,
    types_new_password,
)
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import MENU, OUTDATED, code_sent_to, is_confirmed

PHONE, OTHER_PHONE = (phone.e164 for phone in ALDABEKOVS.phones)
NONE = (
    "Your cabinet has no password. With one, it closes 15 minutes after your last step in it, "
    "and nobody who takes your telephone in hand sees what is inside."
)
SINCE = "Your cabinet has had a password since {date}. It closes 15 minutes after your last step in it."
IS_SET = "The password is set. Keep it in mind, or where nobody finds it."
CODE_SENT = (
    "A code of 6 digits was sent by SMS to your contact phone. Type it here. It is good for 5 minutes."
)
NEW = (
    "Type a new password: {shortest} to {longest} characters, any letters, digits and signs. "
    "Choose one that you use nowhere else."
)
OFTEN = "That was tried often enough for now. You can try again at {time}."
TOO_SHORT = "This is too short: a password has at least {number} characters."
TOO_LONG = "This is too long: a password has at most {number} characters."


async def at_home(house: House, kind: str, language: str = "en") -> Person:
    """A parent in the own cabinet, which is open."""
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    await person.presses("password")
    return person


async def begins_to_set(house: House, person: Person) -> None:
    """As far as the question for a new password."""
    await person.taps("Set a password")
    await person.says(await code_sent_to(house, person, PHONE))
    await person.hears(NEW, shortest=8, longest=40)


async def test_a_password_is_set_after_a_code_to_the_phone(house: House, kind: str, language: str) -> None:
    person = await at_home(house, kind, language)
    assert person.reads(NONE)

    await person.taps("Set a password")
    assert person.reads(CODE_SENT)
    code = await code_sent_to(house, person, PHONE)
    await person.says(code)
    assert person.reads(NEW, shortest=8, longest=40)
    await types_new_password(person)
    await person.hears(IS_SET)

    assert person.reads(SINCE, date="20.11.2026")
    assert await is_set_to(house, ALDABEKOVS, PASSWORD)
    sms = person.t(
        "Kezek: {code} is the code for the password of your cabinet. Tell it to nobody.", code=code
    )
    assert [each.text for each in house.sms.sent] == [sms]
    labels = person.named("Change the password", "Remove the password", "Lock now", "My cabinet")
    assert person.labels == labels


@pytest.mark.parametrize("password", ["12345678", "ә" * 40, "/menu-9 ёж"])
async def test_anything_of_8_to_40_characters_is_a_password(house: House, password: str) -> None:
    person = await at_home(house, "whatsapp")
    await begins_to_set(house, person)

    await types_new_password(person, password)
    await person.hears(IS_SET)

    assert await is_set_to(house, ALDABEKOVS, password)


@pytest.mark.parametrize(
    ("password", "words", "number"),
    [("1234567", TOO_SHORT, 8), ("   7 ёж   ", TOO_SHORT, 8), ("x" * 41, TOO_LONG, 40)],
)
async def test_another_length_is_refused(house: House, password: str, words: str, number: int) -> None:
    person = await at_home(house, "whatsapp")
    await begins_to_set(house, person)

    await person.says(password)

    assert person.reads(words, number=number)
    assert person.reads(NEW, shortest=8, longest=40)
    assert await password_of(house, ALDABEKOVS) is None


async def test_a_blank_is_no_password(house: House) -> None:
    person = await at_home(house, "whatsapp")
    await begins_to_set(house, person)

    await person.says("     ")

    assert person.reads(TOO_SHORT, number=8)


async def test_a_shared_phone_is_no_password(house: House) -> None:
    person = await at_home(house, "telegram")
    await begins_to_set(house, person)

    await person.shares_phone("+77015550101")  # type: ignore[attr-defined]

    assert person.reads("Please type it.")


async def test_a_slip_of_the_finger_is_found_out(house: House, kind: str) -> None:
    person = await at_home(house, kind)
    await begins_to_set(house, person)

    await person.says(PASSWORD)
    await person.hears(ONCE_MORE)
    await person.says(OTHER_PASSWORD)
    await person.hears("That is not what you typed first. Type it once more, or go back and choose anew.")
    assert await password_of(house, ALDABEKOVS) is None
    await person.taps("Back")
    await types_new_password(person, OTHER_PASSWORD)
    await person.hears(IS_SET)

    assert await is_set_to(house, ALDABEKOVS, OTHER_PASSWORD)


async def changes(house: House, kind: str) -> Person:
    """A parent who wants another password, and is asked for the present one."""
    person = await someone_in_a_locked_cabinet(house, kind)
    await house.changes_contact(person, unlocked_until=house.clock.read().replace(year=2027))
    await person.presses("password")
    await person.taps("Change the password")
    assert person.reads("Type the present password.")
    return person


async def test_the_password_is_changed_with_the_old_one(house: House, kind: str) -> None:
    person = await changes(house, kind)

    await person.says(PASSWORD)
    await person.hears(NEW, shortest=8, longest=40)
    await types_new_password(person, OTHER_PASSWORD)
    await person.hears(IS_SET)

    assert await is_set_to(house, ALDABEKOVS, OTHER_PASSWORD)
    assert house.sms.sent == ()


async def test_the_password_is_changed_with_a_code(house: House, kind: str) -> None:
    person = await changes(house, kind)

    await person.taps("By a code instead")
    assert person.reads(CODE_SENT)
    await person.says(await code_sent_to(house, person, PHONE))
    await types_new_password(person, OTHER_PASSWORD)
    await person.hears(IS_SET)

    assert await is_set_to(house, ALDABEKOVS, OTHER_PASSWORD)


async def test_the_same_password_is_no_change(house: House, kind: str) -> None:
    person = await changes(house, kind)
    await person.says(PASSWORD)
    await person.hears(NEW, shortest=8, longest=40)

    await person.says(PASSWORD)
    await person.hears("This is the present password. Please choose another one.")
    await types_new_password(person, OTHER_PASSWORD)
    await person.hears(IS_SET)

    assert await is_set_to(house, ALDABEKOVS, OTHER_PASSWORD)


async def test_the_password_is_removed_with_the_old_one(house: House, kind: str, language: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind, language)
    await house.changes_contact(person, unlocked_until=house.clock.read().replace(year=2027))
    await person.presses("password")

    await person.taps("Remove the password")
    await person.says(PASSWORD)
    await person.hears("The password is removed.")

    assert person.reads(NONE)
    assert await password_of(house, ALDABEKOVS) is None


async def test_a_wrong_password_removes_nothing(house: House, kind: str, language: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind, language)
    await house.changes_contact(person, unlocked_until=house.clock.read().replace(year=2027))
    await person.presses("newpass:remove")

    await person.says(OTHER_PASSWORD)
    await hears_tries_left(person, 4)

    assert await is_set_to(house, ALDABEKOVS, PASSWORD)


@pytest.mark.parametrize("forged", ["newpass:remove", "newpass", "newpass:x", "lock"])
async def test_what_means_nothing_without_a_password_is_out_of_date(house: House, forged: str) -> None:
    person = await at_home(house, "whatsapp")

    await person.presses(forged)

    assert person.reads(OUTDATED)


async def test_it_is_locked_at_once(house: House, kind: str, language: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind, language)
    await house.changes_contact(person, unlocked_until=house.clock.read().replace(year=2027))
    await person.presses("cabinet")

    await person.taps("Lock now")
    assert person.reads("The cabinet is locked.")
    assert set(person.named(*MENU)) <= set(person.labels)
    await person.presses("cabinet")

    assert person.reads(LOCKED)


async def test_a_new_password_locks_the_other_accounts_and_tells_them(house: House, kind: str) -> None:
    person, other = await at_home(house, kind), await house.acquaintance("whatsapp")
    await is_confirmed(house, other, ALDABEKOVS)
    await other.presses("cabinet")

    await begins_to_set(house, person)
    await types_new_password(person)
    await person.hears(IS_SET)

    await other.hears("A new password was set for your cabinet.")
    await other.taps("My cabinet")
    assert other.reads(LOCKED)


async def test_the_password_stands_nowhere(house: House, kind: str) -> None:
    person = await at_home(house, kind)
    await begins_to_set(house, person)
    await types_new_password(person)
    await person.hears(IS_SET)

    assert not any(PASSWORD in words for words in person.own_words if kind != "whatsapp")
    folder = Path(house.database_url.removeprefix("sqlite+aiosqlite:///")).parent
    dumps = [file.read_bytes() for file in folder.glob("kezek.db*")]
    assert any(b"argon2id" in dump for dump in dumps)
    assert not any(PASSWORD.encode() in dump for dump in dumps)


async def test_who_can_no_longer_be_asked_types_it_once_more(house: House) -> None:
    person = await someone_in_a_locked_cabinet(house, "whatsapp")
    await house.changes_contact(person, unlocked_until=EPOCH)
    await person.presses("cabinet")
    await has_password(house, ALDABEKOVS, OTHER_PASSWORD)

    await person.says(PASSWORD)
    await hears_tries_left(person, 4)
    await person.says(OTHER_PASSWORD)

    await person.hears("The cabinet is open.")


async def test_one_account_can_not_keep_us_busy_with_passwords(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(password_step, "PASSWORDS_PER_CONTACT", TryLimit(2, timedelta(hours=1)))
    person = await at_home(house, "whatsapp")
    await begins_to_set(house, person)

    await person.says(PASSWORD)
    await person.hears(ONCE_MORE)
    await person.says(OTHER_PASSWORD)
    await person.hears("That is not what you typed first. Type it once more, or go back and choose anew.")
    await person.says(PASSWORD)

    assert person.reads(OFTEN, time="17:20")
    assert await password_of(house, ALDABEKOVS) is None
