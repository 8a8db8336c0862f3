"""Both doors, on both databases."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.database import Database
from storage.errors import DatabaseUrlInvalid, StorageUnavailable
from storage.tables import attempt
from storage.transaction import Transaction
from storage.vault import Vault
from tests.fakes.clock import START, SetClock


def note(tx: Transaction, kind: str = "try") -> None:
    tx.conn.execute(insert(attempt).values(kind=kind, subject=b"somebody", at=tx.now))


def notes(tx: Transaction) -> int:
    return tx.conn.execute(select(func.count()).select_from(attempt)).scalar_one()


async def test_what_is_written_is_there_to_read(database: Database) -> None:
    await database.write(note)

    assert await database.read(notes) == 1


async def test_what_a_job_raises_reaches_its_caller_and_undoes_it(database: Database) -> None:
    def spoil(tx: Transaction) -> None:
        note(tx)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the job's own, without a text
        await database.write(spoil)

    assert await database.read(notes) == 0


async def test_a_broken_constraint_is_told_as_such(database: Database) -> None:
    def twice(tx: Transaction) -> None:
        for _ in range(2):
            tx.conn.execute(insert(attempt).values(id=7, kind="try", subject=b"s", at=tx.now))

    with pytest.raises(IntegrityError):
        await database.write(twice)

    assert await database.read(notes) == 0


async def test_the_reading_door_refuses_to_write(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await database.read(note)

    assert await database.read(notes) == 0


async def test_who_is_cancelled_while_reading_hears_of_nothing_else(database: Database) -> None:
    counting = asyncio.Event()
    counted = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000000)"

    def count(tx: Transaction) -> int:
        counting.set()
        return int(tx.conn.execute(text(f"{counted} SELECT count(*) FROM n")).scalar_one())

    reading = asyncio.create_task(database.read(count))
    await counting.wait()
    reading.cancel()

    with pytest.raises(asyncio.CancelledError):
        await reading
    assert await database.read(notes) == 0


async def test_now_stays_the_same_within_a_transaction(database: Database, clock: SetClock) -> None:
    def ask_twice(tx: Transaction) -> bool:
        first = tx.now
        clock.advance(timedelta(seconds=1))
        return tx.now == first

    assert await database.write(ask_twice)


async def test_what_was_registered_is_called_once_the_work_is_durable(database: Database) -> None:
    called: list[str] = []

    def work(tx: Transaction) -> None:
        note(tx)
        tx.after_commit(lambda: called.append("first"))
        tx.after_commit(lambda: called.append("second"))

    await database.write(work)
    await database.read(notes)

    assert called == ["first", "second"]


async def test_nothing_registered_is_called_when_the_work_fails(database: Database) -> None:
    called: list[str] = []

    def spoil(tx: Transaction) -> None:
        tx.after_commit(lambda: called.append("never"))
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the job's own, without a text
        await database.write(spoil)
    await database.read(notes)

    assert called == []


@pytest.mark.postgresql
async def test_a_server_gives_its_own_time(postgres: Database, clock: SetClock) -> None:
    await postgres.write(lambda tx: tx.now)

    assert [told is not None for told in clock.server_times] == [True]


async def test_a_file_has_no_time_of_its_own(sqlite: Database, clock: SetClock) -> None:
    await sqlite.write(lambda tx: tx.now)

    assert clock.server_times == [None]


async def test_an_instant_comes_back_to_the_microsecond(database: Database, clock: SetClock) -> None:
    clock.at = START + timedelta(microseconds=123_457)

    await database.write(note)

    assert await database.read(lambda tx: tx.conn.execute(select(attempt.c.at)).scalar_one()) == clock.at


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("mysql://somewhere/kezek", "mysql"),
        ("postgresql+psycopg2://somewhere/kezek", "postgresql+psycopg2"),
        ("sqlite+aiosqlite://", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///:memory:", "sqlite+aiosqlite"),
        ("no address", "no address"),
    ],
)
async def test_an_address_of_no_database_of_ours_is_refused(
    url: str, scheme: str, vault: Vault, clock: SetClock
) -> None:
    with pytest.raises(DatabaseUrlInvalid) as refused:
        await Database.open(url, vault, clock)

    assert refused.value.scheme == scheme


async def test_a_server_that_does_not_answer_is_unavailable(vault: Vault, clock: SetClock) -> None:
    with pytest.raises(StorageUnavailable) as refused:
        await Database.open("postgresql+asyncpg://nobody@127.0.0.1:1/kezek", vault, clock)

    assert refused.value.reason == "ConnectionRefusedError"


async def test_a_file_that_is_no_database_is_unavailable(
    tmp_path: Path, vault: Vault, clock: SetClock
) -> None:
    (tmp_path / "kezek.db").write_bytes(b"not a database, but a long enough text" * 100)

    with pytest.raises(StorageUnavailable) as refused:
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/kezek.db", vault, clock)

    assert refused.value.reason == "DatabaseError"
