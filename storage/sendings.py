"""How notices were sent: by which channel, when, with what result. The parent's proof of notice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from storage.message_history import payload_of
from storage.tables import contact, conversation, delivery, message, notice
from storage.transaction import Transaction
from storage.types import Instant
from storage.vault import VaultError

ARRIVED = frozenset({"sent", "delivered", "read"})


@dataclass(frozen=True, slots=True)
class Sending:
    """One message that was, or is to be, sent outside of a turn.

    `at` is when it was written; the other instants are the channel's. `contact_id` and `parent_id` are of the
    account in whose log it stands, `last_heard_at` is when that account wrote last. `payload` is empty where
    it can't be opened.
    """

    message_id: int
    notice_id: int | None
    channel: str
    state: str
    at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    contact_id: int
    parent_id: int | None
    last_heard_at: datetime | None
    payload: bytes = field(repr=False)

    @property
    def arrived(self) -> bool:
        """The channel took it."""
        return self.state in ARRIVED


_SENDINGS: Select[Any] = (
    select(
        delivery.c.message_id,
        delivery.c.notice_id,
        delivery.c.channel,
        delivery.c.state,
        message.c.at,
        delivery.c.sent_at,
        delivery.c.delivered_at,
        delivery.c.read_at,
        contact.c.id,
        contact.c.parent_id,
        conversation.c.last_message_at,
        message.c.payload,
        message.c.sealed,
        message.c.dedup_key,
    )
    .join_from(delivery, message, message.c.id == delivery.c.message_id)
    .join(conversation, conversation.c.id == delivery.c.conversation_id)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .order_by(delivery.c.message_id)
)
_MANY = _SENDINGS.where(delivery.c.message_id.in_(bindparam("ids", expanding=True)))
_OF_NOTICES = _SENDINGS.where(delivery.c.notice_id.in_(bindparam("notices", expanding=True)))
_BY_NAME = select(delivery.c.message_id, delivery.c.state).where(
    delivery.c.channel == bindparam("channel"), delivery.c.external_id == bindparam("external_id")
)
_AWAITED = (
    select(delivery.c.message_id)
    .where(delivery.c.next_way_at.is_not(None), delivery.c.next_way_at <= bindparam("now", type_=Instant()))
    .order_by(delivery.c.next_way_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_LOOKED_AT = (
    update(delivery)
    .where(delivery.c.message_id.in_(bindparam("ids", expanding=True)))
    .values(next_way_at=None)
)


def read(tx: Transaction, message_ids: Sequence[int]) -> list[Sending]:
    """These messages."""
    return _opened(tx, tx.conn.execute(_MANY, {"ids": list(message_ids)}).all())


def of_notices(tx: Transaction, notice_ids: Collection[int]) -> list[Sending]:
    """How these notices were sent, in the order in which that was tried."""
    if not notice_ids:
        return []
    return _opened(tx, tx.conn.execute(_OF_NOTICES, {"notices": list(notice_ids)}).all())


@dataclass(frozen=True, slots=True)
class Named:
    """The messages that a channel knows by one name, and those of them of which it has told nothing yet."""

    every: Sequence[int]
    untold: Sequence[int]


def named(tx: Transaction, channel: str, external_id: str) -> Named:
    """All of that name: a channel may give one to several."""
    rows = tx.conn.execute(_BY_NAME, {"channel": channel, "external_id": external_id}).all()
    return Named([row.message_id for row in rows], [row.message_id for row in rows if row.state == "sent"])


def take_awaited(tx: Transaction, limit: int) -> list[Sending]:
    """Some of those whose time to be read is over: whoever takes them looks at them now."""
    ids = tx.conn.execute(_AWAITED, {"now": tx.now, "limit": limit}).scalars().all()
    if not ids:
        return []
    tx.conn.execute(_LOOKED_AT, {"ids": list(ids)})
    return read(tx, ids)


def _opened(tx: Transaction, rows: Sequence[Any]) -> list[Sending]:
    return [_one(tx, row) for row in rows]


def _one(tx: Transaction, row: Any) -> Sending:
    fields: tuple[Any, ...] = (*row[:-3], _payload(tx, row))
    return Sending(*fields)


def _payload(tx: Transaction, row: Any) -> bytes:
    try:
        return payload_of(tx, row) or b""
    except VaultError:
        return b""


@dataclass(frozen=True, slots=True)
class Proof:
    """How one notice was sent: each try in its order. `unsent`: why never; `send_at`: when it will be."""

    sendings: Sequence[Sending]
    unsent: str | None = None
    send_at: datetime | None = None


_HOW_SENT = select(notice.c.id, notice.c.sent_with, notice.c.unsent, notice.c.send_at).where(
    notice.c.id.in_(bindparam("notices", expanding=True))
)


def proofs(tx: Transaction, notice_ids: Collection[int]) -> dict[int, Proof]:
    """The proof of each of these notices; of those that went in another one's message, that one's."""
    if not notice_ids:
        return {}
    rows = tx.conn.execute(_HOW_SENT, {"notices": list(notice_ids)}).all()
    leading = {row.id: row.sent_with or row.id for row in rows}
    found = of_notices(tx, set(leading.values()))
    return {
        row.id: Proof([each for each in found if each.notice_id == leading[row.id]], row.unsent, row.send_at)
        for row in rows
    }
