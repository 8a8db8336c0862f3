"""What is to be sent: leased by a worker, sent by it, and then settled (`settling`).

A lease has an end, so that the rows of a worker that died come back. Instants of leases are
real ones, not the demo clock's, and are handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, literal_column, or_, select, update

from storage.message_history import payload_of
from storage.messages import Operation
from storage.settling import Settled, settle
from storage.tables import contact, conversation, delivery, message
from storage.tables.delivery import PENDING
from storage.transaction import Transaction
from storage.types import Instant
from storage.vault import VaultError

__all__ = ["Leased", "Settled", "external_id", "lease_due", "release_all", "settle"]


@dataclass(frozen=True, slots=True)
class Leased:
    """A message to be sent now, by whoever leased it. `payload` is empty where it can't be opened."""

    message_id: int
    conversation_id: int
    contact_id: int
    channel: str
    address: str
    operation: Operation
    target_external_id: str | None
    kind: str
    dedup_key: int
    tries: int
    due_at: datetime
    payload: bytes


_now = bindparam("now", type_=Instant())
_other = delivery.alias("other")
# In a chat the order is kept: what is due before it, or failed and waits for another try, goes
# first; and nothing goes while something of the same chat is on its way. An SMS goes to another.
_held_back = exists().where(
    _other.c.conversation_id == delivery.c.conversation_id,
    _other.c.channel == delivery.c.channel,
    _other.c.state == literal_column("'pending'"),
    or_(
        _other.c.lease_until > _now,
        and_(
            _other.c.message_id < delivery.c.message_id,
            or_(_other.c.due_at <= _now, _other.c.tries > 0),
        ),
    ),
)
_DUE: Select[Any] = (
    select(
        delivery.c.message_id,
        delivery.c.conversation_id,
        contact.c.id.label("contact_id"),
        delivery.c.channel,
        contact.c.address,
        delivery.c.operation,
        delivery.c.target_external_id,
        message.c.kind,
        message.c.dedup_key,
        delivery.c.tries,
        delivery.c.due_at,
        message.c.payload,
        message.c.sealed,
    )
    .join_from(delivery, message, message.c.id == delivery.c.message_id)
    .join(conversation, conversation.c.id == delivery.c.conversation_id)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .where(
        delivery.c.channel == bindparam("channel"),
        PENDING,
        delivery.c.due_at <= _now,
        or_(delivery.c.lease_until.is_(None), delivery.c.lease_until <= _now),
        ~_held_back,
    )
    .order_by(delivery.c.urgency, delivery.c.due_at, delivery.c.message_id)
    .limit(bindparam("limit"))
    # Rendered on PostgreSQL only: SQLite has one writer.
    .with_for_update(of=delivery, skip_locked=True)
)
_LEASE = (
    update(delivery)
    .where(delivery.c.message_id.in_(bindparam("ids", expanding=True)))
    .values(lease_until=bindparam("until", type_=Instant()), leased_by=bindparam("worker"))
)


_RELEASE = (
    update(delivery)
    .where(PENDING, delivery.c.leased_by.is_not(None))
    .values(lease_until=literal_column("NULL"), leased_by=literal_column("NULL"))
)
_later = message.alias("later")
_NOTHING_LATER = ~exists().where(
    _later.c.conversation_id == delivery.c.conversation_id,
    _later.c.id > delivery.c.message_id,
    _later.c.kind == literal_column("'notice'"),
    _later.c.channel == delivery.c.channel,
)
_STILL_LAST = select(delivery.c.external_id).where(delivery.c.message_id == bindparam("id"), _NOTHING_LATER)


def external_id(tx: Transaction, message_id: int) -> str | None:
    """The channel's id of a message that was sent and is still the last to be seen in its chat.

    None before it was sent, and when a notice was put below it.
    """
    found: str | None = tx.conn.execute(_STILL_LAST, {"id": message_id}).scalar()
    return found


def lease_due(
    tx: Transaction,
    channels: Sequence[str],
    worker: str,
    now_real: datetime,
    lease_until: datetime,
    limit: int,
) -> list[Leased]:
    """Lease up to `limit` messages that are due, of each channel the most urgent first.

    Never two of one conversation at once. `worker` names the process; no other has that name.
    """
    leased: list[Leased] = []
    for channel in channels:
        if len(leased) >= limit:
            break
        asked = {"channel": channel, "now": now_real, "limit": limit - len(leased)}
        due = tx.conn.execute(_DUE, asked)
        leased += [_leased(tx, row) for row in due]
    if leased:
        ids = [each.message_id for each in leased]
        tx.conn.execute(_LEASE, {"ids": ids, "until": lease_until, "worker": worker})
    return leased


def _leased(tx: Transaction, row: Any) -> Leased:
    try:
        payload = payload_of(tx, row) or b""
    except VaultError:
        # One that can't be opened must not keep the others from being leased.
        payload = b""
    fields: tuple[Any, ...] = (*row[:-2], payload)
    return Leased(*fields)


def release_all(tx: Transaction) -> None:
    """Take every lease away, where one starts who knows that no other worker lives."""
    tx.conn.execute(_RELEASE)
