"""How the department's tasks come to their end: looked at by staff, or settled by something else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from storage.department_tasks import TaskKind
from storage.dialects import parameters
from storage.register_subjects import Subject, Whose
from storage.tables import department_task
from storage.transaction import Transaction
from storage.types import Instant


class Outcome(str, Enum):
    """What came of a task."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    SEEN = "seen"
    """Looked at, with nothing to decide."""
    AGREED = "agreed"
    """The register says the same by now."""
    REPLACED = "replaced"
    """Something newer is to be looked at instead."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task; `closed_at` and `outcome` are None while it is open."""

    id: int
    kind: TaskKind
    territory_id: int | None
    parent_id: int | None
    child_id: int | None
    application_id: int | None
    data: Mapping[str, Any]
    created_at: datetime
    closed_at: datetime | None
    closed_by: int | None
    outcome: Outcome | None


_COLUMNS = select(
    department_task.c.id,
    department_task.c.kind,
    department_task.c.territory_id,
    department_task.c.parent_id,
    department_task.c.child_id,
    department_task.c.application_id,
    department_task.c.data,
    department_task.c.created_at,
    department_task.c.closed_at,
    department_task.c.closed_by,
    department_task.c.outcome,
).order_by(department_task.c.id)
_CLOSE = (
    update(department_task)
    .where(department_task.c.id == bindparam("task"), department_task.c.closed_at.is_(None))
    .values(parameters(department_task, "closed_at", "closed_by", "outcome", "reason"))
)

_RESOLVED = (Outcome.CONFIRMED.value, Outcome.AGREED.value)
UNRESOLVED = or_(department_task.c.outcome.is_(None), department_task.c.outcome.not_in(_RESOLVED))
"""Nobody has said yet that all is well: open, or closed with an answer alone."""
_RESOLVE = (
    update(department_task)
    .where(
        department_task.c.application_id == bindparam("application"),
        department_task.c.kind == bindparam("of_kind"),
        UNRESOLVED,
    )
    .values(
        parameters(department_task, "closed_by", "outcome")
        | {"closed_at": func.coalesce(department_task.c.closed_at, bindparam("at", type_=Instant()))}
    )
)


def find(tx: Transaction, task_id: int) -> Task | None:
    """The task of that id."""
    row = tx.conn.execute(_COLUMNS.where(department_task.c.id == task_id)).one_or_none()
    return None if row is None else _task(row)


def about(tx: Transaction, subject: Subject, *kinds: TaskKind) -> list[Task]:
    """The tasks of those kinds about somebody, the closed ones too, oldest first.

    One that names a child is about the child, whichever parent it names beside.
    """
    of_whom = [department_task.c[subject.column] == subject.id, department_task.c.kind.in_(_values(kinds))]
    if subject.whose is Whose.PARENT:
        of_whom.append(department_task.c.child_id.is_(None))
    return [_task(row) for row in tx.conn.execute(_COLUMNS.where(*of_whom))]


def of_application(tx: Transaction, application_id: int, *kinds: TaskKind) -> list[Task]:
    """The tasks of those kinds about an application, the closed ones too, oldest first."""
    of_which = (
        department_task.c.application_id == application_id,
        department_task.c.kind.in_(_values(kinds)),
    )
    return [_task(row) for row in tx.conn.execute(_COLUMNS.where(*of_which))]


def close(
    tx: Transaction,
    task_id: int,
    outcome: Outcome,
    at: datetime,
    *,
    staff_id: int | None = None,
    reason: str | None = None,
) -> bool:
    """Close a task; False when it is closed already. The reason is sealed: it may name people."""
    changed = {"task": task_id, "closed_at": at, "closed_by": staff_id, "outcome": outcome.value}
    sealed = None if reason is None else tx.vault.seal("department_task", task_id, "reason", reason)
    return tx.conn.execute(_CLOSE, changed | {"reason": sealed}).rowcount == 1


def resolve(
    tx: Transaction,
    application_id: int,
    kind: TaskKind,
    outcome: Outcome,
    at: datetime,
    staff_id: int | None = None,
) -> bool:
    """All is well after all with what the tasks of that kind are about; False when that was said before."""
    asked = {"application": application_id, "of_kind": kind.value, "at": at}
    changed = {"closed_by": staff_id, "outcome": outcome.value}
    return tx.conn.execute(_RESOLVE, asked | changed).rowcount > 0


def _values(kinds: Collection[TaskKind]) -> list[str]:
    return [kind.value for kind in kinds]


def _task(row: Any) -> Task:
    outcome = None if row.outcome is None else Outcome(row.outcome)
    return Task(
        row.id,
        TaskKind(row.kind),
        row.territory_id,
        row.parent_id,
        row.child_id,
        row.application_id,
        row.data or {},
        row.created_at,
        row.closed_at,
        row.closed_by,
        outcome,
    )
