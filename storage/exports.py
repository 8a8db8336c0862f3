"""Exports: whose they are, where they lie, for how long; and whether one is under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, insert, literal_column, select

from storage import file_rows, people
from storage.file_rows import NewFile
from storage.tables import contact, conversation, errand, export, file, parent
from storage.transaction import Transaction
from storage.types import Id, Instant

KEPT = timedelta(hours=24)
"""How long an export waits to be fetched (ours)."""
CHUNK = 200

_OF_PARENT = (
    select(export.c.file_id, export.c.made_at, file.c.size)
    .join(file, file.c.id == export.c.file_id)
    .where(
        export.c.parent_id == bindparam("parent", type_=Id),
        export.c.made_at > bindparam("since", type_=Instant()),
        file.c.deleted_at.is_(None),
    )
    .order_by(export.c.made_at.desc(), file.c.created_at, file.c.id)
)
_UNDER_WAY = select(
    exists(
        select(literal_column("1"))
        .join_from(errand, conversation, conversation.c.id == errand.c.conversation_id)
        .join(contact, contact.c.id == conversation.c.contact_id)
        .where(
            contact.c.parent_id == bindparam("parent", type_=Id),
            errand.c.kind == bindparam("kind"),
            errand.c.state == literal_column("'pending'"),
        )
    )
)
_ERASED = select(parent.c.erased_at).where(parent.c.id == bindparam("parent", type_=Id))
_OLD = (
    select(export.c.file_id)
    .where(export.c.made_at <= bindparam("until", type_=Instant()))
    .order_by(export.c.made_at)
    .limit(CHUNK)
)
_FORGET = delete(export).where(export.c.file_id == bindparam("file", type_=Id))


@dataclass(frozen=True, slots=True)
class Export:
    """The newest export: its files in their order, the whole size in bytes, when it was made."""

    files: tuple[int, ...]
    size: int
    made_at: datetime

    @property
    def until(self) -> datetime:
        """Before which instant it can be fetched."""
        return self.made_at + KEPT


def add(tx: Transaction, parent_id: int, files: Sequence[NewFile]) -> datetime | None:
    """Write down the files of an export; when it was made. None: the parent is erased, nothing is written."""
    people.lock_parent(tx, parent_id)
    if tx.conn.execute(_ERASED, {"parent": parent_id}).scalar_one() is not None:
        return None
    for each in files:
        file_rows.add(tx, each)
        tx.conn.execute(insert(export).values(file_id=each.id, parent_id=parent_id, made_at=tx.now))
    return tx.now


def newest(tx: Transaction, parent_id: int, *, since: datetime | None = None) -> Export | None:
    """What can be fetched now, made after an instant; None: there is none (any more)."""
    asked = {"parent": parent_id, "since": max(tx.now - KEPT, since or tx.now - KEPT)}
    rows = tx.conn.execute(_OF_PARENT, asked).all()
    if not rows:
        return None
    last = [row for row in rows if row.made_at == rows[0].made_at]
    return Export(tuple(row.file_id for row in last), sum(row.size for row in last), rows[0].made_at)


def under_way(tx: Transaction, parent_id: int, kind: str) -> bool:
    """Whether one is being made for the parent, at any of the accounts. Locks the parent.

    So of two who ask at once the second sees the first.
    """
    people.lock_parent(tx, parent_id)
    return bool(tx.conn.execute(_UNDER_WAY, {"parent": parent_id, "kind": kind}).scalar_one())


def forget_old(tx: Transaction) -> int:
    """Take away what nobody has fetched in time, a few at a time; how many files went."""
    old = list(tx.conn.execute(_OLD, {"until": tx.now - KEPT}).scalars())
    for file_id in old:
        file_rows.mark_deleted(tx, file_id)
        tx.conn.execute(_FORGET, {"file": file_id})
    return len(old)
