"""The writing thread: many jobs a commit, and each answered only for itself."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.errors import StorageBusy, StorageClosed, StorageFull
from storage.sqlite import writer_engine
from storage.tables import attempt
from storage.transaction import Transaction
from storage.url import file_of, parse_url

BIG = "x" * 3000


def note(kind: str) -> Callable[[Transaction], str]:
    def work(tx: Transaction) -> str:
        tx.conn.execute(insert(attempt).values(kind=kind, subject=b"somebody", at=tx.now))
        return kind

    return work


def kinds(tx: Transaction) -> list[str]:
    return list(tx.conn.execute(select(attempt.c.kind).order_by(attempt.c.id)).scalars())


class Gate:
    """A job that keeps the writer busy until it is opened, so that others gather behind it."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self._opened = threading.Event()

    def __call__(self, tx: Transaction) -> None:
        self.entered.set()
        assert self._opened.wait(10)

    def open(self) -> None:
        self._opened.set()


async def gathered(database: Database, *jobs: Callable[[Transaction], object]) -> list[object]:
    """Submit the jobs so that they all wait when the writer comes to them; answers or errors."""
    gate = Gate()
    first = asyncio.create_task(database.write(gate))
    await asyncio.to_thread(gate.entered.wait, 10)
    waiting = asyncio.gather(*map(database.write, jobs), return_exceptions=True)
    await asyncio.sleep(0)  # lets each hand its job in
    gate.open()
    await first
    return list(await waiting)


async def test_jobs_that_wait_together_are_committed_together(sqlite: Database) -> None:
    commits: list[str] = []

    def watch(tx: Transaction) -> None:
        raw = tx.conn.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)

    await sqlite.write(watch)
    commits.clear()

    answers = await gathered(sqlite, *(note(f"{number}") for number in range(20)))

    assert answers == [f"{number}" for number in range(20)]
    # The gate took longer than a batch takes in: its commit, then one for all the others.
    assert len(commits) <= 2


async def test_the_jobs_run_in_the_order_of_their_submission(sqlite: Database) -> None:
    names = [f"{number:03}" for number in range(100)]

    await asyncio.gather(*(sqlite.write(note(name)) for name in names))

    assert await sqlite.read(kinds) == names


async def test_a_failing_job_fails_alone(sqlite: Database) -> None:
    def spoil(tx: Transaction) -> None:
        note("spoilt")(tx)
        raise ValueError("spoilt")

    def break_rule(tx: Transaction) -> None:
        for _ in range(2):
            tx.conn.execute(insert(attempt).values(id=99, kind="x", subject=b"s", at=tx.now))

    answers = await gathered(sqlite, note("a"), spoil, note("b"), break_rule, note("c"))

    assert [type(answer) for answer in answers] == [str, ValueError, str, IntegrityError, str]
    assert await sqlite.read(kinds) == ["a", "b", "c"]


async def test_after_a_failed_commit_each_job_is_run_again_by_itself(sqlite: Database) -> None:
    runs: list[str] = []

    def counted(kind: str) -> Callable[[Transaction], str]:
        def work(tx: Transaction) -> str:
            runs.append(kind)
            return note(kind)(tx)

        return work

    def orphan(tx: Transaction) -> None:
        """Leave a reference to nothing, which a commit that checks at its end refuses."""
        tx.conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        tx.conn.exec_driver_sql(
            "INSERT INTO policy (id, territory_id, in_force_from, data) VALUES (1, 404, 0, '{}')"
        )

    answers = await gathered(sqlite, counted("a"), orphan, counted("b"))

    assert answers[0] == "a"
    assert type(answers[1]).__name__ == "IntegrityError"
    assert answers[2] == "b"
    assert runs == ["a", "b", "a", "b"]
    assert await sqlite.read(kinds) == ["a", "b"]


async def test_jobs_survive_one_that_takes_the_whole_transaction_away(sqlite: Database) -> None:
    def take_away(tx: Transaction) -> None:
        """What SQLite does by itself on some errors of the disk."""
        tx.conn.exec_driver_sql("ROLLBACK")
        raise ValueError("gone")

    answers = await gathered(sqlite, note("a"), take_away, note("b"))

    assert [type(answer) for answer in answers] == [str, ValueError, str]
    assert await sqlite.read(kinds) == ["a", "b"]


async def test_a_callback_runs_once_for_a_job_that_was_run_twice(sqlite: Database) -> None:
    called: list[str] = []

    def told(tx: Transaction) -> None:
        tx.after_commit(lambda: called.append("once"))

    def orphan(tx: Transaction) -> None:
        tx.conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        tx.conn.exec_driver_sql(
            "INSERT INTO policy (id, territory_id, in_force_from, data) VALUES (1, 404, 0, '{}')"
        )

    await gathered(sqlite, told, orphan)
    await sqlite.read(kinds)

    assert called == ["once"]


async def test_a_full_disk_is_told_and_loses_nothing_acknowledged(sqlite: Database) -> None:
    acknowledged = [await sqlite.write(note("before"))]
    await sqlite.write(full_after(pages=30))

    answers = await gathered(sqlite, *(big(f"{number}") for number in range(100)))

    acknowledged += [answer for answer in answers if isinstance(answer, str)]
    assert {type(answer) for answer in answers} == {str, StorageFull}
    assert sorted(await sqlite.read(kinds)) == sorted(acknowledged)


async def test_writing_goes_on_once_there_is_room_again(sqlite: Database) -> None:
    await sqlite.write(full_after(pages=10))
    await gathered(sqlite, *(big(f"{number}") for number in range(50)))

    await sqlite.write(full_after(pages=100_000))
    await sqlite.write(lambda tx: tx.conn.execute(delete(attempt)))
    await sqlite.write(note("after"))

    assert await sqlite.read(kinds) == ["after"]


def full_after(*, pages: int) -> Callable[[Transaction], None]:
    """Leave the file only so many pages to grow: what a full disk is to SQLite, everywhere."""

    def work(tx: Transaction) -> None:
        now = tx.conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx.conn.exec_driver_sql(f"PRAGMA max_page_count = {now + pages}")

    return work


def big(kind: str) -> Callable[[Transaction], str]:
    def work(tx: Transaction) -> str:
        subject = BIG.encode()
        tx.conn.execute(insert(attempt).values(kind=kind, subject=subject, at=tx.now))
        return kind

    return work


async def test_closing_finishes_what_was_submitted(sqlite_url: str, sqlite: Database) -> None:
    written = [asyncio.create_task(sqlite.write(note(f"{number}"))) for number in range(200)]
    await asyncio.sleep(0)

    await sqlite.close()

    assert [await each for each in written] == [f"{number}" for number in range(200)]
    assert stored(sqlite_url) == 200


async def test_a_closed_database_takes_no_more(sqlite: Database) -> None:
    await sqlite.close()

    with pytest.raises(StorageClosed):
        await sqlite.write(note("late"))


async def test_a_caller_that_is_cancelled_leaves_the_others_alone(sqlite: Database) -> None:
    gate = Gate()
    first = asyncio.create_task(sqlite.write(gate))
    await asyncio.to_thread(gate.entered.wait, 10)
    left = asyncio.create_task(sqlite.write(note("left")))
    stayed = asyncio.create_task(sqlite.write(note("stayed")))
    await asyncio.sleep(0)

    left.cancel()
    gate.open()

    assert await stayed == "stayed"
    assert left.cancelled()
    await first


async def test_a_file_held_by_another_process_is_busy(sqlite: Database, sqlite_url: str) -> None:
    await sqlite.write(lambda tx: tx.conn.exec_driver_sql("PRAGMA busy_timeout = 50"))
    other = writer_engine(file_of(parse_url(sqlite_url))).connect()
    other.exec_driver_sql("BEGIN IMMEDIATE")

    answers = await asyncio.gather(
        *(sqlite.write(note(f"{number}")) for number in range(3)), return_exceptions=True
    )
    other.exec_driver_sql("ROLLBACK")
    other.close()

    assert [type(answer) for answer in answers] == [StorageBusy] * 3
    assert await sqlite.write(note("then")) == "then"


async def test_writes_are_durable_and_references_are_checked(sqlite: Database) -> None:
    def settings(tx: Transaction) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return {name: tx.conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}

    assert await sqlite.write(settings) == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def stored(url: str) -> int:
    """How many notes the file holds, asked past the database that was closed."""
    conn = writer_engine(Path(file_of(parse_url(url)))).connect()
    count: int = conn.execute(select(func.count()).select_from(attempt)).scalar_one()
    conn.close()
    return count
