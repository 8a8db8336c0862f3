"""Undoing a change of phone: what is told of it, and what nobody can use up or guess."""

import pytest

from domain.notice import Deed, Told
from domain.tries import CODES_PER_PHONE
from storage import attempts, journal, notices
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, code_sent_to, signs_in
from tests.conversation.undoing_plays import (
    ASKED,
    CONTACT,
    SECOND,
    THIEFS,
    UNDONE,
    is_changed,
    phones_of,
    undoes,
)

UNSENT = (
    "Codes were asked for often just now. If one came by SMS to the number ending in {digits} in the "
    "last 5 minutes, type it here, whoever asked for it. A new one can be sent at {time}."
)
OFTEN = "That was tried often enough for now. You can try again at {time}."


async def test_both_numbers_are_told_and_the_inbox_and_the_journal_say_it(house: House) -> None:
    await is_changed(house, CONTACT, THIEFS)
    person, kazakh = await house.acquaintance("whatsapp"), (await house.acquaintance("whatsapp", "kk")).t
    await undoes(house, person)
    await person.waits(lambda: len(house.sms.sent) == 4, "an SMS to both numbers, and the news")

    again = kazakh("Kezek: the change is undone. This number is a phone of your cabinet again.")
    no_more = kazakh("Kezek: the change is undone. This number is no phone of the cabinet any more.")
    texts = [(each.to, each.text) for each in house.sms.sent]
    assert {(CONTACT.e164, again), (THIEFS.e164, no_more)} < set(texts)
    # The code, and the news of who is signed in nowhere; the number that was taken away gets neither.
    assert [to for to, text in texts if text not in (again, no_more)] == [CONTACT.e164] * 2
    me = house.world.parent_of(ALDABEKOVS)
    [notice] = await house.write(lambda tx: notices.page(tx, me, 9))
    [entry] = await house.write(lambda tx: journal.page(tx, me, 9))
    assert (notice.kind, entry.what) == (Told.PHONE_CHANGE_UNDONE, Deed.PHONE_CHANGE_UNDONE)


async def test_the_sms_with_the_code_says_what_it_is_for(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await person.says("/undo")
    await person.says(CONTACT.e164)
    code = await code_sent_to(house, person, CONTACT.e164)

    words = "Kezek: {code} is the code for undoing a change of phone. Tell it to nobody."
    assert [each.text for each in house.sms.sent] == [person.t(words, code=code)]


async def test_codes_for_undoing_are_not_sent_to_a_hundred_numbers(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)
    await person.says("/undo")
    for number in range(10, 20):
        await person.says(f"+770155509{number}")
        if person.reads(UNSENT, digits=str(number), time="17:20"):
            break
        await person.taps("Back")

    assert person.reads(UNSENT, digits="15", time="17:20")
    assert len(house.sms.sent) == 5


async def test_who_uses_up_the_codes_of_a_number_keeps_its_owner_from_nothing(house: House) -> None:
    await is_changed(house, CONTACT, THIEFS)
    thief = await house.acquaintance("telegram")
    await asks_often(house, thief, 2)
    await thief.says("/undo")
    await thief.says(CONTACT.e164)
    assert thief.reads(UNSENT, digits="01", time="17:20")

    await undoes(house, await house.acquaintance("whatsapp"), before=2)

    assert CONTACT in await phones_of(house)


async def asks_often(house: House, thief: Person, times: int) -> None:
    """Ask for so many codes to the number, a minute apart, and spend the tries of each."""
    await thief.says("/undo")
    await thief.says(CONTACT.e164)
    for _ in range(times - 1):
        house.later(seconds=61)
        await thief.taps("Send a new code")
    for wrong in ("000000", "000001", "000002"):
        await thief.says(wrong)
    house.later(seconds=61)


async def test_a_code_that_a_thief_asked_for_is_as_good_for_the_owner(house: House, kind: str) -> None:
    await is_changed(house, CONTACT, THIEFS)
    for _ in range(3):
        await asks_often(house, await house.acquaintance("telegram"), 2)
    code = await code_sent_to(house, await house.acquaintance("telegram"), CONTACT.e164, before=5)
    owner = await house.acquaintance(kind)

    await owner.says("/undo")
    await owner.says(CONTACT.e164)
    assert owner.reads(UNSENT, digits="01", time="17:20")
    await owner.taps("Send a new code")
    assert owner.reads(OFTEN, time="17:20")
    await owner.says(code)

    assert owner.reads(UNDONE)
    assert await phones_of(house) == [CONTACT, SECOND]


async def test_wrong_codes_are_counted_for_who_types_them(house: House) -> None:
    await is_changed(house, CONTACT, THIEFS)
    owner, thief = await house.acquaintance("whatsapp"), await house.acquaintance("telegram")
    await owner.says("/undo")
    await owner.says(CONTACT.e164)
    code = await code_sent_to(house, owner, CONTACT.e164)

    await thief.says("/undo")
    await thief.says(CONTACT.e164)
    assert thief.reads(UNSENT, digits="01", time="16:21")
    for number in range(5):
        await thief.says(f"{(int(code) + 1 + number) % 1_000_000:06}")
    assert thief.reads(OFTEN, time="17:20")
    await thief.says(code)
    assert thief.reads(OFTEN, time="17:20")
    await owner.says(code)

    assert owner.reads(UNDONE)


async def test_codes_for_signing_in_that_were_used_up_leave_those_for_undoing(house: House) -> None:
    await is_changed(house, CONTACT, THIEFS)

    def use_up(tx: Transaction) -> None:
        for _ in range(CODES_PER_PHONE.most):
            attempts.record(tx, "code_phone", tx.vault.blind("address", f"code_phone:{CONTACT.e164}"), tx.now)

    await house.write(use_up)
    await undoes(house, await house.acquaintance("telegram"))

    assert CONTACT in await phones_of(house)


async def test_after_the_undoing_the_owner_signs_in_and_the_thief_does_not(house: House) -> None:
    await is_changed(house, CONTACT, THIEFS)
    person = await house.acquaintance("telegram")
    await undoes(house, person)

    await signs_in(house, person, ALDABEKOVS)

    assert ALDABEKOVS.child.person.name in person.sees


@pytest.mark.parametrize("forged", ["answer:undo:code:again:0", "edit:undo:code", "confirm:undo"])
async def test_buttons_that_were_never_given_out_undo_nothing(house: House, forged: str) -> None:
    person = await house.acquaintance("whatsapp")
    await person.says("/undo")

    await person.presses(forged)

    assert person.reads(OUTDATED)
    assert person.reads(ASKED)
