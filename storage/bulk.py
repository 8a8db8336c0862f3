"""Filling a queue with many applications at once: a load from elsewhere, the demo, a benchmark.

The counters are made once for all of them, and the journal gets one event.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import insert, select

from domain.application import QueueClass
from domain.queue_order import Sizes
from storage.ids import new_id
from storage.place_events import LOADED, append_whole
from storage.queue_block_cutting import Range, cut
from storage.queue_state import QueueState, advance, lock_queue
from storage.submitting import NewApplication, application_row, new_number
from storage.tables.queues import application
from storage.transaction import Transaction

CHUNK = 1000
"""Rows handed to the database at once."""

_INSERT = insert(application)


def fill_queue(tx: Transaction, queue_id: int, new: Iterable[NewApplication]) -> QueueState:
    """Put many applications into a queue, and count them: the queue as it then is.

    The queue is locked for all of it, so thousands belong into a queue that nobody uses yet.
    Whether the applications are this queue's the caller knows. A child that has a live one
    already is an IntegrityError, and nothing is loaded.
    """
    lock_queue(tx, queue_id)
    insert_applications(tx, queue_id, new)
    return count_anew(tx, queue_id)


def insert_applications(tx: Transaction, queue_id: int, new: Iterable[NewApplication]) -> None:
    """Write the rows alone. The places are wrong until `count_anew`, which must follow.

    For more than fit into one transaction.
    """
    told = lock_queue(tx, queue_id).sequence + 1
    for chunk in _chunks(new):
        numbers = _numbers(tx, chunk)
        rows = [
            application_row(tx, each, queue_id, new_id(), number, each.submitted_at or tx.now)
            | {"told_sequence": told}
            for each, number in zip(chunk, numbers, strict=True)
        ]
        tx.conn.execute(_INSERT, rows)


def count_anew(tx: Transaction, queue_id: int) -> QueueState:
    """Count a whole queue, make its blocks anew and write one event of kind "loaded"."""
    stored = lock_queue(tx, queue_id).sizes
    counted = Sizes(*(cut(tx.conn, Range(queue_id, each)) for each in QueueClass))
    by = Sizes(*(counted.of(each) - stored.of(each) for each in QueueClass))
    state = advance(tx, queue_id, by)
    append_whole(tx.conn, state, LOADED, None)
    return state


def _chunks(new: Iterable[NewApplication]) -> Iterator[Sequence[NewApplication]]:
    rest = iter(new)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _numbers(tx: Transaction, chunk: Sequence[NewApplication]) -> list[int]:
    """A number for each: the given one, or one that nobody has."""
    taken = {each.number for each in chunk if each.number is not None}
    free: set[int] = set()
    while missing := sum(each.number is None for each in chunk) - len(free):
        drawn = {new_number() for _ in range(missing)} - taken - free
        found = select(application.c.number).where(application.c.number.in_(drawn))
        free |= drawn - set(tx.conn.execute(found).scalars())
    draw = iter(free)
    return [next(draw) if each.number is None else each.number for each in chunk]
