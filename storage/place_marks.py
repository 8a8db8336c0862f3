"""The front of each queue, looked at once a day: who has come to a mark (domain.place_marks).

Nothing is counted: the first of each class are read in their order, and a place follows from the index
[003]. A queue in which nothing has happened since is passed over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select

from domain.application import COUNTED, QueueClass, Status
from domain.place_marks import REACH, is_crossing, known_after
from domain.queue_order import place
from storage.dialects import inserts
from storage.one_instant import see_one_instant
from storage.queue_state import sizes_of
from storage.queue_stretch import from_kth
from storage.tables import application, place_crossing, place_watch, queue
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True)
class Crossing:
    """An application that has come to a mark."""

    application_id: int
    place: int
    mark: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the front of one queue found; `known` is what is kept of it."""

    queue_id: int
    sequence: int
    known: Mapping[int, int]
    crossings: tuple[Crossing, ...]


_NEXT = (
    select(
        queue.c.id,
        queue.c.size_0,
        queue.c.size_1,
        queue.c.size_2,
        queue.c.phase,
        queue.c.last_sequence,
        place_watch.c.known,
        place_watch.c.looked_at,
    )
    .outerjoin_from(queue, place_watch, place_watch.c.queue_id == queue.c.id)
    .where(
        queue.c.id > bindparam("after", type_=Id),
        or_(place_watch.c.sequence.is_(None), place_watch.c.sequence < queue.c.last_sequence),
    )
    .order_by(queue.c.id)
    .limit(1)
)
_OF = application.c.id.in_(bindparam("ids", expanding=True))
_CREATED = select(application.c.id, application.c.created_at).where(_OF)
_STATUS = select(application.c.id, application.c.status, application.c.ended_at).where(_OF)
_CROSSED = insert(place_crossing)
_WATCH = {
    dialect: statement.on_conflict_do_update(
        index_elements=["queue_id"],
        set_={name: statement.excluded[name] for name in ("sequence", "looked_at", "known")},
    )
    for dialect, statement in inserts(place_watch).items()
}


def look(tx: Transaction, after: int) -> Looked | None:
    """Look at the next queue of which anything is new; None: there is none. For the door for reading."""
    see_one_instant(tx)
    row = tx.conn.execute(_NEXT, {"after": after}).one_or_none()
    if row is None:
        return None
    places = _places(tx, row)
    before = {int(each): mark or None for each, mark in (row.known or {}).items()}
    fresh = _fresh(tx, [each for each in places if each not in before], row.looked_at)
    crossings = []
    known: dict[int, int] = {}
    for each, at in places.items():
        if each not in fresh and is_crossing(before.get(each), at):
            mark = known_after(None, at)
            assert mark is not None
            crossings.append(Crossing(each, at, mark))
        known[each] = known_after(before.get(each), at) or 0
    known.update(_away(tx, {each: mark for each, mark in before.items() if mark and each not in places}))
    return Looked(row.id, row.last_sequence, known, tuple(crossings))


def keep(tx: Transaction, looked: Looked) -> None:
    """Write down what a look has found."""
    if looked.crossings:
        rows = [
            {"application_id": each.application_id, "at": tx.now, "place": each.place, "mark": each.mark}
            for each in looked.crossings
        ]
        tx.conn.execute(_CROSSED, rows)
    known = {str(each): mark for each, mark in looked.known.items()}
    row = {"queue_id": looked.queue_id, "sequence": looked.sequence, "looked_at": tx.now, "known": known}
    tx.conn.execute(_WATCH[tx.dialect], row)


def _places(tx: Transaction, row: Any) -> dict[int, int]:
    """The places at the front of a queue, by application."""
    sizes = sizes_of(row)
    return {
        each.id: at
        for queue_class in QueueClass
        for index, each in enumerate(from_kth(tx, row.id, queue_class, 0, min(sizes.of(queue_class), REACH)))
        if (at := place(queue_class, index, sizes, row.phase)) <= REACH
    }


def _fresh(tx: Transaction, ids: list[int], looked_at: datetime | None) -> set[int]:
    """Who came since the last look, and was told the place then. In a queue never looked at: everybody."""
    if looked_at is None:
        return set(ids)
    return {row.id for row in tx.conn.execute(_CREATED, {"ids": ids}) if row.created_at >= looked_at}


def _away(tx: Transaction, marks: Mapping[int, int]) -> Iterable[tuple[int, int]]:
    """Who is out of the queue for a time, and comes back with the date: their mark is not forgotten."""
    rows = tx.conn.execute(_STATUS, {"ids": list(marks)}) if marks else ()
    return [
        (row.id, marks[row.id]) for row in rows if row.ended_at is None and Status(row.status) not in COUNTED
    ]
