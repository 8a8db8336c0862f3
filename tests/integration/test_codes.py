"""Codes by SMS as they are stored."""

from datetime import timedelta

from sqlalchemy import select

from domain.phone import Phone
from storage import codes, conversations
from storage.database import Database
from storage.tables import code
from storage.transaction import Transaction
from tests.fakes.clock import START

PHONE = Phone("+77015550101")
LIFE = timedelta(minutes=5)
LATER = START + timedelta(minutes=1)


def send(tx: Transaction, digits: str = "123456", at: object = START, phone: Phone | None = PHONE) -> int:
    contact_id = conversations.enter(tx, "telegram", "1").contact_id
    codes.create(tx, contact_id, phone, digits, "sign_in", at, 3, LIFE)  # type: ignore[arg-type]
    return contact_id


async def test_the_newest_code_of_a_purpose_counts(database: Database) -> None:
    contact_id = await database.write(send)
    await database.write(lambda tx: send(tx, "654321", LATER))

    def judge(tx: Transaction) -> list[bool]:
        stored = codes.latest(tx, contact_id, "sign_in")
        assert stored is not None
        return [codes.matches(tx, stored, typed) for typed in ("654321", "123456", "")]

    assert await database.read(judge) == [True, False, False]
    assert await database.read(lambda tx: codes.latest(tx, contact_id, "new_phone")) is None


async def test_a_code_is_stored_with_its_life_and_tries(database: Database) -> None:
    contact_id = await database.write(send)

    stored = await database.read(lambda tx: codes.latest(tx, contact_id, "sign_in"))

    assert stored is not None
    assert (stored.sent_at, stored.expires_at, stored.tries_left) == (START, START + LIFE, 3)
    assert (stored.used, stored.to_a_phone) == (False, True)


async def test_a_code_sent_to_nobody_is_told_from_one_that_was(database: Database) -> None:
    contact_id = await database.write(lambda tx: send(tx, phone=None))

    stored = await database.read(lambda tx: codes.latest(tx, contact_id, "sign_in"))

    assert stored is not None
    assert not stored.to_a_phone


async def test_tries_run_out_at_none(database: Database) -> None:
    contact_id = await database.write(send)

    def spend(tx: Transaction) -> int:
        stored = codes.latest(tx, contact_id, "sign_in")
        assert stored is not None
        codes.spend_try(tx, stored.id)
        return stored.tries_left

    assert [await database.write(spend) for _ in range(5)] == [3, 2, 1, 0, 0]


async def test_a_code_is_used_once(database: Database) -> None:
    contact_id = await database.write(send)

    def use(tx: Transaction) -> tuple[bool, bool]:
        stored = codes.latest(tx, contact_id, "sign_in")
        assert stored is not None
        return stored.used, codes.mark_used(tx, stored.id, LATER)

    assert [await database.write(use) for _ in range(2)] == [(False, True), (True, False)]


async def test_the_code_itself_is_nowhere_in_its_row(database: Database) -> None:
    await database.write(send)

    row = await database.read(lambda tx: tx.conn.execute(select(code)).one())

    assert [value for value in row if "123456" in str(value)] == []


async def test_of_two_codes_of_one_instant_the_later_one_counts(database: Database) -> None:
    def send_twice(tx: Transaction) -> bool:
        send(tx, "111111")
        stored = codes.latest(tx, send(tx, "222222"), "sign_in")
        return stored is not None and codes.matches(tx, stored, "222222")

    assert [await database.write(send_twice) for _ in range(8)] == [True] * 8
