"""The parent's own journal [004]: what was done with applications and cabinet, by whom, from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from domain.notice import Deed
from storage import stated_reasons
from storage.tables import application, parent_journal, stated_reason
from storage.transaction import Transaction
from storage.types import Id, Instant

SYSTEM, REGISTER = "system", "register"


def by_parent(parent_id: int) -> str:
    """The actor's name of a parent."""
    return f"parent:{parent_id}"


def by_helper(helper_id: int) -> str:
    """The actor's name of somebody who helps a parent."""
    return f"helper:{helper_id}"


def by_staff(staff_id: int) -> str:
    """The actor's name of a member of staff."""
    return f"staff:{staff_id}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `actor` as the makers above say it; `data` holds nothing that names a person.

    `number` is that of the application it is about. What staff have stated as their `reason` may name
    somebody: it is sealed where it lies, and stands open in `data` here.
    """

    id: int
    at: datetime
    actor: str
    what: Deed
    channel: str | None
    data: Mapping[str, Any]
    application_id: int | None
    number: int | None = None


_LINES = (
    select(
        parent_journal.c.id,
        parent_journal.c.at,
        parent_journal.c.actor,
        parent_journal.c.what,
        parent_journal.c.channel,
        parent_journal.c.data,
        parent_journal.c.application_id,
        application.c.number,
        parent_journal.c.reason_id,
        stated_reason.c.words,
    )
    .join_from(parent_journal, application, application.c.id == parent_journal.c.application_id, isouter=True)
    .outerjoin(stated_reason, stated_reason.c.id == parent_journal.c.reason_id)
    .where(parent_journal.c.parent_id == bindparam("parent"))
    .limit(bindparam("limit"))
)
_OF_PARENT = _LINES.order_by(parent_journal.c.id.desc())
_OLDER = _OF_PARENT.where(parent_journal.c.id < bindparam("before"))
_NEWER = _LINES.where(parent_journal.c.id > bindparam("after")).order_by(parent_journal.c.id)
_LOOKED = (Deed.LOOKED.value, Deed.REVEALED.value)
_LOOKS = _OF_PARENT.where(parent_journal.c.what.in_(_LOOKED))
_HAS_LOOKED = (
    select(parent_journal.c.id)
    .where(
        parent_journal.c.parent_id == bindparam("parent", type_=Id),
        parent_journal.c.application_id == bindparam("application", type_=Id),
        parent_journal.c.what == Deed.LOOKED.value,
        parent_journal.c.actor == bindparam("who"),
        parent_journal.c.at >= bindparam("since", type_=Instant()),
    )
    .limit(1)
)
_LOOKED_SINCE = select(parent_journal.c.data).where(
    parent_journal.c.parent_id == bindparam("parent", type_=Id),
    parent_journal.c.what == Deed.LOOKED.value,
    parent_journal.c.actor == bindparam("who"),
    parent_journal.c.at >= bindparam("since", type_=Instant()),
)
_BY_OTHERS = _OF_PARENT.where(
    parent_journal.c.actor.not_in([bindparam("me"), SYSTEM, REGISTER]),
    parent_journal.c.what.not_in(_LOOKED),
)


def note(
    tx: Transaction,
    parent_id: int,
    actor: str,
    what: Deed,
    at: datetime,
    *,
    channel: str | None = None,
    application_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    reason_id: int | None = None,
) -> None:
    """Write one line. `data` must not name anybody: it is not sealed; a stated reason is."""
    row = {
        "parent_id": parent_id,
        "application_id": application_id,
        "at": at,
        "actor": actor,
        "what": what.value,
        "channel": channel,
        "data": dict(data or {}),
        "reason_id": reason_id,
    }
    tx.conn.execute(insert(parent_journal), row)


def page(tx: Transaction, parent_id: int, limit: int, before: int | None = None) -> list[Entry]:
    """The newest lines of a parent's journal, or those before one, newest first."""
    asked = {"parent": parent_id, "limit": limit}
    if before is None:
        rows = tx.conn.execute(_OF_PARENT, asked)
    else:
        rows = tx.conn.execute(_OLDER, asked | {"before": before})
    return [_entry(tx, row) for row in rows]


def newer(tx: Transaction, parent_id: int, limit: int, after: int) -> list[Entry]:
    """The lines that came next after one, newest first."""
    rows = tx.conn.execute(_NEWER, {"parent": parent_id, "limit": limit, "after": after}).all()
    return [_entry(tx, row) for row in reversed(rows)]


def by_others(tx: Transaction, parent_id: int, limit: int) -> list[Entry]:
    """What other people did with what is this parent's, newest first; their looks are told apart."""
    asked = {"parent": parent_id, "limit": limit, "me": by_parent(parent_id)}
    return [_entry(tx, row) for row in tx.conn.execute(_BY_OTHERS, asked)]


def looks(tx: Transaction, parent_id: int, limit: int) -> list[Entry]:
    """Who looked at the parent's data, newest first."""
    return [_entry(tx, row) for row in tx.conn.execute(_LOOKS, {"parent": parent_id, "limit": limit})]


def has_looked(tx: Transaction, parent_id: int, actor: str, application_id: int, since: datetime) -> bool:
    """Whether a parent's journal says already that somebody looked at an application since then."""
    asked = {"parent": parent_id, "application": application_id, "who": actor, "since": since}
    return tx.conn.execute(_HAS_LOOKED, asked).first() is not None


def has_read_chat(tx: Transaction, parent_id: int, actor: str, conversation_id: int, since: datetime) -> bool:
    """The same of a chat."""
    asked = {"parent": parent_id, "who": actor, "since": since}
    return any(
        (data or {}).get("conversation") == str(conversation_id)
        for data in tx.conn.execute(_LOOKED_SINCE, asked).scalars()
    )


def _entry(tx: Transaction, row: Any) -> Entry:
    reason = {} if row.words is None else {"reason": stated_reasons.opened(tx, row.reason_id, row.words)}
    return Entry(
        id=row.id,
        at=row.at,
        actor=row.actor,
        what=Deed(row.what),
        channel=row.channel,
        data=(row.data or {}) | reason,
        application_id=row.application_id,
        number=row.number,
    )
