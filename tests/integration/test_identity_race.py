"""Phones, passwords and undoing where several accounts act at the very same moment, on PostgreSQL."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.flows.password_step import TRIES
from domain.phone import Phone
from domain.phone_change import UNDO_WITHIN
from storage import attempts, phones
from storage.tables import attempt
from storage.transaction import Transaction
from tests.conversation.fixtures import house_on
from tests.conversation.house import House
from tests.conversation.identity_plays import OTHER_PASSWORD, has_password
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, is_confirmed

pytestmark = pytest.mark.postgresql
CONTACT, SECOND = ALDABEKOVS.phones
NEW = [Phone(f"+770155501{number}") for number in (71, 72, 73)]
DONE = "Done. Both numbers are told by SMS."
UNDONE = (
    "The change is undone: your number is back in the cabinet. All other accounts were signed out. "
    "A phone, a password and a helper that came since are gone, too."
)
ALREADY = "This change was undone already."


async def phones_of(house: House) -> list[Phone]:
    """The confirmed phones of the family now."""
    found: list[Phone] = await house.write(
        lambda tx: phones.confirmed_phones(tx, house.world.parent_of(ALDABEKOVS))
    )
    return found


async def needs_the_last_code(
    house: House, new: Phone, proof_from: Phone, *, before: int = 0, before_new: int = 0
) -> tuple[Person, str]:
    """A parent's account for which only the code to the new number is missing, and that code."""
    person = await house.acquaintance("whatsapp")
    await is_confirmed(house, person, ALDABEKOVS)
    await person.presses("newphone:1")
    await person.says(new.e164)
    await person.says(await code_sent_to(house, person, proof_from.e164, before=before))
    return person, await code_sent_to(house, person, new.e164, before=before_new)


async def test_of_three_changes_at_once_by_one_proof_one_is_made(postgresql_url: str) -> None:
    async with house_on(postgresql_url) as house:
        ready = []
        for number, new in enumerate(NEW):
            ready.append(await needs_the_last_code(house, new, CONTACT, before=number))
            house.later(seconds=61)

        await asyncio.gather(*(person.says(code) for person, code in ready))

        made = [person.reads(DONE) for person, _ in ready]
        assert sorted(made) == [False, False, True]
        assert await phones_of(house) == [NEW[made.index(True)], SECOND]


async def is_changed(house: House, old: Phone, new: Phone) -> None:
    """One number took the place of another an hour ago."""

    def change(tx: Transaction) -> None:
        at = tx.now - timedelta(hours=1)
        me = house.world.parent_of(ALDABEKOVS)
        phones.confirm_phone(tx, me, 1, new, at, undo_until=at + UNDO_WITHIN)

    assert old in await phones_of(house)
    await house.write(change)


async def about_to_undo(house: House, *, before: int = 0) -> tuple[Person, str]:
    """Somebody who holds the old number, for whom only its code is missing, and that code."""
    person = await house.acquaintance("whatsapp")
    await person.says("/undo")
    await person.says(CONTACT.e164)
    return person, await code_sent_to(house, person, CONTACT.e164, before=before)


async def test_a_thief_who_changes_the_number_once_more_at_that_moment_does_not_escape(
    postgresql_url: str,
) -> None:
    async with house_on(postgresql_url) as house:
        for number in range(4):
            await is_changed(house, CONTACT, NEW[0])
            thief, thiefs_code = await needs_the_last_code(
                house, NEW[1], NEW[0], before=number, before_new=number
            )
            owner, owners_code = await about_to_undo(house, before=number)

            await asyncio.gather(thief.says(thiefs_code), owner.says(owners_code))

            assert owner.reads(UNDONE)
            assert await phones_of(house) == [CONTACT, SECOND]
            assert (await house.contact_of(thief)).parent_id is None
            house.later(hours=100)


async def test_of_two_who_undo_at_once_one_does(postgresql_url: str) -> None:
    async with house_on(postgresql_url) as house:
        await is_changed(house, CONTACT, NEW[0])
        first = await about_to_undo(house)
        house.later(minutes=1)
        second = await about_to_undo(house, before=1)

        await asyncio.gather(*(person.says(code) for person, code in (first, second)))

        assert sorted(person.reads(ALREADY) for person, _ in (first, second)) == [False, True]
        assert await phones_of(house) == [CONTACT, SECOND]


async def let_through(house: House, accounts: int) -> int:
    """So many accounts type a wrong password at one moment; how many tries were let through."""
    await has_password(house, ALDABEKOVS)
    people = [await house.acquaintance("whatsapp") for _ in range(accounts)]
    for person in people:
        await is_confirmed(house, person, ALDABEKOVS)
        await person.presses("cabinet")

    await asyncio.gather(*(person.says(OTHER_PASSWORD) for person in people))

    count = select(func.count()).select_from(attempt).where(attempt.c.kind == TRIES)
    tries: int = await house.write(lambda tx: tx.conn.execute(count).scalar_one())
    return tries


async def test_many_accounts_at_once_have_five_tries_together(postgresql_url: str) -> None:
    async with house_on(postgresql_url) as house:
        assert await let_through(house, 12) == 5


async def test_if_they_did_not_wait_for_each_other_they_would_have_more(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "hold", lambda _tx, _subject: None)

    async with house_on(postgresql_url) as house:
        assert await let_through(house, 12) > 5
