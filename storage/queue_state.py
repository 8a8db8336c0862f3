"""The row of a queue: its sizes, phase and newest event. Whoever writes it holds the queue's lock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select, update

from domain.queue_order import Sizes
from storage.tables.queues import queue
from storage.transaction import Transaction
from storage.types import Id, Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """A queue as of its newest event; `at` is None before the first."""

    queue_id: int
    sequence: int
    at: datetime | None
    sizes: Sizes
    phase: int


_STATE = (
    queue.c.size_0,
    queue.c.size_1,
    queue.c.size_2,
    queue.c.phase,
    queue.c.last_sequence,
    queue.c.last_event_at,
)
_OF_QUEUE = queue.c.id == bindparam("of_queue", type_=Id)
_NOW = bindparam("now", type_=Instant())
_ADVANCE = (
    update(queue)
    .where(_OF_QUEUE)
    .values(
        size_0=queue.c.size_0 + bindparam("by_0", type_=queue.c.size_0.type),
        size_1=queue.c.size_1 + bindparam("by_1", type_=queue.c.size_1.type),
        size_2=queue.c.size_2 + bindparam("by_2", type_=queue.c.size_2.type),
        phase=func.coalesce(bindparam("new_phase", type_=queue.c.phase.type), queue.c.phase),
        last_sequence=queue.c.last_sequence + 1,
        # Clocks of two servers differ a little; the journal never goes back.
        last_event_at=case((queue.c.last_event_at > _NOW, queue.c.last_event_at), else_=_NOW),
    )
    .returning(*_STATE)
)
_LOCK = select(*_STATE).where(_OF_QUEUE).with_for_update()


def lock_queue(tx: Transaction, queue_id: int) -> QueueState:
    """Lock a queue until the end of the transaction, and read it."""
    return _state(queue_id, tx.conn.execute(_LOCK, {"of_queue": queue_id}).one())


def advance(tx: Transaction, queue_id: int, by: Sizes, phase: int | None = None) -> QueueState:
    """Lock a queue and take it one event further: sizes changed `by`, `phase` where it is new."""
    values: dict[str, Any] = {
        "of_queue": queue_id,
        "by_0": by.out_of_queue,
        "by_1": by.first_priority,
        "by_2": by.general,
        "new_phase": phase,
        "now": tx.now,
    }
    return _state(queue_id, tx.conn.execute(_ADVANCE, values).one())


def sizes_of(row: Row[*tuple[Any, ...]]) -> Sizes:
    """The sizes of the classes from a row that has size_0, size_1 and size_2."""
    return Sizes(row.size_0, row.size_1, row.size_2)


def _state(queue_id: int, row: Row[*tuple[Any, ...]]) -> QueueState:
    return QueueState(
        queue_id=queue_id,
        sequence=row.last_sequence,
        at=row.last_event_at,
        sizes=sizes_of(row),
        phase=row.phase,
    )
