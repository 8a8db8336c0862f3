"""Cutting a range of a class into blocks at once: after loading, and where counters were wrong."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, tuple_

from domain.application import QueueClass
from domain.queue_order import QueueKey
from storage.queue_block_sizes import block_row
from storage.queue_blocks import (
    FIRST_KEY,
    application_key,
    block_key,
    counted_in,
    position_asked,
    position_values,
)
from storage.tables.queues import application, queue_block
from storage.types import Instant

FILL = 1024
"""How many applications a block gets when blocks are made at once: room to grow and to shrink."""


class Range(NamedTuple):
    """A range of keys of a class, from `lowest` to before `beyond`; None has no end."""

    queue_id: int
    queue_class: QueueClass
    lowest: QueueKey = FIRST_KEY
    beyond: QueueKey | None = None


_FROM = position_asked()
_BEYOND = tuple_(
    bindparam("beyond_at", type_=Instant()),
    bindparam("beyond_number", type_=queue_block.c.lo_number.type),
)
_ORDER = (application.c.submitted_at, application.c.number)
_NUMBERED = counted_in(_FROM, *_ORDER, (func.row_number().over(order_by=_ORDER) - 1).label("n")).where(
    _FROM.key <= application_key
)
_COUNT = counted_in(_FROM, func.count()).where(_FROM.key <= application_key)
_REMOVE = (
    delete(queue_block)
    .where(queue_block.c.queue_id == _FROM.queue_id)
    .where(queue_block.c.queue_class == _FROM.queue_class, _FROM.key <= block_key)
)
_INSERT = insert(queue_block)


def count(conn: Connection, within: Range) -> int:
    """How many applications count in a range: all of them, looked at one by one."""
    statement = _COUNT if within.beyond is None else _COUNT.where(application_key < _BEYOND)
    counted: int = conn.execute(statement, _values(within)).scalar_one()
    return counted


def cut(conn: Connection, within: Range) -> int:
    """Make the blocks of a range anew, all but the last of FILL; how many applications they hold.

    `lowest` and `beyond` are the lowest keys of blocks, and stay such.
    """
    numbered, remove = _NUMBERED, _REMOVE
    if within.beyond is not None:
        numbered = numbered.where(application_key < _BEYOND)
        remove = remove.where(block_key < _BEYOND)
    values = _values(within)
    rows = numbered.subquery("numbered")
    starts = select(rows.c.submitted_at, rows.c.number).where(rows.c.n % FILL == 0)
    keys = [QueueKey(*row) for row in conn.execute(starts.order_by(rows.c.n), values)]
    counted = count(conn, within)
    conn.execute(remove, values)
    keys[:1] = [within.lowest]
    conn.execute(
        _INSERT,
        [
            block_row(within.queue_id, within.queue_class, key, min(counted - i * FILL, FILL))
            for i, key in enumerate(keys)
        ],
    )
    return counted


def _values(within: Range) -> dict[str, object]:
    values = position_values(within.queue_id, within.queue_class, within.lowest)
    if within.beyond is None:
        return values
    beyond = {"beyond_at": within.beyond.submitted_at, "beyond_number": within.beyond.number}
    return values | beyond
