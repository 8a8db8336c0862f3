"""The inbox: what a parent was told, as facts; each is put in words when it is read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, func, insert, or_, select, update

from domain.notice import Told
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables import notice
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice that is not in the inbox yet; `data` as in `Notice`.

    `send_at`: when it goes out, where that is not at once; not in the conversation `not_in`.
    """

    parent_id: int
    kind: Told
    data: Mapping[str, Any] = field(repr=False)
    application_id: int | None = None
    send_at: datetime | None = None
    not_in: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `data` are the facts its words need: numbers, places, ISO instants, names."""

    id: int
    kind: Told
    at: datetime
    data: Mapping[str, Any] = field(repr=False)
    application_id: int | None = None
    read_at: datetime | None = None


_ADD = insert(notice)
COLUMNS = select(
    notice.c.id, notice.c.kind, notice.c.at, notice.c.data, notice.c.application_id, notice.c.read_at
)
_OF_PARENT = (
    COLUMNS.where(notice.c.parent_id == bindparam("parent"))
    .order_by(notice.c.at.desc(), notice.c.id.desc())
    .limit(bindparam("limit"))
)
_before = bindparam("before_at", type_=Instant())
_OLDER = _OF_PARENT.where(
    or_(
        notice.c.at < _before,
        (notice.c.at == _before) & (notice.c.id < bindparam("before_id")),
    )
)
_after = bindparam("after_at", type_=Instant())
_NEWER = (
    COLUMNS.where(
        notice.c.parent_id == bindparam("parent"),
        or_(
            notice.c.at > _after,
            (notice.c.at == _after) & (notice.c.id > bindparam("after_id")),
        ),
    )
    .order_by(notice.c.at, notice.c.id)
    .limit(bindparam("limit"))
)
_ONE = COLUMNS.where(notice.c.id == bindparam("notice"), notice.c.parent_id == bindparam("parent"))
_LOCKED = COLUMNS.add_columns(notice.c.parent_id).where(notice.c.id == bindparam("notice")).with_for_update()
_WITH = COLUMNS.where(
    notice.c.parent_id == bindparam("parent"), notice.c.sent_with == bindparam("leading")
).order_by(notice.c.at, notice.c.id)
_first = notice.alias("first")
_TOGETHER = (
    COLUMNS.add_columns(_first.c.id.label("leading"), notice.c.parent_id)
    .join(_first, _first.c.parent_id == notice.c.parent_id)
    .where(
        _first.c.id.in_(bindparam("leading", expanding=True)),
        or_(notice.c.id == _first.c.id, notice.c.sent_with == _first.c.id),
    )
)
_UNREAD = Prepared(
    select(func.count()).where(notice.c.parent_id == bindparam("parent"), notice.c.read_at.is_(None))
)
_READ = (
    update(notice)
    .where(notice.c.id.in_(bindparam("ids", expanding=True)), notice.c.read_at.is_(None))
    .values(read_at=bindparam("looked_at", type_=Instant()))
)


_ANSWERS_READ = (
    update(notice)
    .where(
        notice.c.parent_id == bindparam("parent"),
        notice.c.kind == Told.OPERATOR_ANSWERED.value,
        notice.c.read_at.is_(None),
    )
    .values(read_at=bindparam("looked_at", type_=Instant()))
)


def add(
    tx: Transaction,
    parent_id: int,
    kind: Told,
    data: Mapping[str, Any],
    at: datetime,
    application_id: int | None = None,
) -> int:
    """Put a notice into a parent's inbox; its id."""
    [notice_id] = add_all(tx, [NewNotice(parent_id, kind, data, application_id)], at)
    return notice_id


def add_all(tx: Transaction, many: Sequence[NewNotice], at: datetime) -> list[int]:
    """The same for several, in one statement; the ids, in this order."""
    rows = [_row(tx, each, at) for each in many]
    if rows:
        tx.conn.execute(_ADD, rows)
    return [row["id"] for row in rows]


def page(tx: Transaction, parent_id: int, limit: int, before: Notice | None = None) -> list[Notice]:
    """The newest notices of a parent, or those before one, newest first."""
    asked: dict[str, Any] = {"parent": parent_id, "limit": limit}
    if before is None:
        rows = tx.conn.execute(_OF_PARENT, asked)
    else:
        rows = tx.conn.execute(_OLDER, asked | {"before_at": before.at, "before_id": before.id})
    return [opened(tx, row) for row in rows]


def newer(tx: Transaction, parent_id: int, limit: int, after: Notice) -> list[Notice]:
    """The notices that came next after one, newest first."""
    asked = {"parent": parent_id, "limit": limit, "after_at": after.at, "after_id": after.id}
    rows = tx.conn.execute(_NEWER, asked).all()
    return [opened(tx, row) for row in reversed(rows)]


def find(tx: Transaction, parent_id: int, notice_id: int) -> Notice | None:
    """One notice, if it is this parent's."""
    row = tx.conn.execute(_ONE, {"parent": parent_id, "notice": notice_id}).first()
    return None if row is None else opened(tx, row)


@dataclass(frozen=True, slots=True)
class Locked:
    """A notice and whose it is; nobody else goes on with it before this transaction ends."""

    parent_id: int
    notice: Notice


def lock(tx: Transaction, notice_id: int) -> Locked | None:
    """One notice under a lock, whoever's it is; None when it is forgotten."""
    row = tx.conn.execute(_LOCKED, {"notice": notice_id}).first()
    return None if row is None else Locked(row.parent_id, opened(tx, row))


def sent_with(tx: Transaction, parent_id: int, leading: int) -> list[Notice]:
    """The notices of a parent that went out in another one's message, oldest first."""
    return [opened(tx, row) for row in tx.conn.execute(_WITH, {"parent": parent_id, "leading": leading})]


@dataclass(frozen=True, slots=True)
class Together:
    """The notices that are in one message, and whose they are."""

    parent_id: int
    notices: list[Notice]


def together(tx: Transaction, leading: Collection[int]) -> dict[int, Together]:
    """Of each of these that lead a message all the notices in it; nothing of those that are forgotten."""
    found: dict[int, Together] = {}
    for row in tx.conn.execute(_TOGETHER, {"leading": sorted(leading)}):
        found.setdefault(row.leading, Together(row.parent_id, [])).notices.append(opened(tx, row))
    return found


def unread(tx: Transaction, parent_id: int) -> int:
    """How many notices the parent has not looked at in the inbox."""
    return int(_UNREAD.first(tx, {"parent": parent_id})[0])


def mark_read(tx: Transaction, notice_ids: list[int], at: datetime) -> None:
    """The parent has looked at these."""
    if notice_ids:
        tx.conn.execute(_READ, {"ids": notice_ids, "looked_at": at})


def mark_answers_read(tx: Transaction, parent_id: int, at: datetime) -> None:
    """The parent has replied to an operator, and so has seen what that one said."""
    tx.conn.execute(_ANSWERS_READ, {"parent": parent_id, "looked_at": at})


def _row(tx: Transaction, new: NewNotice, at: datetime) -> dict[str, Any]:
    notice_id = new_id()
    return {
        "id": notice_id,
        "parent_id": new.parent_id,
        "application_id": new.application_id,
        "kind": new.kind.value,
        "data": tx.vault.seal_bytes("notice", notice_id, "data", orjson.dumps(dict(new.data))),
        "at": at,
        "send_at": new.send_at,
        "not_in": new.not_in,
    }


def opened(tx: Transaction, row: Any) -> Notice:
    """A row of COLUMNS as a notice. Raises VaultError."""
    data = orjson.loads(tx.vault.open_bytes("notice", row.id, "data", row.data)) if row.data else {}
    return Notice(row.id, Told(row.kind), row.at, data, row.application_id, row.read_at)
