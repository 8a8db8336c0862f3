"""What is to be sent: leased by a worker, sent by it, and then settled (`settling`).

A lease has an end, so that the rows of a worker that died come back. Instants of leases are
real ones, not the demo clock's, and are handed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, bindparam, exists, literal_column, select, update

from domain.manner import Urgency
from storage.message_history import payload_of
from storage.messages import Operation
from storage.prepared import Prepared
from storage.settling import Settled, settle
from storage.shares import Room, channels, due
from storage.tables import contact, conversation, delivery, message
from storage.tables.delivery import PENDING
from storage.transaction import Transaction
from storage.types import Instant
from storage.vault import VaultError

__all__ = ["TOO_LATE", "Found", "Leased", "Settled", "external_id", "lease_due", "release_all", "settle"]


@dataclass(frozen=True, slots=True)
class Leased:
    """A message to be sent now, by whoever leased it. `payload` is empty where it can't be opened.

    `account_of`: the parent who is signed in there now. `waited`: how long ago it was written, unless it is
    an answer; `useful_for`: how much longer it is of use, None where that does not end. Both by the service's
    clock.
    """

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
    urgency: int
    notice_id: int | None
    account_of: int | None
    lease_until: datetime
    waited: timedelta
    useful_for: timedelta | None
    payload: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """What was leased, what was given up as being too late, and of each channel the share served last."""

    leased: list[Leased]
    lost: list[Settled]
    served: Mapping[str, int]


_ROWS: Select[Any] = (
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
        delivery.c.urgency,
        delivery.c.notice_id,
        contact.c.parent_id,
        message.c.at,
        delivery.c.useful_until,
        message.c.payload,
        message.c.sealed,
    )
    .join_from(delivery, message, message.c.id == delivery.c.message_id)
    .join(conversation, conversation.c.id == delivery.c.conversation_id)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .where(delivery.c.message_id.in_(bindparam("ids", expanding=True)))
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
NOBODY_SERVED: Mapping[str, int] = MappingProxyType({})
ZERO = timedelta(0)
TOO_LATE = "too late"
"""Why a message was given up that could not be sent while it was of use."""

_later = message.alias("later")
_NOTHING_LATER = ~exists().where(
    _later.c.conversation_id == delivery.c.conversation_id,
    _later.c.id > delivery.c.message_id,
    _later.c.kind == literal_column("'notice'"),
    _later.c.channel == delivery.c.channel,
)
_STILL_LAST = Prepared(
    select(delivery.c.external_id).where(delivery.c.message_id == bindparam("id"), _NOTHING_LATER)
)


def external_id(tx: Transaction, message_id: int) -> str | None:
    """The channel's id of a message that was sent and is still the last to be seen in its chat.

    None before it was sent, and when a notice was put below it.
    """
    row = _STILL_LAST.first(tx, {"id": message_id})
    return None if row is None else row.external_id


def lease_due(
    tx: Transaction,
    rooms: Mapping[str, Room],
    worker: str,
    now_real: datetime,
    lease_until: datetime,
    served: Mapping[str, int] = NOBODY_SERVED,
) -> Found:
    """Lease what is due, of each channel no more than there is room for, as `shares` says what goes first.

    Never two of one conversation at once. What is of no use any more is given up here. `worker` names the
    process; no other has that name. `served` are the shares that a lease before this one has told.
    """
    ids: list[int] = []
    last = dict(served)
    waiting = channels(tx)
    for channel, room in rooms.items():
        if channel not in waiting:
            continue
        chosen, last[channel] = due(tx, channel, now_real, room, last.get(channel, 0))
        ids += chosen
    if not ids:
        return Found([], [], last)
    tx.conn.execute(_LEASE, {"ids": ids, "until": lease_until, "worker": worker})
    rows = {row.message_id: row for row in tx.conn.execute(_ROWS, {"ids": ids})}
    found = [_leased(tx, rows[each], lease_until) for each in ids]
    useless = [each.message_id for each in found if each.useful_for is not None and each.useful_for <= ZERO]
    lost = settle(tx, [Settled.given_up(each, worker, TOO_LATE) for each in useless])
    return Found([each for each in found if each.message_id not in useless], lost, last)


def _leased(tx: Transaction, row: Any, lease_until: datetime) -> Leased:
    try:
        payload = payload_of(tx, row) or b""
    except VaultError:
        # One that can't be opened must not keep the others from being leased.
        payload = b""
    useful_for = None if row.useful_until is None else row.useful_until - tx.now
    waited = tx.now - row.at if row.urgency > Urgency.ANSWER else ZERO
    fields: tuple[Any, ...] = (*row[:-4], lease_until, waited, useful_for, payload)
    return Leased(*fields)


def release_all(tx: Transaction) -> None:
    """Take every lease away, where one starts who knows that no other worker lives."""
    tx.conn.execute(_RELEASE)
