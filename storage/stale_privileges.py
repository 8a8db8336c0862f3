"""Applications whose first priority rests on a word of the register that is over 90 days old (ours).

Whoever makes the access of a list asks here beforehand, and has them asked about first. What the
register has not answered by then goes on counting as it did: an outage takes nothing from anybody.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, literal_column, select

from domain.privilege import FRESH_FOR, PrivilegeState
from storage.register_asking import ask_anew
from storage.register_subjects import the_child
from storage.tables import application, privilege
from storage.tables.queues import LIVE
from storage.transaction import Transaction
from storage.types import Instant

_STALE = (
    select(application.c.id, application.c.child_id)
    .join(privilege, privilege.c.application_id == application.c.id)
    .where(
        application.c.queue_id.in_(bindparam("queues", expanding=True)),
        LIVE,
        # In the very words of the index.
        privilege.c.proof.in_([literal_column("'register'")]),
        privilege.c.state == PrivilegeState.CONFIRMED.value,
        privilege.c.asked_at < bindparam("fresh_since", type_=Instant()),
    )
    .order_by(application.c.id)
    .distinct()
)


def in_queues(tx: Transaction, queue_ids: Sequence[int]) -> list[int]:
    """The applications of these queues to be asked about before they next count for access, by id."""
    return [row.id for row in _stale(tx, queue_ids)]


def children_in(tx: Transaction, queue_ids: Sequence[int]) -> list[int]:
    """The children of those applications, by id."""
    return sorted({row.child_id for row in _stale(tx, queue_ids)})


def ask_first(tx: Transaction, child_ids: Sequence[int]) -> None:
    """Have these children asked about at the next occasion, whatever pause they are in."""
    for child_id in child_ids:
        ask_anew(tx, the_child(child_id))


def _stale(tx: Transaction, queue_ids: Sequence[int]) -> Sequence[Any]:
    asked = {"queues": list(queue_ids), "fresh_since": tx.now - FRESH_FOR}
    return tx.conn.execute(_STALE, asked).all()
