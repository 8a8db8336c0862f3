"""Two who erase at once, and somebody who applies at the very instant: on PostgreSQL, side by side."""

import asyncio
from functools import partial

import pytest

from storage import applications, conversations, exports, file_rows
from storage.database import Database
from storage.erasing import Outlook, erase
from storage.file_rows import NewFile
from storage.recount import recount
from storage.submitting import submit
from storage.transaction import Transaction
from tests.conversation.fixtures import house_on
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.plays import is_confirmed
from tests.conversation.test_erase import ERASED, reads_on
from tests.integration.erased_family import ADDRESS, Family
from tests.integration.rows import add_territory


async def test_erasing_twice_is_erasing_once(database: Database) -> None:
    family = await database.write(Family)

    first = await database.write(lambda tx: erase(tx, family.parent))
    second = await database.write(lambda tx: erase(tx, family.parent))

    assert isinstance(first, Outlook)
    assert second is None


@pytest.mark.postgresql
async def test_two_at_once_erase_once(postgres: Database) -> None:
    family = await postgres.write(Family)

    both = await asyncio.gather(*(postgres.write(lambda tx: erase(tx, family.parent)) for _ in range(2)))

    assert sorted(each is None for each in both) == [False, True]
    assert await recount(postgres, repair=False) == []


@pytest.mark.postgresql
async def test_an_application_sent_at_the_same_instant_is_withdrawn_or_refused_never_left_behind(
    postgres: Database,
) -> None:
    family = await postgres.write(partial(Family, applies=False))
    territory = await postgres.write(add_territory)

    def applies(tx: Transaction) -> None:
        # As a turn does: the account first.
        entered = conversations.enter(tx, "whatsapp", ADDRESS)
        if entered.parent_id is not None:
            submit(tx, family.application(territory))

    await asyncio.gather(postgres.write(applies), postgres.write(lambda tx: erase(tx, family.parent)))

    assert await postgres.read(lambda tx: applications.live_of_child(tx, family.child)) == []


@pytest.mark.postgresql
async def test_an_export_written_at_the_same_instant_is_found_by_nobody(postgres: Database) -> None:
    family = await postgres.write(Family)
    made = NewFile(7, "export", "", "application/zip", 1, b"1", "files/07/7-1", "1")

    await asyncio.gather(
        postgres.write(lambda tx: exports.add(tx, family.parent, [made])),
        postgres.write(lambda tx: erase(tx, family.parent)),
    )

    assert await postgres.read(lambda tx: exports.newest(tx, family.parent)) is None
    assert await postgres.read(lambda tx: file_rows.find(tx, made.id)) is None


@pytest.mark.postgresql
async def test_confirmed_at_two_accounts_at_once_it_is_done_once_and_both_are_answered(
    postgresql_url: str,
) -> None:
    async with house_on(postgresql_url) as house:
        both = [await house.acquaintance("telegram"), await house.acquaintance("whatsapp")]
        for person in both:
            await is_confirmed(house, person, ALDABEKOVS)
            await reads_on(house, person)
            house.later(minutes=2)

        await asyncio.gather(*(person.taps("Confirm") for person in both))

        done = [person.t(ERASED) in "".join(shown.text for shown in person.heard) for person in both]
        assert sorted(done) == [False, True]
        assert [(await house.contact_of(person)).parent_id for person in both] == [None, None]
        assert await recount(house.database, repair=False) == []
