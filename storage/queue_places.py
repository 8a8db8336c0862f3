"""Reading a place: never by counting the applications ahead, always in one statement."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select

from domain.application import COUNTED, QueueClass, Status
from domain.queue_order import QueueKey, Sizes, place
from storage.prepared import Prepared
from storage.queue_blocks import Position, ahead_of, position_asked, position_values
from storage.queue_state import sizes_of
from storage.tables.queues import application, queue
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNow:
    """Where an application stands. `place` and `index` are None while it is not in the queue.

    `sequence` is the newest event of the queue that these figures take in.
    """

    application_id: int
    queue_id: int
    queue_class: QueueClass
    key: QueueKey
    status: Status
    index: int | None
    sizes: Sizes
    phase: int
    sequence: int
    told_sequence: int

    @property
    def place(self) -> int | None:
        """The place, from 1."""
        if self.index is None:
            return None
        return place(self.queue_class, self.index, self.sizes, self.phase)

    @property
    def size(self) -> int:
        """The size of the whole queue."""
        return self.sizes.total


_OWN = application.alias("own")
_AHEAD = ahead_of(Position(_OWN.c.queue_id, _OWN.c.queue_class, _OWN.c.submitted_at, _OWN.c.number))
_PLACE = Prepared(
    select(
        _OWN.c.queue_id,
        _OWN.c.queue_class,
        _OWN.c.submitted_at,
        _OWN.c.number,
        _OWN.c.status,
        _OWN.c.told_sequence,
        queue.c.size_0,
        queue.c.size_1,
        queue.c.size_2,
        queue.c.phase,
        queue.c.last_sequence,
        _AHEAD.count.label("ahead"),
    )
    .join_from(_OWN, queue, queue.c.id == _OWN.c.queue_id)
    .join(_AHEAD.block, _AHEAD.is_its_block)
    .where(_OWN.c.id == bindparam("application", type_=Id))
)


def place_of(tx: Transaction, application_id: int) -> PlaceNow | None:
    """Where an application stands, in one statement; None where there is no such application."""
    row = _PLACE.first(tx, {"application": application_id})
    if row is None:
        return None
    status = Status(row.status)
    return PlaceNow(
        application_id=application_id,
        queue_id=row.queue_id,
        queue_class=QueueClass(row.queue_class),
        key=QueueKey(row.submitted_at, row.number),
        status=status,
        index=row.ahead if status in COUNTED else None,
        sizes=sizes_of(row),
        phase=row.phase,
        sequence=row.last_sequence,
        told_sequence=row.told_sequence,
    )


class Rank(NamedTuple):
    """How many of a class stand ahead of a key, as of one event of the queue."""

    ahead: int
    sequence: int


class WouldBe(NamedTuple):
    """The place that an application would have, and how long the queue would be then."""

    place: int
    size: int


_ASKED = position_asked()
_AHEAD_OF_ASKED = ahead_of(_ASKED)
_RANK = (
    select(_AHEAD_OF_ASKED.count, queue.c.last_sequence)
    .join_from(queue, _AHEAD_OF_ASKED.block, _AHEAD_OF_ASKED.is_its_block)
    .where(queue.c.id == _ASKED.queue_id)
)


def rank_of(tx: Transaction, queue_id: int, queue_class: QueueClass, key: QueueKey) -> Rank:
    """How many of a class stand ahead of a key, whether or not anybody has that key."""
    row = tx.conn.execute(_RANK, position_values(queue_id, queue_class, key)).one()
    return Rank(*row)


_WOULD_BE = (
    select(_AHEAD_OF_ASKED.count, queue.c.size_0, queue.c.size_1, queue.c.size_2, queue.c.phase)
    .join_from(queue, _AHEAD_OF_ASKED.block, _AHEAD_OF_ASKED.is_its_block)
    .where(queue.c.id == _ASKED.queue_id)
)


def would_be(
    tx: Transaction,
    queue_id: int,
    queue_class: QueueClass,
    key: QueueKey,
    *,
    instead_of: QueueClass | None = None,
) -> WouldBe:
    """Where an application of that class and key would stand now, if it came into its queue.

    `instead_of`: the class that it would leave for it, where it is in the queue already.
    """
    row = tx.conn.execute(_WOULD_BE, position_values(queue_id, queue_class, key)).one()
    sizes = sizes_of(row).changed(queue_class, 1)
    if instead_of is not None:
        sizes = sizes.changed(instead_of, -1)
    return WouldBe(place(queue_class, row[0], sizes, row.phase), sizes.total)
