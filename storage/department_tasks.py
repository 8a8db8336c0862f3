"""What the education department is to look at: documents, and where a parent and the register disagree."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import bindparam, insert, select

from storage.tables import department_task
from storage.transaction import Transaction


class TaskKind(str, Enum):
    """Why."""

    PRIVILEGE_DOCUMENT = "privilege_document"
    """The documents of a privilege are there."""
    PRIVILEGE_OBJECTION = "privilege_objection"
    """A parent objects to the loss of a privilege (ours)."""
    NO_IIN = "no_iin"
    """A parent without an IIN: the identity document has to be seen [004]."""
    REGISTER_DIFFERS = "register_differs"
    """The register contradicts what was typed (ours)."""
    NOT_IN_REGISTER = "not_in_register"
    """The register knows no such person."""
    GUARDIANSHIP = "guardianship"
    """The register names other parents than the one who asks."""


_ADD = insert(department_task)
_OPEN = (
    select(department_task.c.id, department_task.c.kind, department_task.c.data)
    .where(
        department_task.c.application_id == bindparam("application"),
        department_task.c.closed_at.is_(None),
    )
    .order_by(department_task.c.id)
)

_OPEN_OF_TWO = select(department_task.c.id).where(
    department_task.c.kind == bindparam("of_kind"),
    department_task.c.parent_id == bindparam("parent"),
    department_task.c.child_id == bindparam("child"),
    department_task.c.closed_at.is_(None),
)


def add(
    tx: Transaction,
    kind: TaskKind,
    at: datetime,
    *,
    territory_id: int | None = None,
    parent_id: int | None = None,
    child_id: int | None = None,
    application_id: int | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Leave a task. `data` must not name anybody: it is not sealed."""
    row = {
        "kind": kind.value,
        "territory_id": territory_id,
        "parent_id": parent_id,
        "child_id": child_id,
        "application_id": application_id,
        "data": dict(data or {}),
        "created_at": at,
    }
    tx.conn.execute(_ADD, row)


def open_of_application(tx: Transaction, application_id: int) -> list[tuple[int, TaskKind]]:
    """The tasks about an application that nobody has closed yet: id and kind, oldest first."""
    rows = tx.conn.execute(_OPEN, {"application": application_id})
    return [(row.id, TaskKind(row.kind)) for row in rows]


def is_open(tx: Transaction, kind: TaskKind, parent_id: int, child_id: int) -> bool:
    """Whether a task of that kind waits which is about this parent and this child."""
    asked = {"of_kind": kind.value, "parent": parent_id, "child": child_id}
    return tx.conn.execute(_OPEN_OF_TWO, asked).first() is not None
