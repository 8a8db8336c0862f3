"""Who stands at a place: the k-th of a class, and the stretch of the queue around a place."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, literal_column, select, tuple_

from domain.application import QueueClass
from domain.queue_order import QueueKey, Sizes, at_place
from storage.queue_blocks import Position, application_key, counted_in
from storage.queue_places import PlaceNow
from storage.tables.queues import application, queue_block
from storage.transaction import Transaction
from storage.types import Id


class Standing(NamedTuple):
    """One application as it is found by its index."""

    id: int
    submitted_at: datetime
    number: int

    @property
    def key(self) -> QueueKey:
        """What orders it within its class."""
        return QueueKey(self.submitted_at, self.number)


@dataclass(frozen=True, slots=True)
class PlaceTaken:
    """One place of a stretch: what a confirmed parent may see of it, classes and dates only."""

    place: int
    queue_class: QueueClass
    submitted_at: datetime


_QUEUE = bindparam("asked_queue", type_=Id)
_CLASS = bindparam("asked_class", type_=queue_block.c.queue_class.type)
_INDEX = bindparam("index", type_=queue_block.c.size.type)
_UP_TO = func.sum(queue_block.c.size).over(order_by=(queue_block.c.lo_at, queue_block.c.lo_number))
_ADDED_UP = (
    select(
        queue_block.c.lo_at,
        queue_block.c.lo_number,
        _UP_TO.label("up_to"),
        (_UP_TO - queue_block.c.size).label("before"),
    )
    .where(queue_block.c.queue_id == _QUEUE, queue_block.c.queue_class == _CLASS)
    .subquery("added_up")
)
_BLOCK = (
    select(_ADDED_UP)
    .where(_ADDED_UP.c.up_to > _INDEX)
    .order_by(_ADDED_UP.c.lo_at, _ADDED_UP.c.lo_number)
    .limit(literal_column("1"))
    .cte("block")
)
_POSITION = Position(
    _QUEUE,
    _CLASS,
    select(_BLOCK.c.lo_at).scalar_subquery(),
    select(_BLOCK.c.lo_number).scalar_subquery(),
)
_FROM_INDEX = (
    counted_in(_POSITION, application.c.id, application.c.submitted_at, application.c.number)
    .where(application_key >= tuple_(_POSITION.at, _POSITION.number))
    .order_by(application.c.submitted_at, application.c.number)
    .offset(func.coalesce(_INDEX - select(_BLOCK.c.before).scalar_subquery(), literal_column("0")))
    .limit(bindparam("count", type_=queue_block.c.size.type))
)


def from_kth(
    tx: Transaction, queue_id: int, queue_class: QueueClass, index: int, count: int
) -> list[Standing]:
    """Up to `count` applications of a class in order, from the one with this 0-based index."""
    asked = {
        "asked_queue": queue_id,
        "asked_class": queue_class,
        "index": index,
        "count": count,
    }
    return [Standing(*row) for row in tx.conn.execute(_FROM_INDEX, asked)]


def kth(tx: Transaction, queue_id: int, queue_class: QueueClass, index: int) -> Standing | None:
    """The application with this 0-based index in its class; None beyond the last."""
    return next(iter(from_kth(tx, queue_id, queue_class, index, 1)), None)


def stretch(tx: Transaction, now: PlaceNow, radius: int) -> list[PlaceTaken]:
    """The places around one, `radius` to each side, as far as the queue goes; [] when out of it.

    `now` is what `place_of` told in the same transaction.
    """
    middle = now.place
    if middle is None:
        return []
    places = range(max(middle - radius, 1), min(middle + radius, now.size) + 1)
    return _taken(tx, now.queue_id, places, now.sizes, now.phase)


def _taken(tx: Transaction, queue_id: int, places: range, sizes: Sizes, phase: int) -> list[PlaceTaken]:
    """The places one by one: those of one class follow each other in it, so one query a class."""
    by_class: dict[QueueClass, list[tuple[int, int]]] = {}
    for place in places:
        queue_class, index = at_place(place, sizes, phase)
        by_class.setdefault(queue_class, []).append((index, place))
    taken = [
        PlaceTaken(place, queue_class, standing.submitted_at)
        for queue_class, members in by_class.items()
        # Not strict: on PostgreSQL somebody may have left between the two statements.
        for (_, place), standing in zip(
            members,
            from_kth(tx, queue_id, queue_class, members[0][0], len(members)),
            strict=False,
        )
    ]
    return sorted(taken, key=lambda each: each.place)
