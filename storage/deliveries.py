"""What is to be sent: leased by a worker, sent, settled.

A lease has an end, so that the rows of a worker that died come back. Instants of leases are
real ones, not the demo clock's, and are handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from sqlalchemy import Select, and_, bindparam, exists, func, literal_column, or_, select, update

from storage.message_history import payload_of
from storage.messages import Operation
from storage.tables import contact, conversation, delivery, message
from storage.tables.delivery import PENDING
from storage.transaction import Transaction
from storage.types import Instant

Outcome = Literal["pending", "sent", "delivered", "failed", "given_up"]


@dataclass(frozen=True, slots=True)
class Leased:
    """A message to be sent now, by whoever leased it."""

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


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a leased message. Made by the class methods."""

    message_id: int
    worker: str
    state: Outcome
    external_id: str | None = None
    error: str | None = None
    sent_at: datetime | None = None
    due_at: datetime | None = None

    @classmethod
    def sent(cls, message_id: int, worker: str, at: datetime, external_id: str | None) -> Self:
        """The channel took it, under its id."""
        return cls(message_id, worker, "sent", external_id, sent_at=at)

    @classmethod
    def delivered(cls, message_id: int, worker: str, at: datetime, external_id: str | None) -> Self:
        """The channel took it and it arrived."""
        return cls(message_id, worker, "delivered", external_id, sent_at=at)

    @classmethod
    def retry(cls, message_id: int, worker: str, due_at: datetime, error: str) -> Self:
        """It failed for now and is due again at `due_at`."""
        return cls(message_id, worker, "pending", error=error, due_at=due_at)

    @classmethod
    def failed(cls, message_id: int, worker: str, error: str) -> Self:
        """The channel refuses it and always will."""
        return cls(message_id, worker, "failed", error=error)

    @classmethod
    def given_up(cls, message_id: int, worker: str, error: str) -> Self:
        """It failed too often, or became pointless."""
        return cls(message_id, worker, "given_up", error=error)


_now = bindparam("now", type_=Instant())
_other = delivery.alias("other")
# In a chat the order is kept: what is due before it, or failed and waits for another try, goes
# first; and nothing goes while something of the same chat is on its way.
_held_back = exists().where(
    _other.c.conversation_id == delivery.c.conversation_id,
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
_SETTLE = (
    update(delivery)
    .where(delivery.c.message_id == bindparam("id"), PENDING, delivery.c.leased_by == bindparam("worker"))
    .values(
        state=bindparam("new_state"),
        external_id=bindparam("new_external_id"),
        error=bindparam("new_error"),
        sent_at=bindparam("new_sent_at"),
        due_at=func.coalesce(bindparam("new_due_at", type_=Instant()), delivery.c.due_at),
        tries=delivery.c.tries + literal_column("1"),
        lease_until=literal_column("NULL"),
        leased_by=literal_column("NULL"),
    )
)


_EXTERNAL = select(delivery.c.external_id).where(delivery.c.message_id == bindparam("id"))


def external_id(tx: Transaction, message_id: int) -> str | None:
    """The channel's id of a message that was sent; None before that."""
    found: str | None = tx.conn.execute(_EXTERNAL, {"id": message_id}).scalar()
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
    fields: tuple[Any, ...] = (*row[:-2], payload_of(tx, row) or b"")
    return Leased(*fields)


_RELEASE = (
    update(delivery)
    .where(PENDING, delivery.c.leased_by.is_not(None))
    .values(lease_until=literal_column("NULL"), leased_by=literal_column("NULL"))
)


def release_all(tx: Transaction) -> None:
    """Take every lease away, where one starts who knows that no other worker lives."""
    tx.conn.execute(_RELEASE)


def settle(tx: Transaction, outcomes: Sequence[Settled]) -> None:
    """Write down what became of leased messages, many at once.

    Without effect for a message whose lease was lost to another worker, or that was settled.
    """
    if not outcomes:
        return
    rows = [
        {
            "id": each.message_id,
            "worker": each.worker,
            "new_state": each.state,
            "new_external_id": each.external_id,
            "new_error": each.error,
            "new_sent_at": each.sent_at,
            "new_due_at": each.due_at,
        }
        for each in sorted(outcomes, key=_by_id)  # one order, so that two batches cannot deadlock
    ]
    tx.conn.execute(_SETTLE, rows)


def _by_id(outcome: Settled) -> int:
    return outcome.message_id
