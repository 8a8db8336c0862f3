"""Errands: leased, tried again, and answered once."""

from datetime import timedelta

from sqlalchemy import select

from storage import conversations, errands
from storage.database import Database
from storage.errands import Errand
from storage.tables import errand
from storage.transaction import Transaction
from tests.fakes.clock import START

UNTIL = START + timedelta(seconds=30)
LATER = START + timedelta(minutes=1)
REQUEST = {"iin": "a number", "tries": [1, 2]}


def create(tx: Transaction) -> int:
    return errands.create(
        tx,
        conversations.enter(tx, "telegram", "chat 1").conversation_id,
        "register",
        REQUEST,
        step_token=7,
        at=START,
        due_at=START,
        gives_up_at=LATER,
    )


async def lease(database: Database, worker: str = "first", at: object = START) -> list[Errand]:
    return await database.write(
        lambda tx: errands.lease_due(tx, worker, at, UNTIL, 10)  # type: ignore[arg-type]
    )


async def test_an_errand_is_leased_with_all_that_running_it_needs(database: Database) -> None:
    errand_id = await database.write(create)

    [leased] = await lease(database)

    assert leased == Errand(
        id=errand_id,
        conversation_id=leased.conversation_id,
        channel="telegram",
        address="chat 1",
        kind="register",
        step_token=7,
        state="pending",
        tries=0,
        due_at=START,
        gives_up_at=LATER,
        request=REQUEST,
    )


async def test_a_request_lies_sealed(database: Database) -> None:
    await database.write(create)

    stored = await database.read(lambda tx: tx.conn.execute(select(errand.c.request)).scalar_one())

    assert b"a number" not in stored


async def test_a_leased_errand_comes_back_when_the_lease_ends(database: Database) -> None:
    await database.write(create)
    await lease(database)

    assert await lease(database, "second") == []
    assert len(await lease(database, "second", UNTIL)) == 1


async def test_a_failed_errand_is_due_again_later(database: Database) -> None:
    errand_id = await database.write(create)
    await lease(database)

    kept = await database.write(lambda tx: errands.retry(tx, errand_id, "first", LATER, "down"))

    assert kept
    assert await lease(database) == []
    assert [each.tries for each in await lease(database, at=LATER)] == [1]


async def test_who_has_lost_the_lease_puts_nothing_off(database: Database) -> None:
    errand_id = await database.write(create)
    await lease(database, "slow")
    await lease(database, "second", UNTIL)

    kept = await database.write(lambda tx: errands.retry(tx, errand_id, "slow", LATER, "down"))

    assert not kept


async def test_an_answer_is_taken_once(database: Database) -> None:
    errand_id = await database.write(create)

    taken = [await database.write(lambda tx: errands.finish(tx, errand_id)) for _ in range(2)]

    assert taken == [True, False]
    assert await lease(database) == []


async def test_a_failure_closes_an_errand_too(database: Database) -> None:
    errand_id = await database.write(create)

    await database.write(lambda tx: errands.finish(tx, errand_id, "timeout"))
    closed = await database.read(lambda tx: errands.get(tx, errand_id))

    assert closed is not None
    assert closed.state == "failed"


async def test_an_unknown_errand_is_none(database: Database) -> None:
    assert await database.read(lambda tx: errands.get(tx, 404)) is None


async def test_what_was_asked_is_forgotten_with_the_errand(database: Database) -> None:
    errand_id = await database.write(create)

    await database.write(lambda tx: errands.finish(tx, errand_id))

    kept = await database.read(lambda tx: tx.conn.execute(select(errand.c.request)).scalar_one())
    assert kept == b""
