"""Two who erase at once, and somebody who applies at the very instant: on PostgreSQL, side by side."""

import asyncio
from functools import partial

import pytest

from storage import applications, conversations
from storage.database import Database
from storage.erasing import Outlook, erase
from storage.recount import recount
from storage.submitting import submit
from storage.transaction import Transaction
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
