"""Blocks are cut, joined and never lose anybody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.application import Happening, QueueClass
from storage import queue_block_cutting, queue_block_sizes
from storage.application_changes import set_status
from storage.applications import find
from storage.bulk import fill_queue
from storage.database import Database
from storage.queues import queue_for
from storage.submitting import NewApplication, submit
from storage.tables import application, queue_block
from storage.transaction import Transaction
from tests.integration.queue_people import BIRTH_YEAR, People


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of few applications."""
    monkeypatch.setattr(queue_block_sizes, "SPLIT_AT", 8)
    monkeypatch.setattr(queue_block_sizes, "MERGE_BELOW", 2)
    monkeypatch.setattr(queue_block_cutting, "FILL", 4)


def sizes(tx: Transaction) -> list[int]:
    """The sizes of the general class's blocks, in order."""
    found = select(queue_block.c.size).where(queue_block.c.queue_class == QueueClass.GENERAL)
    in_order = found.order_by(queue_block.c.lo_at, queue_block.c.lo_number)
    return list(tx.conn.execute(in_order).scalars())


def one_after_another(tx: Transaction, count: int) -> list[NewApplication]:
    """Applications a minute apart."""
    people = People.arrive(tx)
    return [
        people.application(tx, submitted_at=tx.now + timedelta(minutes=minute)) for minute in range(count)
    ]


def filled(tx: Transaction) -> list[int]:
    """A queue of twelve in blocks of four; their ids, first to last."""
    new = one_after_another(tx, 12)
    fill_queue(tx, queue_for(tx, new[0].territory_id, new[0].kind, BIRTH_YEAR), new)
    return list(tx.conn.execute(select(application.c.id).order_by(application.c.submitted_at)).scalars())


def withdraw(tx: Transaction, application_id: int) -> None:
    before = find(tx, application_id)
    assert before is not None
    set_status(tx, before, Happening.WITHDRAWN)


async def test_a_block_that_is_full_is_cut_in_two_halves(database: Database) -> None:
    def join(tx: Transaction) -> list[list[int]]:
        seen = []
        for new in one_after_another(tx, 12):
            submit(tx, new)
            seen.append(sizes(tx))
        return seen

    seen = await database.write(join)

    assert seen[6:8] == [[7], [4, 4]]
    assert seen[11] == [4, 4, 4]


async def test_applications_of_the_same_instant_are_cut_apart_by_number(database: Database) -> None:
    def join(tx: Transaction) -> list[int]:
        people = People.arrive(tx)
        for _ in range(20):
            submit(tx, people.application(tx, submitted_at=tx.now))
        return sizes(tx)

    found = await database.write(join)

    assert sum(found) == 20
    assert max(found) < 8


async def test_a_load_makes_blocks_with_room_to_grow(database: Database) -> None:
    await database.write(filled)

    assert await database.read(sizes) == [4, 4, 4]


async def test_a_block_that_runs_empty_is_joined_to_the_one_before(database: Database) -> None:
    ids = await database.write(filled)

    def leave(tx: Transaction) -> list[list[int]]:
        seen = []
        for own in ids[4:8]:
            withdraw(tx, own)
            seen.append(sizes(tx))
        return seen

    assert await database.write(leave) == [[4, 3, 4], [4, 2, 4], [4, 1, 4], [4, 4]]


async def test_a_queue_served_from_the_front_keeps_few_blocks(database: Database) -> None:
    ids = await database.write(filled)

    def leave(tx: Transaction) -> list[int]:
        for own in ids[:11]:
            withdraw(tx, own)
        return sizes(tx)

    assert await database.write(leave) == [1]


async def test_the_first_block_stands_when_nobody_does(database: Database) -> None:
    ids = await database.write(filled)

    def leave(tx: Transaction) -> list[int]:
        for own in reversed(ids):
            withdraw(tx, own)
        return sizes(tx)

    assert await database.write(leave) == [0]
