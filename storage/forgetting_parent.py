"""What an erasure empties of the parent: every column that names them, phones, helpers, what they asked for.

It may be done again, and changes nothing then.
"""

from sqlalchemy import bindparam, delete, func, null, update

from storage.tables import alert, department_task, export, guardian, helper, joining, parent, phone, review
from storage.transaction import Transaction
from storage.types import Id, Instant

_PARENT = bindparam("of_parent", type_=Id)
_AT = bindparam("at", type_=Instant())
STAYS = frozenset({"id", "created_at", "language", "notice_way", "place_news"})
"""What is left of a parent's row: applications refer to it. The IIN is free: its owner can begin anew."""

_EMPTY = (
    update(parent)
    .where(parent.c.id == _PARENT)
    .values(
        {column.name: null() for column in parent.c if column.name not in STAYS}
        | {"erased_at": func.coalesce(parent.c.erased_at, _AT)}
    )
)
_GONE = tuple(
    delete(table).where(table.c.parent_id == _PARENT)
    for table in (alert, phone, helper, joining, guardian, review, export)
)
_CLOSE_TASKS = (
    update(department_task)
    .where(department_task.c.parent_id == _PARENT)
    .values(closed_at=func.coalesce(department_task.c.closed_at, _AT), reason=None)
)


def forget_parent(tx: Transaction, parent_id: int) -> None:
    """Nothing names the parent any more, and nobody can sign in as them."""
    for statement in _GONE:
        tx.conn.execute(statement, {"of_parent": parent_id})
    for emptied in (_EMPTY, _CLOSE_TASKS):
        tx.conn.execute(emptied, {"of_parent": parent_id, "at": tx.now})
