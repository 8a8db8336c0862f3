"""Recounting the blocks and the sizes of a queue against its applications."""

from sqlalchemy import bindparam, func, insert, select, update

from domain.application import QueueClass
from domain.queue_order import QueueKey, Sizes
from storage.queue_block_cutting import Range, count, cut
from storage.queue_block_sizes import block_row
from storage.queue_blocks import FIRST_KEY, block_key, position_asked, position_values
from storage.queue_state import lock_queue
from storage.recount_findings import Finding, Wrong
from storage.tables.queues import COUNTED, application, queue, queue_block
from storage.transaction import Transaction
from storage.types import Id

BLOCKS = 16
"""How many blocks are recounted in one transaction: some milliseconds."""

_FROM = position_asked()
_BLOCKS = (
    select(queue_block.c.lo_at, queue_block.c.lo_number, queue_block.c.size)
    .where(queue_block.c.queue_id == _FROM.queue_id)
    .where(queue_block.c.queue_class == _FROM.queue_class, _FROM.key <= block_key)
    .order_by(queue_block.c.lo_at, queue_block.c.lo_number)
    .limit(BLOCKS + 1)
)
_INSERT = insert(queue_block)
_OF_QUEUE = bindparam("of_queue", type_=Id)
_COUNTED = (
    select(application.c.queue_class, func.count())
    .where(application.c.queue_id == _OF_QUEUE, COUNTED)
    .group_by(application.c.queue_class)
)
_SET_SIZES = (
    update(queue)
    .where(queue.c.id == _OF_QUEUE)
    .values({f"size_{each}": bindparam(f"new_{each}") for each in range(3)})
)


def recount_blocks(
    tx: Transaction, queue_id: int, queue_class: QueueClass, lowest: QueueKey, *, repair: bool
) -> tuple[list[Finding], QueueKey | None]:
    """Recount the next few blocks from `lowest` on; where to go on, None at the end."""
    lock_queue(tx, queue_id)
    values = position_values(queue_id, queue_class, lowest)
    blocks = [(QueueKey(at, number), size) for at, number, size in tx.conn.execute(_BLOCKS, values)]
    findings = []
    if lowest == FIRST_KEY and (not blocks or blocks[0][0] != FIRST_KEY):
        findings.append(_first_is_missing(tx, queue_id, queue_class, repair))
        blocks.insert(0, (FIRST_KEY, 0))
    ends: list[QueueKey | None] = [each for each, _ in blocks[1:]]
    rest = ends[BLOCKS - 1] if len(ends) >= BLOCKS else None
    for (start, size), beyond in zip(blocks[:BLOCKS], [*ends, None], strict=False):
        within = Range(queue_id, queue_class, start, beyond)
        counted = count(tx.conn, within)
        if counted == size:
            continue
        findings.append(
            Finding(
                queue_id=queue_id,
                wrong=Wrong.BLOCK_SIZE,
                stored=size,
                counted=counted,
                queue_class=queue_class,
                lowest=start,
            )
        )
        if repair:
            cut(tx.conn, within)
    return findings, rest


def recount_sizes(tx: Transaction, queue_id: int, *, repair: bool) -> list[Finding]:
    """Recount the sizes of the classes."""
    stored = lock_queue(tx, queue_id).sizes
    counted = count_sizes(tx, queue_id)
    findings = [
        Finding(
            queue_id=queue_id,
            wrong=Wrong.QUEUE_SIZE,
            stored=stored.of(each),
            counted=counted.of(each),
            queue_class=each,
        )
        for each in QueueClass
        if stored.of(each) != counted.of(each)
    ]
    if findings and repair:
        sizes = {f"new_{each:d}": counted.of(each) for each in QueueClass}
        tx.conn.execute(_SET_SIZES, {"of_queue": queue_id} | sizes)
    return findings


def count_sizes(tx: Transaction, queue_id: int) -> Sizes:
    """The sizes of the classes by looking at every application of the queue."""
    found = {row[0]: row[1] for row in tx.conn.execute(_COUNTED, {"of_queue": queue_id})}
    return Sizes(*(found.get(each, 0) for each in QueueClass))


def _first_is_missing(tx: Transaction, queue_id: int, queue_class: QueueClass, repair: bool) -> Finding:
    if repair:
        tx.conn.execute(_INSERT, block_row(queue_id, queue_class, FIRST_KEY, 0))
    return Finding(
        queue_id=queue_id,
        wrong=Wrong.FIRST_BLOCK_MISSING,
        stored=0,
        counted=1,
        queue_class=queue_class,
    )
