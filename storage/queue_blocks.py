"""Blocks: what makes it cheap to tell how many stand ahead, however long the queue.

Each class of a queue is cut into ranges of keys, a few hundred to two thousand applications
each. A block is named by its lowest key and knows its size, so those ahead of a key are the
blocks before its block, added up, and the few of its own block that come before it. The first
block of a class begins before every key and always stands.

What is added up here is written in `queue_block_sizes`.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Tuple,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.sql.selectable import NamedFromClause

from domain.queue_order import QueueKey
from storage.tables.queues import COUNTED, application, queue_block
from storage.types import EPOCH, Instant

FIRST_KEY = QueueKey(EPOCH, 0)
"""The lowest key of the first block of a class: before every application."""

application_key = tuple_(application.c.submitted_at, application.c.number)
"""What orders applications within a class."""

block_key = tuple_(queue_block.c.lo_at, queue_block.c.lo_number)
"""The key that a block begins with."""


@dataclass(frozen=True, slots=True)
class Position:
    """A class of a queue and a key in it, as parts of a statement: columns or parameters."""

    queue_id: ColumnElement[int]
    queue_class: ColumnElement[int]
    at: ColumnElement[Any]
    number: ColumnElement[int]

    @property
    def key(self) -> Tuple:
        """The key alone, to be compared with others."""
        return tuple_(self.at, self.number)


def position_asked() -> Position:
    """A position given by the parameters that `position_values` makes."""
    return Position(
        bindparam("asked_queue", type_=queue_block.c.queue_id.type),
        bindparam("asked_class", type_=queue_block.c.queue_class.type),
        bindparam("asked_at", type_=Instant()),
        bindparam("asked_number", type_=queue_block.c.lo_number.type),
    )


def position_values(queue_id: int, queue_class: int, key: QueueKey) -> dict[str, Any]:
    """The values for `position_asked`."""
    return {
        "asked_queue": queue_id,
        "asked_class": queue_class,
        "asked_at": key.submitted_at,
        "asked_number": key.number,
    }


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many of a class stand ahead of a position, as parts of a statement.

    `block` is to be joined where `is_its_block` holds: it is the one block of the position.
    """

    block: NamedFromClause
    is_its_block: ColumnElement[bool]
    count: ColumnElement[int]


def ahead_of(position: Position) -> Ahead:
    """How many of the class stand ahead of the position, counted by blocks."""
    block = queue_block.alias("its_block")
    count = ahead_from(position, tuple_(block.c.lo_at, block.c.lo_number))
    return Ahead(block, is_block_of(position, block), count)


def ahead_from(position: Position, lowest: Tuple) -> ColumnElement[int]:
    """The same where the block of the position is known: it begins with `lowest`."""
    within = (
        counted_in(position, func.count())
        .where(lowest <= application_key, application_key < position.key)
        .correlate_except(application)
        .scalar_subquery()
    )
    return _sizes_before(position, lowest) + within


def is_block_of(position: Position, block: NamedFromClause | None = None) -> ColumnElement[bool]:
    """Whether a block is that of a position: the last that does not begin after it.

    Asked column by column: PostgreSQL finds no row through an index by a pair from a subquery.
    """
    columns = queue_block.c if block is None else block.c
    near = queue_block.alias("near")
    last = (
        select(near)
        .where(near.c.queue_id == position.queue_id, near.c.queue_class == position.queue_class)
        .where(tuple_(near.c.lo_at, near.c.lo_number) <= position.key)
        .order_by(near.c.lo_at.desc(), near.c.lo_number.desc())
        .limit(literal_column("1"))  # seen by the planner, as a parameter is not
        .correlate_except(near)
    )
    return and_(
        columns.queue_id == position.queue_id,
        columns.queue_class == position.queue_class,
        columns.lo_at == last.with_only_columns(near.c.lo_at).scalar_subquery(),
        columns.lo_number == last.with_only_columns(near.c.lo_number).scalar_subquery(),
    )


def _sizes_before(position: Position, lowest: Tuple) -> ColumnElement[int]:
    """The sizes of the blocks of a class before the one that begins with `lowest`, added up."""
    other = queue_block.alias("before_it")
    return (
        select(func.coalesce(func.sum(other.c.size), literal_column("0")))
        .where(other.c.queue_id == position.queue_id, other.c.queue_class == position.queue_class)
        .where(tuple_(other.c.lo_at, other.c.lo_number) < lowest)
        .correlate_except(other)
        .scalar_subquery()
    )


def counted_in(position: Position, *columns: ColumnElement[Any]) -> Select[Any]:
    """These columns of the applications that count in the class of a position."""
    return (
        select(*columns)
        .select_from(application)
        .where(application.c.queue_id == position.queue_id)
        .where(application.c.queue_class == position.queue_class, COUNTED)
    )
