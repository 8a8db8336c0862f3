"""What an erasure leaves to be done: written down with the decision, so that a crash loses nothing of it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, func, insert, select, update

from storage.ids import new_id
from storage.tables import erasure, guardian, message
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One thing to be done: what is the parent's alone, or a conversation, or a child's IIN.

    `up_to`: the last message of the conversation that goes. `own`: the conversation was the parent's, and
    not that of somebody who helped. It is looked at from `due_at` on.
    """

    id: int
    parent_id: int
    at: datetime
    due_at: datetime
    conversation_id: int | None = None
    child_id: int | None = None
    up_to: int | None = None
    own: bool = True


_COLUMNS = select(
    erasure.c.id,
    erasure.c.parent_id,
    erasure.c.at,
    erasure.c.due_at,
    erasure.c.conversation_id,
    erasure.c.child_id,
    erasure.c.up_to,
    erasure.c.own,
)
_OPEN = (
    _COLUMNS.where(erasure.c.done_at.is_(None), erasure.c.due_at <= bindparam("now", type_=Instant()))
    .order_by(erasure.c.due_at, erasure.c.id)
    .limit(bindparam("limit"))
)
_NEWEST_MESSAGE = select(func.max(message.c.id)).where(message.c.conversation_id == bindparam("conversation"))
_CHILDREN = select(erasure.c.child_id).where(
    erasure.c.parent_id == bindparam("parent"),
    erasure.c.child_id.is_not(None),
    ~exists().where(guardian.c.child_id == erasure.c.child_id),
)
_DONE = (
    update(erasure)
    .where(erasure.c.id == bindparam("erasure"))
    .values(done_at=bindparam("when", type_=Instant()))
)
_PUT_OFF = (
    update(erasure)
    .where(erasure.c.id == bindparam("erasure"))
    .values(due_at=bindparam("until", type_=Instant()))
)


def of_parent(tx: Transaction, parent_id: int, at: datetime) -> None:
    """What is the parent's alone is still to go."""
    _add(tx, Erasure(id=new_id(), parent_id=parent_id, at=at, due_at=at))


def of_conversations(
    tx: Transaction, parent_id: int, conversation_ids: Iterable[int], at: datetime, *, own: bool
) -> None:
    """What was said in these up to now is still to go."""
    for conversation_id in conversation_ids:
        newest = tx.conn.execute(_NEWEST_MESSAGE, {"conversation": conversation_id}).scalar_one()
        _add(
            tx,
            Erasure(
                id=new_id(),
                parent_id=parent_id,
                at=at,
                due_at=at,
                conversation_id=conversation_id,
                up_to=newest or 0,
                own=own,
            ),
        )


def of_children(tx: Transaction, parent_id: int, child_ids: Iterable[int], at: datetime) -> None:
    """The IINs of these are still to go, when nothing has to be kept of them any more."""
    for child_id in child_ids:
        _add(tx, Erasure(id=new_id(), parent_id=parent_id, at=at, due_at=at, child_id=child_id))


def children_left(tx: Transaction, parent_id: int) -> list[int]:
    """The children of an erased parent for whom nobody cares still."""
    return list(tx.conn.execute(_CHILDREN, {"parent": parent_id}).scalars())


def due(tx: Transaction, limit: int) -> list[Erasure]:
    """What is to be done now, the longest waiting first."""
    rows = tx.conn.execute(_OPEN, {"now": tx.now, "limit": limit}).mappings()
    return [Erasure(**row) for row in rows]


def put_off(tx: Transaction, erasure_id: int, until: datetime) -> None:
    """Not to be looked at before `until`."""
    tx.conn.execute(_PUT_OFF, {"erasure": erasure_id, "until": until})


def done(tx: Transaction, erasure_id: int) -> None:
    """Nothing is left of it."""
    tx.conn.execute(_DONE, {"erasure": erasure_id, "when": tx.now})


def _add(tx: Transaction, new: Erasure) -> None:
    tx.conn.execute(insert(erasure), asdict(new))
