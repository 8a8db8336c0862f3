"""Passwords of cabinets as they are kept, and who is shut out with them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage import accounts, conversations, helpers, passwords
from storage.database import Database
from storage.ids import new_id
from storage.passwords import StoredPassword
from storage.tables import conversation, helper
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.rows import add, add_parent

SET = START + timedelta(days=1)
SECOND = timedelta(seconds=1)


def with_password(tx: Transaction) -> int:
    parent_id = add_parent(tx)
    passwords.write(tx, parent_id, "a hash", SET)
    return parent_id


async def test_a_parent_has_no_password_until_one_is_set(database: Database) -> None:
    parent_id = await database.write(add_parent)

    assert await database.read(lambda tx: passwords.of_parent(tx, parent_id)) is None


async def test_the_newest_password_counts(database: Database) -> None:
    parent_id = await database.write(with_password)

    await database.write(lambda tx: passwords.write(tx, parent_id, "another", SET + SECOND))

    kept = await database.read(lambda tx: passwords.of_parent(tx, parent_id))
    assert kept == StoredPassword("another", SET + SECOND)
    assert "another" not in repr(kept)


async def test_a_removed_password_is_gone(database: Database) -> None:
    parent_id = await database.write(with_password)

    await database.write(lambda tx: passwords.remove(tx, parent_id))

    assert await database.read(lambda tx: passwords.of_parent(tx, parent_id)) is None


@pytest.mark.parametrize(("since", "removed"), [(-SECOND, True), (0 * SECOND, True), (SECOND, False)])
async def test_a_password_is_removed_if_it_was_set_since(
    database: Database, since: timedelta, removed: bool
) -> None:
    parent_id = await database.write(with_password)

    assert await database.write(lambda tx: passwords.remove_since(tx, parent_id, SET + since)) == removed

    kept = await database.read(lambda tx: passwords.of_parent(tx, parent_id))
    assert (kept is None) == removed


def two_accounts(tx: Transaction) -> tuple[int, int]:
    """Two open accounts of a parent, and one of another parent's; the first parent and account."""
    parent_id, other = add_parent(tx), add_parent(tx)
    for chat, whose in (("1", parent_id), ("2", parent_id), ("3", other)):
        contact_id = conversations.enter(tx, "telegram", chat).contact_id
        conversations.update_contact(tx, contact_id, parent_id=whose, unlocked_until=SET)
        tx.conn.execute(update(conversation).values(session=b"a draft"))
    return parent_id, conversations.enter(tx, "telegram", "1").contact_id


def drafts(tx: Transaction) -> list[bool]:
    """Of each account: whether something is being filled in."""
    return [conversations.enter(tx, "telegram", chat).session is not None for chat in ("1", "2", "3")]


def standing(tx: Transaction) -> list[tuple[bool, bool]]:
    """Of each account: whether it is signed in, whether it is open."""
    found = [conversations.enter(tx, "telegram", chat) for chat in ("1", "2", "3")]
    return [(each.parent_id is not None, each.unlocked_until is not None) for each in found]


async def test_all_accounts_but_one_are_signed_out(database: Database) -> None:
    parent_id, contact_id = await database.write(two_accounts)

    gone = await database.write(lambda tx: accounts.sign_out_others(tx, parent_id, contact_id))

    assert gone == 1
    assert await database.write(standing) == [(True, True), (False, False), (True, True)]
    assert await database.write(drafts) == [True, False, True]


async def test_all_accounts_but_one_are_locked(database: Database) -> None:
    parent_id, contact_id = await database.write(two_accounts)

    await database.write(lambda tx: accounts.lock_others(tx, parent_id, contact_id))

    assert await database.write(standing) == [(True, True), (True, False), (True, True)]


@pytest.mark.parametrize(("since", "ended"), [(-SECOND, 1), (0 * SECOND, 1), (SECOND, 0)])
async def test_helpers_named_since_are_ended(database: Database, since: timedelta, ended: int) -> None:
    def name_helper(tx: Transaction) -> int:
        parent_id = add_parent(tx)
        sealed = {"phone_index": b"index", "phone": b"sealed"}
        add(tx, helper, id=new_id(), parent_id=parent_id, created_at=SET, **sealed)
        return parent_id

    parent_id, later = await database.write(name_helper), SET + timedelta(days=1)

    assert await database.write(lambda tx: helpers.end_since(tx, parent_id, SET + since, later)) == ended

    ends = await database.read(lambda tx: tx.conn.execute(select(helper.c.ended_at)).scalar_one())
    assert ends == (later if ended else None)
