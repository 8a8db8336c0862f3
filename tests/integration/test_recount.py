"""A recount finds what was broken on purpose, and mends it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, delete, select, update

from domain.application import Happening, QueueClass
from storage import queue_block_sizes, recount_blocks, recount_journal
from storage.application_changes import set_status
from storage.applications import find
from storage.database import Database
from storage.place_journal import explain
from storage.queue_places import place_of
from storage.recount import recount
from storage.recount_findings import Wrong
from storage.submitting import submit
from storage.tables import application, place_event, queue, queue_block
from storage.transaction import Transaction
from tests.integration.queue_people import People

JOINED = 30


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small blocks, and a recount of few blocks and events at a time."""
    monkeypatch.setattr(queue_block_sizes, "SPLIT_AT", 8)
    monkeypatch.setattr(queue_block_sizes, "MERGE_BELOW", 2)
    monkeypatch.setattr(recount_blocks, "BLOCKS", 2)
    monkeypatch.setattr(recount_journal, "EVENTS", 7)


@pytest.fixture
async def ids(database: Database) -> list[int]:
    """A queue of thirty that joined one after another; their ids, first to last."""

    def join(tx: Transaction) -> list[int]:
        people = People.arrive(tx)
        return [
            submit(tx, people.application(tx, submitted_at=tx.now + timedelta(minutes=i))).application_id
            for i in range(JOINED)
        ]

    return await database.write(join)


def places(tx: Transaction) -> list[int | None]:
    """All places, in the order of their dates."""
    in_order = select(application.c.id).order_by(application.c.submitted_at)
    found = [place_of(tx, own) for own in tx.conn.execute(in_order).scalars()]
    return [now.place if now else None for now in found]


def middle_block(tx: Transaction) -> ColumnElement[bool]:
    """Picks the third block of the general class."""
    general = select(queue_block.c.lo_at).where(queue_block.c.queue_class == QueueClass.GENERAL)
    return queue_block.c.lo_at == tx.conn.execute(general.order_by(queue_block.c.lo_at).offset(2)).scalar()


def block_too_large(tx: Transaction) -> None:
    tx.conn.execute(update(queue_block).where(middle_block(tx)).values(size=queue_block.c.size + 3))


def block_gone(tx: Transaction) -> None:
    tx.conn.execute(delete(queue_block).where(middle_block(tx)))


def first_block_gone(tx: Transaction) -> None:
    first = select(queue_block.c.lo_at).order_by(queue_block.c.lo_at).limit(1).scalar_subquery()
    general = queue_block.c.queue_class == QueueClass.GENERAL
    tx.conn.execute(delete(queue_block).where(general, queue_block.c.lo_at == first))


def queue_too_long(tx: Transaction) -> None:
    tx.conn.execute(update(queue).values(size_1=4, size_2=JOINED - 4))


def row_changed_behind_the_counters(tx: Transaction) -> None:
    last = select(application.c.id).order_by(application.c.submitted_at.desc()).limit(1).scalar_subquery()
    tx.conn.execute(update(application).where(application.c.id == last).values(queue_class=0))


def event_gone(tx: Transaction) -> None:
    tx.conn.execute(delete(place_event).where(place_event.c.sequence.in_([10, 11])))


def last_event_gone(tx: Transaction) -> None:
    tx.conn.execute(delete(place_event).where(place_event.c.sequence == JOINED))


def event_with_wrong_sizes(tx: Transaction) -> None:
    tx.conn.execute(update(place_event).where(place_event.c.sequence == 12).values(size_2=3))


def queue_behind_its_journal(tx: Transaction) -> None:
    tx.conn.execute(update(queue).values(last_sequence=JOINED - 2))


BREAKS: list[tuple[Callable[[Transaction], None], list[Wrong]]] = [
    (block_too_large, [Wrong.BLOCK_SIZE]),
    (block_gone, [Wrong.BLOCK_SIZE]),
    (first_block_gone, [Wrong.FIRST_BLOCK_MISSING, Wrong.BLOCK_SIZE]),
    (queue_too_long, [Wrong.QUEUE_SIZE, Wrong.QUEUE_SIZE, Wrong.JOURNAL_END]),
    (last_event_gone, [Wrong.JOURNAL_END]),
    (
        row_changed_behind_the_counters,
        [Wrong.BLOCK_SIZE, Wrong.BLOCK_SIZE, Wrong.QUEUE_SIZE, Wrong.QUEUE_SIZE],
    ),
    (event_gone, [Wrong.EVENT_MISSING]),
    (event_with_wrong_sizes, [Wrong.EVENT_SIZES]),
    (queue_behind_its_journal, [Wrong.QUEUE_SEQUENCE]),
]


@pytest.mark.parametrize(("spoil", "wrong"), BREAKS)
async def test_what_is_broken_is_found_and_left_alone(
    database: Database, ids: list[int], spoil: Callable[[Transaction], None], wrong: list[Wrong]
) -> None:
    await database.write(spoil)

    found = [finding.wrong for finding in await recount(database, repair=False)]

    assert found == wrong
    assert [finding.wrong for finding in await recount(database, repair=False)] == wrong


@pytest.mark.parametrize("spoil", [spoil for spoil, _ in BREAKS])
async def test_what_is_broken_is_mended_and_stays_mended(
    database: Database, ids: list[int], spoil: Callable[[Transaction], None]
) -> None:
    await database.write(spoil)

    found = await recount(database, repair=True)

    assert found != []
    assert await recount(database, repair=False) == []
    assert sorted(await database.read(places)) == list(range(1, JOINED + 1))  # type: ignore[type-var]


@pytest.mark.parametrize("spoil", [event_gone, last_event_gone, queue_behind_its_journal])
async def test_after_mending_the_journal_goes_on_and_explains_what_came_since(
    database: Database, ids: list[int], spoil: Callable[[Transaction], None]
) -> None:
    await database.write(spoil)
    await recount(database, repair=True)

    def leave(tx: Transaction) -> tuple[int, int | None, int]:
        first = find(tx, ids[0])
        assert first is not None
        set_status(tx, first, Happening.WITHDRAWN)
        move = explain(tx, ids[-1], 5)
        assert move is not None
        return move.before, move.after, sum(reason.places for reason in move.reasons)

    assert await database.write(leave) == (JOINED, JOINED - 1, -1)
    assert await recount(database, repair=False) == []


async def test_a_finding_names_the_block_and_both_figures(database: Database, ids: list[int]) -> None:
    await database.write(block_too_large)

    [finding] = await recount(database, repair=False)

    assert finding.queue_class is QueueClass.GENERAL
    assert finding.stored == finding.counted + 3
    assert finding.lowest is not None
