"""What happened to applications and is yet to be told to their families.

Written with what happened, by a turn or the clockwork, whoever made it; taken once by whoever tells it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from domain.notice import Told
from storage.tables import untold
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class News:
    """One thing to be told. `data` are facts that name nobody."""

    application_id: int
    kind: Told
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


_WRITE = insert(untold)
_OLDEST = select(untold).order_by(untold.c.id).limit(bindparam("limit")).with_for_update(skip_locked=True)
_FORGET = delete(untold).where(untold.c.id.in_(bindparam("ids", expanding=True)))


def note(tx: Transaction, application_id: int, kind: Told, **data: Any) -> None:
    """Have it told to the family."""
    row = {"application_id": application_id, "kind": kind.value, "at": tx.now, "data": data}
    tx.conn.execute(_WRITE, row)


def take(tx: Transaction, limit: int) -> list[News]:
    """The oldest of what is to be told: whoever takes it tells it in the same transaction."""
    rows = tx.conn.execute(_OLDEST, {"limit": limit}).all()
    if rows:
        tx.conn.execute(_FORGET, {"ids": [row.id for row in rows]})
    return [News(row.application_id, Told(row.kind), row.at, row.data or {}) for row in rows]
