"""Privileges that wait for the education department: by their documents, or by an objection to a loss."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from storage import privileges
from storage.department_tasks import TaskKind
from storage.privileges import Claimed
from storage.tables import application, department_task, privilege
from storage.transaction import Transaction
from storage.types import Id

_KINDS = (TaskKind.PRIVILEGE_DOCUMENT, TaskKind.PRIVILEGE_OBJECTION)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A privilege with what waits; `objection`: its loss is objected to."""

    claimed: Claimed
    number: int
    child_id: int
    since: datetime
    objection: bool


def _in_territories(*columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(department_task)
        .join(application, application.c.id == department_task.c.application_id)
        .where(
            department_task.c.closed_at.is_(None),
            department_task.c.kind.in_([kind.value for kind in _KINDS]),
            application.c.territory_id.in_(bindparam("territories", type_=Id, expanding=True)),
        )
    )


_COLUMNS = (
    department_task.c.kind,
    department_task.c.data,
    department_task.c.created_at,
    department_task.c.application_id,
    application.c.number,
    application.c.child_id,
)
_WAITING = _in_territories(*_COLUMNS).order_by(department_task.c.id).limit(bindparam("most"))
_OF_APPLICATION = _in_territories(*_COLUMNS).where(
    department_task.c.application_id == bindparam("of_application", type_=Id)
)
_HOW_MANY = _in_territories(func.count())


_WITHIN = (
    select(privilege.c.id)
    .join(application, application.c.id == privilege.c.application_id)
    .where(
        privilege.c.id == bindparam("of_privilege", type_=Id),
        application.c.territory_id.in_(bindparam("territories", type_=Id, expanding=True)),
    )
)


def is_within(tx: Transaction, privilege_id: int, territories: Collection[int]) -> bool:
    """Whether its application is in one of these territories; False for one that is not there."""
    asked = {"of_privilege": privilege_id, "territories": list(territories)}
    return tx.conn.execute(_WITHIN, asked).first() is not None


def waiting(tx: Transaction, territories: Collection[int], most: int) -> list[Waiting]:
    """Those of these territories, the longest waiting first."""
    return _read(tx, _WAITING, {"territories": list(territories), "most": most})


def how_many_wait(tx: Transaction, territories: Collection[int]) -> int:
    """How many there are of them."""
    found: int = tx.conn.execute(_HOW_MANY, {"territories": list(territories)}).scalar_one()
    return found


def find(tx: Transaction, privilege_id: int, territories: Collection[int]) -> Waiting | None:
    """The privilege, if something of it waits in these territories."""
    known = privileges.find(tx, privilege_id)
    if known is None:
        return None
    asked = {"territories": list(territories), "of_application": known.application_id}
    return next((each for each in _read(tx, _OF_APPLICATION, asked) if each.claimed.id == privilege_id), None)


def _read(tx: Transaction, statement: Any, asked: dict[str, Any]) -> list[Waiting]:
    found = []
    for row in tx.conn.execute(statement, asked):
        code = (row.data or {}).get("privilege")
        named = privileges.of_application(tx, row.application_id)
        claimed = next((each for each in named if each.code == code), None)
        if claimed is not None:
            objection = row.kind == TaskKind.PRIVILEGE_OBJECTION.value
            found.append(Waiting(claimed, row.number, row.child_id, row.created_at, objection))
    return found
