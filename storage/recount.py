"""Comparing counters and journal with a plain recount, and mending them.

In small transactions, each under the lock of its queue: the service goes on meanwhile, and what
was recounted stays right, as every change keeps it so.
"""

from collections.abc import AsyncIterator

from sqlalchemy import bindparam, select

from domain.application import QueueClass
from domain.queue_order import QueueKey
from storage.database import Database
from storage.queue_blocks import FIRST_KEY
from storage.recount_blocks import recount_blocks, recount_sizes
from storage.recount_findings import Finding
from storage.recount_journal import Link, recount_end, recount_events
from storage.tables.queues import queue
from storage.transaction import Transaction
from storage.types import Id

_NEXT_QUEUE = (
    select(queue.c.id).where(queue.c.id > bindparam("after", type_=Id)).order_by(queue.c.id).limit(1)
)


async def recount(database: Database, *, repair: bool) -> list[Finding]:
    """Recount every queue; what was wrong. With `repair` it no longer is.

    The address of a finding is its queue: whoever is told can look that one up.
    """
    found = []
    async for queue_id in _queues(database):
        found += await recount_queue(database, queue_id, repair=repair)
    return found


async def recount_queue(database: Database, queue_id: int, *, repair: bool) -> list[Finding]:
    """Recount one queue: its blocks, its sizes, the end of its journal, then all its events."""
    found = []
    for queue_class in QueueClass:
        found += await _all_blocks(database, queue_id, queue_class, repair)
    found += await database.write(lambda tx: recount_sizes(tx, queue_id, repair=repair))
    found += await database.write(lambda tx: recount_end(tx, queue_id, repair=repair))
    found += await _all_events(database, queue_id, repair)
    return found


async def _all_blocks(
    database: Database, queue_id: int, queue_class: QueueClass, repair: bool
) -> list[Finding]:
    found: list[Finding] = []
    lowest: QueueKey | None = FIRST_KEY
    while lowest is not None:
        start = lowest

        def some(tx: Transaction, start: QueueKey = start) -> tuple[list[Finding], QueueKey | None]:
            return recount_blocks(tx, queue_id, queue_class, start, repair=repair)

        findings, lowest = await database.write(some)
        found += findings
    return found


async def _all_events(database: Database, queue_id: int, repair: bool) -> list[Finding]:
    found: list[Finding] = []
    link: Link | None = Link()
    while link is not None:
        start = link

        def some(tx: Transaction, start: Link = start) -> tuple[list[Finding], Link | None]:
            return recount_events(tx, queue_id, start, repair=repair)

        findings, link = await database.write(some)
        found += findings
    return found


async def _queues(database: Database) -> AsyncIterator[int]:
    after = -1
    while (following := await _following(database, after)) is not None:
        yield following
        after = following


async def _following(database: Database, after: int) -> int | None:
    def find(tx: Transaction) -> int | None:
        found: int | None = tx.conn.execute(_NEXT_QUEUE, {"after": after}).scalar_one_or_none()
        return found

    return await database.read(find)
