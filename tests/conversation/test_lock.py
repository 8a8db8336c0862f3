"""The lock of the cabinet: shut by itself, opened by the password, or by a code and a new one."""

from typing import Any

import pytest

from bot.ports.password_errand import PasswordErrand
from tests.conversation.house import House
from tests.conversation.identity_plays import (
    LOCKED,
    OPENED,
    OTHER_PASSWORD,
    PASSWORD,
    has_password,
    hears_tries_left,
    is_set_to,
    someone_in_a_locked_cabinet,
    types_new_password,
)
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import PLACE, code_sent_to, is_confirmed, signs_in
from tests.conversation.waiting import real_time_later

PHONE, OTHER_PHONE = (phone.e164 for phone in ALDABEKOVS.phones)
CHILD = ALDABEKOVS.child
ONLY_YOU = "Only you see what is here."
OFTEN = "That was tried often enough for now. You can try again at {time}."


async def unlocks(person: Person) -> None:
    """Type the password where it is asked for."""
    assert person.reads(LOCKED)
    await person.says(PASSWORD)
    await person.hears(OPENED)


async def test_the_password_opens_and_what_was_wanted_is_done(house: House, kind: str, language: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind, language)

    await person.presses("cabinet")
    assert person.reads(LOCKED)
    assert person.labels == person.named("Forgot the password?", "Cancel")
    await person.says(PASSWORD)
    await person.hears(OPENED)

    assert person.reads(ONLY_YOU)


async def test_the_own_applications_lie_behind_the_lock(house: House, kind: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind)

    await person.says("/check")
    assert CHILD.person.name not in person.sees
    await unlocks(person)

    assert CHILD.person.name in person.sees


@pytest.mark.parametrize("button", ["own", "why", "around"])
async def test_old_buttons_of_the_own_application_lie_behind_it_too(house: House, button: str) -> None:
    person = await someone_in_a_locked_cabinet(house, "whatsapp")

    await person.presses(f"{button}:{house.world.application_of(CHILD)}")

    assert person.reads(LOCKED)


async def test_behind_the_lock_a_typed_number_shows_what_a_stranger_sees(house: House, kind: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind)

    await person.says(str(CHILD.number))
    assert person.reads(PLACE, place=36, size=46)
    assert CHILD.person.name not in person.sees
    await person.taps("This is my child")
    await unlocks(person)

    assert CHILD.person.name in person.sees


async def test_tries_of_strangers_are_counted_behind_the_lock_too(house: House) -> None:
    person = await someone_in_a_locked_cabinet(house, "whatsapp")
    for _ in range(5):
        await checks_behind_the_lock(person)

    await checks_behind_the_lock(person)

    assert person.reads(OFTEN, time="17:20")


async def checks_behind_the_lock(person: Person) -> None:
    await person.presses("check:new")
    await person.says(CHILD.person.iin.digits)


async def test_it_shuts_fifteen_minutes_after_the_last_step(house: House, kind: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind)
    await person.presses("cabinet")
    await unlocks(person)

    house.later(minutes=14, seconds=50)
    await person.presses("cabinet")
    assert person.reads(ONLY_YOU)
    house.later(minutes=14, seconds=50)
    await person.presses("password")
    assert not person.reads(LOCKED)
    house.later(minutes=15)
    await person.presses("cabinet")

    assert person.reads(LOCKED)


async def test_it_shuts_in_the_middle_of_a_form_which_goes_on_afterwards(house: House, kind: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind)
    await person.presses("password")
    await unlocks(person)
    await person.taps("Change the password")

    house.later(minutes=15)
    await person.says(PASSWORD)
    await unlocks(person)
    assert person.reads("Type the present password.")
    await person.says(PASSWORD)
    await types_new_password_when_asked(person)

    assert await is_set_to(house, ALDABEKOVS, OTHER_PASSWORD)


async def types_new_password_when_asked(person: Person) -> None:
    await person.waits(lambda: "8" in person.sees and "40" in person.sees, "a new password to be asked for")
    await types_new_password(person, OTHER_PASSWORD)
    await person.hears("The password is set. Keep it in mind, or where nobody finds it.")


async def test_without_a_password_nothing_is_ever_locked(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    house.later(days=3)

    await parent.presses("cabinet")

    assert parent.reads(ONLY_YOU)
    assert parent.t("Lock now") not in parent.labels


async def test_after_five_wrong_ones_the_right_one_is_no_good_for_an_hour(
    house: House, kind: str, language: str
) -> None:
    person = await someone_in_a_locked_cabinet(house, kind, language)
    await person.presses("cabinet")

    for left in (4, 3, 2, 1):
        await person.says(OTHER_PASSWORD)
        await hears_tries_left(person, left)
    await person.says(OTHER_PASSWORD)
    await person.hears(OFTEN, time="17:20")
    await person.says(PASSWORD)
    assert person.reads(OFTEN, time="17:20")
    assert person.reads(LOCKED)
    house.later(minutes=61)
    await person.says(PASSWORD)

    await person.hears(OPENED)


async def test_tries_are_counted_over_all_accounts_of_a_parent(house: House) -> None:
    accounts = [await someone_in_a_locked_cabinet(house, "whatsapp") for _ in range(5)]
    for left, account in zip((4, 3, 2, 1), accounts, strict=False):
        await account.presses("cabinet")
        await account.says(OTHER_PASSWORD)
        await hears_tries_left(account, left)

    await accounts[4].presses("cabinet")
    await accounts[4].says(OTHER_PASSWORD)
    await accounts[4].hears(OFTEN, time="17:20")
    await accounts[0].says(PASSWORD)

    assert accounts[0].reads(OFTEN, time="17:20")


async def test_the_right_password_takes_the_wrong_ones_off_the_count(house: House) -> None:
    person = await someone_in_a_locked_cabinet(house, "whatsapp")
    await person.presses("cabinet")
    for left in (4, 3, 2, 1):
        await person.says(OTHER_PASSWORD)
        await hears_tries_left(person, left)

    await person.says(PASSWORD)
    await person.hears(OPENED)
    await person.taps("Lock now")
    await person.presses("cabinet")
    await person.says(OTHER_PASSWORD)

    await hears_tries_left(person, 4)


async def test_a_forgotten_password_is_reset_by_a_code(house: House, kind: str, language: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind, language)
    await person.presses("cabinet")

    await person.taps("Forgot the password?")
    await person.says(await code_sent_to(house, person, PHONE))
    await types_new_password(person, OTHER_PASSWORD)
    await person.hears(OPENED)

    assert person.reads(ONLY_YOU)
    assert await is_set_to(house, ALDABEKOVS, OTHER_PASSWORD)


async def test_it_is_reset_also_when_the_tries_are_used_up(house: House) -> None:
    person = await someone_in_a_locked_cabinet(house, "whatsapp")
    await person.presses("cabinet")
    for left in (4, 3, 2, 1):
        await person.says(OTHER_PASSWORD)
        await hears_tries_left(person, left)
    await person.says(OTHER_PASSWORD)
    await person.hears(OFTEN, time="17:20")

    await person.taps("Forgot the password?")
    await person.says(await code_sent_to(house, person, PHONE))
    await types_new_password(person, "another one altogether")

    await person.hears(OPENED)


async def test_the_code_for_a_reset_can_go_to_the_other_phone(house: House, kind: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind)
    await person.presses("cabinet")
    await person.taps("Forgot the password?")
    house.later(seconds=61)

    await person.taps("To my other phone")
    await person.says(await code_sent_to(house, person, OTHER_PHONE))

    await person.waits(lambda: "40" in person.sees, "a new password to be asked for")


async def test_a_wrong_code_resets_nothing(house: House, kind: str) -> None:
    person = await someone_in_a_locked_cabinet(house, kind)
    await person.presses("cabinet")
    await person.taps("Forgot the password?")
    code = await code_sent_to(house, person, PHONE)

    await person.says(f"{(int(code) + 1) % 1_000_000:06}")

    left = ("The code is not right. {number} try is left.", "The code is not right. {number} tries are left.")
    assert person.t.many(*left, 2) in person.sees
    assert await is_set_to(house, ALDABEKOVS, PASSWORD)


async def test_who_signs_in_by_a_code_is_not_asked_for_the_password_beside_it(
    house: House, parent: Person
) -> None:
    await has_password(house, ALDABEKOVS)

    await signs_in(house, parent, ALDABEKOVS)
    assert CHILD.person.name in parent.sees
    await parent.presses("cabinet")
    assert parent.reads(ONLY_YOU)
    house.later(minutes=16)
    await parent.presses("cabinet")

    assert parent.reads(LOCKED)


async def test_who_signs_out_and_in_again_needs_a_code(house: House) -> None:
    person = await someone_in_a_locked_cabinet(house, "whatsapp")
    await person.presses("cabinet")
    await unlocks(person)
    await person.presses("signout")

    await signs_in(house, person, ALDABEKOVS)
    await person.presses("cabinet")

    assert person.reads(ONLY_YOU)
    assert await code_sent_to(house, person, PHONE, before=0)


async def test_typing_while_it_is_compared_is_answered(
    house: House, parent: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await has_password(house, ALDABEKOVS)
    await parent.presses("cabinet")
    asked = broken(monkeypatch)

    await parent.says(PASSWORD)
    await parent.waits(lambda: asked, "the password to be compared")
    await parent.says("?")
    assert parent.reads("One moment, I am still waiting for an answer to your last step.")
    monkeypatch.undo()
    with real_time_later(seconds=10):
        house.errands.accept((1,))

        await parent.hears(OPENED)


async def test_what_can_not_be_compared_is_asked_again(
    house: House, parent: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await has_password(house, ALDABEKOVS)
    await parent.presses("cabinet")
    asked = broken(monkeypatch)

    await parent.says(PASSWORD)
    await parent.waits(lambda: asked, "the password to be compared")
    with real_time_later(seconds=10):
        house.errands.accept((1,))
        await parent.hears("That did not work just now. Please type it once more.")
    monkeypatch.undo()
    await parent.says(PASSWORD)

    await parent.hears(OPENED)


def broken(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Passwords can't be compared from now on; what was asked."""
    asked: list[Any] = []

    def work(_errand: PasswordErrand, request: Any) -> Any:
        asked.append(request)
        raise MemoryError

    monkeypatch.setattr(PasswordErrand, "_work", work)
    return asked
