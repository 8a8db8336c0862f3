"""The number that an account's messenger vouches for."""

from datetime import timedelta

from domain.phone import Phone
from domain.phone_confirmation import Vouching
from storage import conversations, vouchings
from storage.database import Database
from storage.transaction import Transaction
from tests.fakes.clock import START

PHONE, OTHER = Phone("+77015550101"), Phone("+77015550102")
LATER = START + timedelta(days=1)


def account(tx: Transaction, chat: str = "1") -> int:
    return conversations.enter(tx, "telegram", chat).contact_id


async def test_an_account_that_shared_nothing_is_vouched_for_by_nobody(database: Database) -> None:
    assert await database.write(lambda tx: vouchings.of_contact(tx, account(tx))) is None


async def test_the_number_shared_last_counts(database: Database) -> None:
    def share(tx: Transaction) -> int:
        contact_id = account(tx)
        vouchings.remember(tx, contact_id, PHONE, START)
        vouchings.remember(tx, contact_id, OTHER, LATER)
        return contact_id

    contact_id = await database.write(share)

    assert await database.read(lambda tx: vouchings.of_contact(tx, contact_id)) == Vouching(OTHER, LATER)


async def test_what_is_forgotten_is_gone_for_this_account_alone(database: Database) -> None:
    def share_and_forget(tx: Transaction) -> tuple[int, int]:
        first, second = account(tx), account(tx, "2")
        for each in (first, second):
            vouchings.remember(tx, each, PHONE, START)
        vouchings.forget(tx, first)
        return first, second

    first, second = await database.write(share_and_forget)

    assert await database.read(lambda tx: vouchings.of_contact(tx, first)) is None
    assert await database.read(lambda tx: vouchings.of_contact(tx, second)) == Vouching(PHONE, START)
