"""The password of a parent's cabinet: its hash, and since when it is set."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.dialects import parameters
from storage.prepared import Prepared
from storage.tables import parent
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class StoredPassword:
    """An argon2id hash with its parameters and salt."""

    hashed: str = field(repr=False)
    since: datetime


_OF_PARENT = Prepared(
    select(parent.c.password_hash, parent.c.password_set_at).where(
        parent.c.id == bindparam("parent_id"), parent.c.password_hash.is_not(None)
    )
)
_WRITE = (
    update(parent)
    .where(parent.c.id == bindparam("parent_id"))
    .values(parameters(parent, "password_hash", "password_set_at"))
)
_REMOVE_SINCE = (
    update(parent)
    .where(parent.c.id == bindparam("parent_id"), parent.c.password_set_at >= bindparam("since"))
    .values(password_hash=None, password_set_at=None)
)


def of_parent(tx: Transaction, parent_id: int) -> StoredPassword | None:
    """The parent's password; None when none is set."""
    row = _OF_PARENT.first(tx, {"parent_id": parent_id})
    return None if row is None else StoredPassword(*row)


def write(tx: Transaction, parent_id: int, hashed: str, at: datetime) -> None:
    """Set it, whatever it was before."""
    tx.conn.execute(_WRITE, {"parent_id": parent_id, "password_hash": hashed, "password_set_at": at})


def remove(tx: Transaction, parent_id: int) -> None:
    """The cabinet has no password any more."""
    tx.conn.execute(_WRITE, {"parent_id": parent_id, "password_hash": None, "password_set_at": None})


def remove_since(tx: Transaction, parent_id: int, since: datetime) -> bool:
    """Remove the one that was set at that instant or later; whether there was one."""
    return tx.conn.execute(_REMOVE_SINCE, {"parent_id": parent_id, "since": since}).rowcount == 1
