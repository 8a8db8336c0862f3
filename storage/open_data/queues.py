"""How many wait in each queue. Where only a few wait, it is not said how many.

In a village "one child waits in the correctional queue" names somebody. No sums are given that would tell
what a single queue does not.
"""

from dataclasses import dataclass

from sqlalchemy import select

from storage.tables import queue
from storage.transaction import Transaction

FEW = 5
"""Below this a number above 0 is not told (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLength:
    """A queue. `waiting` is None where it is more than none and fewer than `FEW`."""

    territory_id: int
    kind: str
    birth_year: int
    waiting: int | None


_ALL = select(
    queue.c.territory_id,
    queue.c.kind,
    queue.c.birth_year,
    (queue.c.size_0 + queue.c.size_1 + queue.c.size_2).label("waiting"),
).order_by(queue.c.territory_id, queue.c.kind.desc(), queue.c.birth_year.desc())


def lengths(tx: Transaction) -> list[QueueLength]:
    """All queues; paused applications count, as they keep their place."""
    return [
        QueueLength(
            territory_id=row.territory_id,
            kind=row.kind,
            birth_year=row.birth_year,
            waiting=None if 0 < row.waiting < FEW else row.waiting,
        )
        for row in tx.conn.execute(_ALL)
    ]
