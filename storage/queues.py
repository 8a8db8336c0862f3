"""Queues themselves: one per territory, queue kind and birth year, made when first needed."""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select

from domain.application import QueueKind
from domain.queue_order import Sizes
from storage.dialects import inserts, parameters
from storage.ids import new_id
from storage.queue_block_sizes import first_blocks
from storage.queue_state import sizes_of
from storage.tables.queues import queue, queue_block
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One queue and how long it is. `sequence` is its newest event, 0 before the first."""

    id: int
    territory_id: int
    kind: QueueKind
    birth_year: int
    sizes: Sizes
    phase: int
    sequence: int


_WHICH = ("territory_id", "kind", "birth_year")
_OPEN = {
    dialect: statement.values(
        id=bindparam("id", type_=Id),
        **parameters(queue, *_WHICH),
        phase=0,
        size_0=0,
        size_1=0,
        size_2=0,
        last_sequence=0,
    )
    .on_conflict_do_nothing(index_elements=_WHICH)
    .returning(queue.c.id)
    for dialect, statement in inserts(queue).items()
}
_FIND = select(queue.c.id).where(
    *(queue.c[name] == parameter for name, parameter in parameters(queue, *_WHICH).items())
)
_READ = select(queue).where(queue.c.id == bindparam("of_queue", type_=Id))
_FIRST_BLOCKS = insert(queue_block)


def find_queue(tx: Transaction, territory_id: int, kind: QueueKind, birth_year: int) -> int | None:
    """The id of a queue, None where nobody has ever stood in it."""
    found: int | None = tx.conn.execute(_FIND, _which(territory_id, kind, birth_year)).scalar_one_or_none()
    return found


def queue_for(tx: Transaction, territory_id: int, kind: QueueKind, birth_year: int) -> int:
    """The id of a queue, which is made where there is none yet."""
    which = _which(territory_id, kind, birth_year)
    found: int | None = tx.conn.execute(_FIND, which).scalar_one_or_none()
    if found is None:
        opened = which | {"id": new_id()}
        found = tx.conn.execute(_OPEN[tx.dialect], opened).scalar_one_or_none()
        if found is not None:
            tx.conn.execute(_FIRST_BLOCKS, first_blocks(found))
        else:  # somebody else has just made it
            found = tx.conn.execute(_FIND, which).scalar_one()
    return found


def read_queue(tx: Transaction, queue_id: int) -> Queue | None:
    """A queue with its sizes, None where there is none of that id."""
    row = tx.conn.execute(_READ, {"of_queue": queue_id}).one_or_none()
    if row is None:
        return None
    return Queue(
        id=row.id,
        territory_id=row.territory_id,
        kind=QueueKind(row.kind),
        birth_year=row.birth_year,
        sizes=sizes_of(row),
        phase=row.phase,
        sequence=row.last_sequence,
    )


def _which(territory_id: int, kind: QueueKind, birth_year: int) -> dict[str, object]:
    return {"territory_id": territory_id, "kind": kind.value, "birth_year": birth_year}
