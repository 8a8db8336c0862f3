"""Which files nobody needs, and what becomes of their rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, not_, or_, select, update

from storage.file_rows import PRINTED_KINDS
from storage.tables import document, export, file, kindergarten, parent
from storage.transaction import Transaction

UNUSED = timedelta(days=30)
"""How long a file is kept to which nothing refers: a form that was left has its pages for so long (ours)."""

PRINTED = timedelta(hours=1)
"""How long a printed referral is kept: its link is good for a quarter of that (ours)."""

EMPTY = "gone/"
"""What `stored_as` begins with once there is no blob any more."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A file that is marked as deleted, and the name of its blob."""

    id: int
    stored_as: str


def unused(tx: Transaction, limit: int) -> Sequence[int]:
    """Files older than `UNUSED` to which nothing refers, and printed referrals older than `PRINTED`.

    An export older than that is over, too.
    """
    asked = select(file.c.id).where(_is_unused(tx.now)).order_by(file.c.id).limit(limit)
    return tx.conn.execute(asked).scalars().all()


def mark_unused(tx: Transaction, ids: Collection[int]) -> int:
    """Mark those of these files that are still unused; how many.

    They are locked first: one that is being attached at this moment is passed over, and whoever wants
    to attach one of the others finds it gone.
    """
    mine = file.c.id.in_(ids)
    locked = select(file.c.id).where(mine).with_for_update(skip_locked=True)
    held = tx.conn.execute(locked).scalars().all()
    marked = update(file).where(file.c.id.in_(held), _is_unused(tx.now)).values(deleted_at=tx.now)
    return tx.conn.execute(marked).rowcount


def mark_dropped(tx: Transaction, ids: Collection[int]) -> int:
    """Mark those of these files to which nothing refers, however new they are; how many."""
    dropped = and_(file.c.id.in_(ids), file.c.deleted_at.is_(None), not_(_is_used()))
    return tx.conn.execute(update(file).where(dropped).values(deleted_at=tx.now)).rowcount


def deleted(tx: Transaction, after_id: int, limit: int) -> Sequence[Deleted]:
    """Files that are marked and still have a blob, in the order of their ids, after one."""
    asked = (
        select(file.c.id, file.c.stored_as)
        .where(file.c.id > after_id, file.c.deleted_at.is_not(None), not_(file.c.stored_as.startswith(EMPTY)))
        .order_by(file.c.id)
        .limit(limit)
    )
    return [Deleted(*row) for row in tx.conn.execute(asked)]


def forget(tx: Transaction, ids: Collection[int]) -> None:
    """The blobs of these files are gone: so are the rows; of one that something refers to, all it told."""
    told = {"name": None, "sha256": b"", "stored_as": EMPTY + file.c.id.cast(file.c.stored_as.type)}
    mine = file.c.id.in_(ids)
    tx.conn.execute(delete(file).where(mine, not_(or_(_is_used(), _is_exported()))))
    tx.conn.execute(update(file).where(mine).values(told))


def known(tx: Transaction, names: Collection[str]) -> frozenset[str]:
    """Which of these blobs belong to a file."""
    asked = select(file.c.stored_as).where(file.c.stored_as.in_(names))
    return frozenset(tx.conn.execute(asked).scalars())


def _is_unused(now: datetime) -> ColumnElement[bool]:
    printed = and_(file.c.kind.in_(PRINTED_KINDS), file.c.created_at < now - PRINTED)
    old = or_(file.c.created_at < now - UNUSED, printed)
    return and_(file.c.deleted_at.is_(None), old, not_(_is_used()))


def _is_used() -> ColumnElement[bool]:
    """A document, a portrait, or the picture of a kindergarten."""
    return or_(
        exists().where(document.c.file_id == file.c.id),
        exists().where(parent.c.photo_file_id == file.c.id),
        exists().where(kindergarten.c.picture_file_id == file.c.id),
    )


def _is_exported() -> ColumnElement[bool]:
    return exists().where(export.c.file_id == file.c.id)
