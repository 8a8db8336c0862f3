"""The accounts of a parent as they are stored."""

from datetime import date, timedelta

from domain.iin import Iin, Sex, make_iin
from storage import accounts, conversations, people
from storage.database import Database
from storage.transaction import Transaction
from tests.fakes.clock import START

LATER = START + timedelta(hours=1)


def iin(serial: int) -> Iin:
    made = (make_iin(date(1990, 5, 4), Sex.FEMALE, each) for each in range(serial, serial + 9))
    return next(each for each in made if each is not None)


def a_parent(tx: Transaction, serial: int = 1) -> int:
    return people.parent_for(tx, iin(serial), at=START, language="kk", notice_way="messenger")


def account(tx: Transaction, chat: str, parent_id: int, session: bytes | None = None) -> tuple[int, int]:
    """An account of the parent that was used at LATER: its ids, and the conversation's."""
    entered = conversations.enter(tx, "telegram", chat)
    conversations.update_contact(tx, entered.contact_id, parent_id=parent_id, signed_in_at=START)
    here = entered.conversation_id
    conversations.leave(tx, here, session=session, screen=None, step_token=0, at=LATER)
    return entered.contact_id, here


async def test_the_accounts_of_a_parent_and_no_others(database: Database) -> None:
    def two_parents(tx: Transaction) -> tuple[int, list[int]]:
        mine, others = a_parent(tx), a_parent(tx, 20)
        account(tx, "3", others)
        return mine, [account(tx, chat, mine)[0] for chat in ("1", "2")]

    parent_id, mine = await database.write(two_parents)

    found = await database.read(lambda tx: accounts.of_parent(tx, parent_id))

    assert sorted(each.contact_id for each in found) == sorted(mine)
    assert {(each.channel, each.since, each.last_used_at) for each in found} == {("telegram", START, LATER)}


async def test_an_account_is_signed_out_by_its_own_parent_once(database: Database) -> None:
    def mine(tx: Transaction) -> tuple[int, int, int]:
        parent_id = a_parent(tx)
        return parent_id, a_parent(tx, 20), account(tx, "1", parent_id)[0]

    parent_id, stranger, contact_id = await database.write(mine)

    def sign_out(tx: Transaction) -> list[bool]:
        return [accounts.sign_out(tx, contact_id, who) for who in (stranger, parent_id, parent_id)]

    assert await database.write(sign_out) == [False, True, False]
    assert await database.read(lambda tx: accounts.of_parent(tx, parent_id)) == []


async def test_what_is_left_behind_elsewhere_is_found_without_what_is_here(database: Database) -> None:
    def several(tx: Transaction) -> tuple[int, int, int]:
        parent_id = a_parent(tx)
        _, here = account(tx, "1", parent_id, b"here")
        _, there = account(tx, "2", parent_id, b"there")
        account(tx, "3", parent_id)
        account(tx, "4", a_parent(tx, 20), b"another's")
        return parent_id, here, there

    parent_id, here, there = await database.write(several)

    [left] = await database.read(lambda tx: accounts.left_behind(tx, parent_id, here))

    assert (left.conversation_id, left.channel, left.last_used_at, left.session) == (
        there, "telegram", LATER, b"there",
    )  # fmt: skip
