"""Notices that wait to go out: till the morning, or for others of the same parent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update

from storage.notices import COLUMNS, Notice, opened
from storage.tables import notice
from storage.transaction import Transaction
from storage.types import Instant

LOST_SENSE = "lost_sense"
"""It was not sent, for what it says was not so any more."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that is due to go out to a parent; not in the conversation `not_in`."""

    parent_id: int
    not_in: int | None
    notice: Notice


_NOW = bindparam("now", type_=Instant())
_PARENTS = (
    select(notice.c.parent_id)
    .where(notice.c.send_at <= _NOW)
    .order_by(notice.c.send_at, notice.c.id)
    .limit(bindparam("limit"))
)
_DUE = (
    COLUMNS.add_columns(notice.c.parent_id, notice.c.not_in)
    .where(notice.c.parent_id.in_(bindparam("parents", expanding=True)), notice.c.send_at <= _NOW)
    .order_by(notice.c.parent_id, notice.c.at, notice.c.id)
    .with_for_update(skip_locked=True)
)
_TAKEN = update(notice).where(notice.c.id.in_(bindparam("ids", expanding=True))).values(send_at=None)
_UNSENT = (
    update(notice).where(notice.c.id.in_(bindparam("ids", expanding=True))).values(unsent=bindparam("why"))
)
_WITH = update(notice).where(notice.c.id == bindparam("which")).values(sent_with=bindparam("leading"))


def take(tx: Transaction, limit: int) -> list[Waiting]:
    """All that is due of some parents, `limit` notices or a few more: whoever takes them sends them now."""
    asked = {"now": tx.now, "limit": limit}
    parents = sorted(set(tx.conn.execute(_PARENTS, asked).scalars()))
    if not parents:
        return []
    rows = tx.conn.execute(_DUE, {"now": tx.now, "parents": parents}).all()
    if rows:
        tx.conn.execute(_TAKEN, {"ids": [row.id for row in rows]})
    return [Waiting(row.parent_id, row.not_in, opened(tx, row)) for row in rows]


def not_sent(tx: Transaction, notice_ids: Sequence[int], why: str) -> None:
    """Write down why these were not sent; in the inbox they stay."""
    if notice_ids:
        tx.conn.execute(_UNSENT, {"ids": list(notice_ids), "why": why})


def sent_with(tx: Transaction, leading: Mapping[int, int]) -> None:
    """Write down in whose message others went out: the notice of each, and the one that leads it."""
    if leading:
        tx.conn.execute(_WITH, [{"which": each, "leading": first} for each, first in leading.items()])
