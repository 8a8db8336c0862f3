"""Who of the staff has a chat before the eyes, and who types: by the machine's own clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, select

from storage.dialects import inserts
from storage.tables import presence, staff
from storage.transaction import Transaction
from storage.types import Id, Instant

LASTS = timedelta(seconds=30)
"""So long somebody counts as being there after the page has last said so."""
TYPES = timedelta(seconds=8)
"""So long somebody counts as typing after the page has last said so."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who looks at a conversation, and may be typing."""

    conversation_id: int
    staff_id: int
    login: str
    types: bool


def _there() -> Select[Any]:
    return (
        select(presence.c.conversation_id, presence.c.staff_id, staff.c.login, presence.c.typing_until)
        .join(staff, staff.c.id == presence.c.staff_id)
        .where(presence.c.seen_at > bindparam("since", type_=Instant()))
        .order_by(presence.c.conversation_id, staff.c.login)
    )


_PUT = {
    dialect: insert.on_conflict_do_update(
        index_elements=["conversation_id", "staff_id"],
        set_={"seen_at": insert.excluded.seen_at, "typing_until": insert.excluded.typing_until},
    )
    for dialect, insert in inserts(presence).items()
}
_OF = _there().where(presence.c.conversation_id.in_(bindparam("conversation_ids", type_=Id, expanding=True)))
_EVERYWHERE = _there().limit(bindparam("most"))
_OVER = (
    select(presence.c.conversation_id, presence.c.staff_id)
    .where(presence.c.seen_at <= bindparam("since", type_=Instant()))
    .limit(bindparam("most"))
)
_FORGET = delete(presence).where(
    presence.c.conversation_id == bindparam("of_conversation"), presence.c.staff_id == bindparam("of_staff")
)


def here(tx: Transaction, conversation_id: int, staff_id: int, at: datetime, typing: bool = False) -> None:
    """Somebody has the conversation before the eyes now. Whoever says so without typing has stopped it."""
    row = {
        "conversation_id": conversation_id,
        "staff_id": staff_id,
        "seen_at": at,
        "typing_until": at + TYPES if typing else None,
    }
    tx.conn.execute(_PUT[tx.dialect], row)


def of(tx: Transaction, conversation_ids: Collection[int], at: datetime) -> list[Present]:
    """Who is there in these conversations."""
    asked = {"conversation_ids": list(conversation_ids), "since": at - LASTS}
    return [_present(row, at) for row in tx.conn.execute(_OF, asked)]


def everywhere(tx: Transaction, at: datetime, most: int = 2000) -> list[Present]:
    """Who is anywhere, up to `most`."""
    return [_present(row, at) for row in tx.conn.execute(_EVERYWHERE, {"since": at - LASTS, "most": most})]


def forget_gone(tx: Transaction, at: datetime, most: int = 200) -> int:
    """Delete up to `most` of those who are not there any more; how many went."""
    gone = tx.conn.execute(_OVER, {"since": at - LASTS, "most": most}).all()
    if gone:
        keys = [{"of_conversation": row.conversation_id, "of_staff": row.staff_id} for row in gone]
        tx.conn.execute(_FORGET, keys)
    return len(gone)


def _present(row: Any, at: datetime) -> Present:
    types = row.typing_until is not None and row.typing_until > at
    return Present(row.conversation_id, row.staff_id, row.login, types)
