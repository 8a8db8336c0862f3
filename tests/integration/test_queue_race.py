"""Many at once in one queue on PostgreSQL: each is counted once, and the journal has no gap."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.application import Happening
from domain.queue_order import Sizes
from storage import queue_counters, queue_state
from storage.application_changes import Changed, set_status
from storage.applications import find
from storage.database import Database
from storage.queue_places import place_of
from storage.queue_state import QueueState
from storage.recount import recount
from storage.submitting import NewApplication, Submitted, submit
from storage.tables import application, queue
from storage.transaction import Transaction
from tests.integration.queue_people import People

pytestmark = pytest.mark.postgresql

MANY = 40


@pytest.fixture
async def people(postgres: Database) -> People:
    """A territory, a parent, and children as they are needed."""
    return await postgres.write(People.arrive)


async def new_ones(database: Database, people: People, count: int) -> list[NewApplication]:
    """Applications that nobody has submitted yet, with dates all mixed up."""

    def prepare(tx: Transaction) -> list[NewApplication]:
        return [people.application(tx, submitted_at=tx.now + timedelta(minutes=i % 7)) for i in range(count)]

    return await database.write(prepare)


def submitting(new: NewApplication) -> Callable[[Transaction], Submitted]:
    return lambda tx: submit(tx, new)


def withdrawing(application_id: int) -> Callable[[Transaction], Changed]:
    def withdraw(tx: Transaction) -> Changed:
        before = find(tx, application_id)
        assert before is not None
        return set_status(tx, before, Happening.WITHDRAWN)

    return withdraw


def places(tx: Transaction) -> list[int]:
    """All places that are held, in order."""
    found = [place_of(tx, own) for own in tx.conn.execute(select(application.c.id)).scalars()]
    return sorted(now.place for now in found if now is not None and now.place is not None)


async def test_all_who_join_and_leave_at_once_are_counted(postgres: Database, people: People) -> None:
    first, second = await new_ones(postgres, people, MANY), await new_ones(postgres, people, MANY)
    joined = await asyncio.gather(*(postgres.write(submitting(new)) for new in first))

    await asyncio.gather(
        *(postgres.write(withdrawing(each.application_id)) for each in joined[: MANY // 2]),
        *(postgres.write(submitting(new)) for new in second),
    )

    assert await postgres.read(places) == list(range(1, MANY + MANY // 2 + 1))
    assert await recount(postgres, repair=False) == []


async def test_without_the_queues_lock_two_events_claim_one_number(
    postgres: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unguarded(tx: Transaction, queue_id: int, by: Sizes, phase: int | None = None) -> QueueState:
        row = tx.conn.execute(select(queue).where(queue.c.id == queue_id)).one()
        sizes = queue_state.sizes_of(row)
        return QueueState(
            queue_id=queue_id,
            sequence=row.last_sequence + 1,
            at=tx.now,
            sizes=replace(sizes, general=sizes.general + by.general),
            phase=row.phase,
        )

    first, second, third = await new_ones(postgres, people, 3)
    await postgres.write(submitting(first))
    monkeypatch.setattr(queue_counters, "advance", unguarded)

    results = await asyncio.gather(
        *(postgres.write(submitting(new)) for new in (second, third)), return_exceptions=True
    )

    assert sorted(type(result).__name__ for result in results) == ["IntegrityError", "Submitted"]


async def test_one_child_submitted_many_times_at_once_gets_one_place(
    postgres: Database, people: People
) -> None:
    [new] = await new_ones(postgres, people, 1)

    results = await asyncio.gather(
        *(postgres.write(submitting(new)) for _ in range(8)), return_exceptions=True
    )

    assert sorted(type(result).__name__ for result in results) == ["ApplicationExists"] * 7 + ["Submitted"]
    assert await postgres.read(places) == [1]


async def test_one_application_withdrawn_many_times_at_once_leaves_once(
    postgres: Database, people: People
) -> None:
    first, second = await new_ones(postgres, people, 2)
    joined = await postgres.write(submitting(first))
    await postgres.write(submitting(second))

    results = await asyncio.gather(
        *(postgres.write(withdrawing(joined.application_id)) for _ in range(8)), return_exceptions=True
    )

    assert sum(isinstance(result, Changed) for result in results) == 1
    assert await postgres.read(places) == [1]
    assert await recount(postgres, repair=False) == []
