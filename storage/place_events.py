"""The place journal: one row per event of a queue, never one per application moved.

The rows of a queue are numbered without gaps under the lock of the queue's row. Their instants
never go back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, tuple_

from domain.application import QueueClass
from domain.place_history import EventKind, QueueEvent
from domain.queue_order import QueueKey, Sizes
from storage.queue_blocks import FIRST_KEY, ahead_from, position_asked, position_values
from storage.queue_state import QueueState
from storage.tables.queues import place_event
from storage.types import Instant

LOADED = "loaded"
"""Many applications were put into the queue at once."""

RECOUNTED = "recounted"
"""The counters were wrong and were mended."""

NOT_REPLAYED = frozenset({LOADED, RECOUNTED})
"""Kinds that say nothing of single applications: an explanation begins after the last of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """Whose event it is; `queue_class` is the class joined, left or moved into."""

    application_id: int
    queue_class: QueueClass
    key: QueueKey
    from_class: QueueClass | None = None


_MOVER = position_asked()
_LOWEST = tuple_(
    bindparam("lowest_at", type_=Instant()),
    bindparam("lowest_number", type_=place_event.c.key_number.type),
)
_APPEND = insert(place_event)
_APPEND_ENTERING = (
    insert(place_event).values(index_after=ahead_from(_MOVER, _LOWEST)).returning(place_event.c.index_after)
)


def append_entering(
    conn: Connection,
    state: QueueState,
    kind: EventKind,
    mover: Mover,
    lowest: QueueKey,
    cause: str | None,
) -> int:
    """Write the event by which an application came into a class; its index there, from 0.

    `lowest` is the key that the application's block begins with.
    """
    values = _row(state, kind.value, mover, cause) | {
        "lowest_at": lowest.submitted_at,
        "lowest_number": lowest.number,
        **position_values(state.queue_id, mover.queue_class, mover.key),
    }
    index: int = conn.execute(_APPEND_ENTERING, values).scalar_one()
    return index


def append_leaving(
    conn: Connection, state: QueueState, kind: EventKind, mover: Mover, cause: str | None
) -> None:
    """Write the event by which an application left its queue."""
    conn.execute(_APPEND, _row(state, kind.value, mover, cause))


def append_whole(conn: Connection, state: QueueState, kind: str, cause: str | None) -> None:
    """Write an event of the whole queue: LOADED or RECOUNTED."""
    nobody = {
        "application_id": None,
        "queue_class": QueueClass.GENERAL,
        "key_at": FIRST_KEY.submitted_at,
        "key_number": FIRST_KEY.number,
        "from_class": None,
    }
    conn.execute(_APPEND, _of_queue(state, kind, cause) | nobody)


READ = (
    place_event.c.sequence,
    place_event.c.at,
    place_event.c.kind,
    place_event.c.queue_class,
    place_event.c.key_at,
    place_event.c.key_number,
    place_event.c.from_class,
    place_event.c.index_after,
    place_event.c.size_0,
    place_event.c.size_1,
    place_event.c.size_2,
    place_event.c.phase,
)
_BETWEEN = (
    select(*READ)
    .where(place_event.c.queue_id == bindparam("of_queue", type_=place_event.c.queue_id.type))
    .where(place_event.c.sequence >= bindparam("first", type_=place_event.c.sequence.type))
    .where(place_event.c.sequence <= bindparam("last", type_=place_event.c.sequence.type))
    .order_by(place_event.c.sequence)
)


def rows_between(conn: Connection, queue_id: int, first: int, last: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows of a queue's journal from `first` to `last`, both included, oldest first."""
    asked = {"of_queue": queue_id, "first": first, "last": last}
    return conn.execute(_BETWEEN, asked).all()


_LAST_BEFORE = (
    select(place_event.c.sequence)
    .where(place_event.c.queue_id == bindparam("of_queue", type_=place_event.c.queue_id.type))
    .where(place_event.c.at <= bindparam("instant", type_=Instant()))
    .order_by(place_event.c.sequence.desc())
    .limit(1)
)


def last_before(conn: Connection, queue_id: int, instant: datetime) -> int:
    """The last event of a queue up to an instant; 0 where there was none yet.

    Goes back from the newest, for rows are numbered in the order of time.
    """
    found: int | None = conn.execute(_LAST_BEFORE, {"of_queue": queue_id, "instant": instant}).scalar()
    return found or 0


_KINDS = {kind.value: kind for kind in EventKind}
_CLASSES = tuple(QueueClass)


def event_of(row: Row[*tuple[Any, ...]]) -> QueueEvent:
    """A row of READ as the domain knows it. Raises KeyError for NOT_REPLAYED."""
    # By position and without calling the enums: an explanation goes through thousands of these.
    sequence, at, kind, into, key_at, number, left, index, out, first, general, phase = row
    return QueueEvent(
        sequence=sequence,
        at=at,
        kind=_KINDS[kind],
        queue_class=_CLASSES[into],
        key=QueueKey(key_at, number),
        sizes_after=Sizes(out, first, general),
        phase_after=phase,
        moved_from=None if left is None else _CLASSES[left],
        index_after=index,
    )


def _row(state: QueueState, kind: str, mover: Mover, cause: str | None) -> dict[str, Any]:
    return _of_queue(state, kind, cause) | {
        "application_id": mover.application_id,
        "queue_class": mover.queue_class,
        "key_at": mover.key.submitted_at,
        "key_number": mover.key.number,
        "from_class": mover.from_class,
    }


def _of_queue(state: QueueState, kind: str, cause: str | None) -> dict[str, Any]:
    return {
        "queue_id": state.queue_id,
        "sequence": state.sequence,
        "at": state.at,
        "kind": kind,
        "size_0": state.sizes.out_of_queue,
        "size_1": state.sizes.first_priority,
        "size_2": state.sizes.general,
        "phase": state.phase,
        "cause": cause,
    }
