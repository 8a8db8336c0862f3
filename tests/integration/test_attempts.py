"""Tries that are counted."""

from datetime import timedelta

from bot.tidying import KEPT, forget_old_tries
from storage import attempts
from storage.database import Database
from storage.transaction import Transaction
from tests.fakes.clock import START

HOUR = timedelta(hours=1)
MINUTES = [START + timedelta(minutes=minute) for minute in (0, 10, 20)]


def record(tx: Transaction) -> None:
    for at in MINUTES:
        attempts.record(tx, "check", b"somebody", at)
    attempts.record(tx, "check", b"another", START)
    attempts.record(tx, "code", b"somebody", START)


async def test_only_the_tries_of_that_kind_subject_and_time_count(database: Database) -> None:
    await database.write(record)

    def counts(tx: Transaction) -> list[int]:
        since = (START - HOUR, MINUTES[0], MINUTES[1], MINUTES[2])
        return [len(attempts.since(tx, "check", b"somebody", each)) for each in since]

    assert await database.read(counts) == [3, 2, 1, 0]


async def test_the_tries_are_told_in_their_order(database: Database) -> None:
    await database.write(record)

    told = await database.read(lambda tx: attempts.since(tx, "check", b"somebody", START - HOUR))

    assert told == MINUTES


async def test_old_tries_are_forgotten_a_few_at_a_time(database: Database) -> None:
    await database.write(record)

    gone = [
        await database.write(lambda tx: attempts.forget_before(tx, MINUTES[2], limit=3)) for _ in range(3)
    ]
    left = await database.read(lambda tx: attempts.since(tx, "check", b"somebody", START - HOUR))

    assert gone == [3, 1, 0]
    assert left == MINUTES[2:]


async def test_the_service_forgets_what_no_limit_counts_any_more(database: Database) -> None:
    def record_many(tx: Transaction) -> None:
        for second in range(250):
            attempts.record(tx, "check", b"somebody", tx.now - KEPT - timedelta(seconds=1 + second))
        attempts.record(tx, "check", b"somebody", tx.now - KEPT / 2)

    await database.write(record_many)

    gone = await forget_old_tries(database)
    left = await database.read(lambda tx: attempts.since(tx, "check", b"somebody", tx.now - 2 * KEPT))

    assert (gone, len(left)) == (250, 1)


async def test_what_one_tried_is_forgotten_and_nothing_else(database: Database) -> None:
    await database.write(record)

    await database.write(lambda tx: attempts.forget(tx, "check", b"somebody"))

    def left(tx: Transaction) -> list[int]:
        kinds = (("check", b"somebody"), ("check", b"another"), ("code", b"somebody"))
        return [len(attempts.since(tx, kind, subject, START - HOUR)) for kind, subject in kinds]

    assert await database.read(left) == [0, 1, 1]
