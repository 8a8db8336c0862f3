"""The sizes of the blocks, kept as applications come and go: cut in two, joined to the one before.

Everything here runs under the lock of the queue's row, which `queue_counters` takes first, and
after the application's own row was written.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select, update

from domain.application import QueueClass
from domain.queue_order import QueueKey
from storage.queue_blocks import (
    FIRST_KEY,
    application_key,
    block_key,
    counted_in,
    is_block_of,
    position_asked,
    position_values,
)
from storage.tables.queues import application, queue_block

SPLIT_AT = 2048
"""The size at which a block is cut in two. Smaller blocks make it dearer to add up those before,
larger ones to count within; at a million applications in one queue the two cost about the same."""

MERGE_BELOW = 256
"""Under this size a block is joined to the one before it, where the two make a fair one."""


class Block(NamedTuple):
    """One block as it is written down."""

    lo_at: datetime
    lo_number: int
    size: int

    @property
    def lowest(self) -> QueueKey:
        """The key that it begins with."""
        return QueueKey(self.lo_at, self.lo_number)


_BLOCK = (queue_block.c.lo_at, queue_block.c.lo_number, queue_block.c.size)
_ASKED = position_asked()
_IN_CLASS = (
    queue_block.c.queue_id == _ASKED.queue_id,
    queue_block.c.queue_class == _ASKED.queue_class,
)
_BY = bindparam("by", type_=queue_block.c.size.type)
_CHANGE = (
    update(queue_block).where(is_block_of(_ASKED)).values(size=queue_block.c.size + _BY).returning(*_BLOCK)
)
_FIND = select(*_BLOCK).where(is_block_of(_ASKED))
_INSERT = insert(queue_block)
_REMOVE = delete(queue_block).where(*_IN_CLASS, block_key == _ASKED.key)
_MIDDLE = (
    counted_in(_ASKED, application.c.submitted_at, application.c.number)
    .where(application_key >= _ASKED.key)
    .order_by(application.c.submitted_at, application.c.number)
    .offset(bindparam("half", type_=queue_block.c.size.type))
    .limit(literal_column("1"))
)
_BEFORE = (
    select(*_BLOCK)
    .where(*_IN_CLASS, block_key < _ASKED.key)
    .order_by(queue_block.c.lo_at.desc(), queue_block.c.lo_number.desc())
    .limit(literal_column("1"))
)


def change_size(conn: Connection, queue_id: int, queue_class: QueueClass, key: QueueKey, by: int) -> QueueKey:
    """Add `by` (1 or -1) to the size of the block of a key; the key which that block begins with.

    Cuts the block or joins it to the one before it where that is due: the block returned is the
    one that the key then stands in.
    """
    block = _change(conn, queue_id, queue_class, key, by)
    if by > 0 and block.size >= SPLIT_AT:
        return _split(conn, queue_id, queue_class, block, key)
    if by < 0 and block.size < MERGE_BELOW and block.lowest != FIRST_KEY:
        return _merge(conn, queue_id, queue_class, block)
    return block.lowest


def first_blocks(queue_id: int) -> list[dict[str, Any]]:
    """Rows of the blocks of a queue in which nobody stands yet."""
    return [block_row(queue_id, queue_class, FIRST_KEY, 0) for queue_class in QueueClass]


def block_row(queue_id: int, queue_class: QueueClass, lowest: QueueKey, size: int) -> dict[str, Any]:
    """The row of one block."""
    return {
        "queue_id": queue_id,
        "queue_class": queue_class,
        "lo_at": lowest.submitted_at,
        "lo_number": lowest.number,
        "size": size,
    }


def _change(conn: Connection, queue_id: int, queue_class: QueueClass, key: QueueKey, by: int) -> Block:
    values = position_values(queue_id, queue_class, key)
    return Block(*conn.execute(_CHANGE, values | {"by": by}).one())


def _split(conn: Connection, queue_id: int, queue_class: QueueClass, block: Block, key: QueueKey) -> QueueKey:
    """Cut a block at the application in its middle; the lowest key of the part `key` is in."""
    half = block.size // 2
    values = position_values(queue_id, queue_class, block.lowest)
    found = conn.execute(_MIDDLE, values | {"half": half}).one_or_none()
    middle = block.lowest if found is None else QueueKey(*found)
    at_middle = conn.execute(_FIND, position_values(queue_id, queue_class, middle)).one()
    if found is None or Block(*at_middle).lowest != block.lowest:
        return block.lowest  # the size is wrong: `recount` mends it, a join need not fail for it
    _change(conn, queue_id, queue_class, block.lowest, half - block.size)
    upper = block_row(queue_id, queue_class, middle, block.size - half)
    conn.execute(_INSERT, upper)
    return middle if middle <= key else block.lowest


def _merge(conn: Connection, queue_id: int, queue_class: QueueClass, block: Block) -> QueueKey:
    """Join a block to the one before it, unless that one is too full for it."""
    values = position_values(queue_id, queue_class, block.lowest)
    before = Block(*conn.execute(_BEFORE, values).one())
    if block.size and before.size + block.size > SPLIT_AT // 2:
        return block.lowest
    conn.execute(_REMOVE, values)
    if block.size:
        _change(conn, queue_id, queue_class, before.lowest, block.size)
    return before.lowest
