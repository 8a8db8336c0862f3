"""Dead letters: messages that were given up or refused. They can be seen, and sent again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal_column, or_, select, update

from storage.deliveries import TOO_LATE
from storage.notices_to_send import LOST_SENSE
from storage.sendings import ARRIVED
from storage.settling import LOST
from storage.tables import delivery, message
from storage.transaction import Transaction

MOST_AT_ONCE = 200
_LOST = delivery.c.state.in_(sorted(LOST))
_another = delivery.alias("another")
_TOLD_OTHERWISE = (
    exists()
    .where(_another.c.notice_id == delivery.c.notice_id, _another.c.state.in_(sorted({*ARRIVED, "pending"})))
    .correlate(delivery)
)
# What came too late stays so, and of whom everything was forgotten there is nothing to be sent. Who was told
# by the next way is not told twice.
_CAN_BE_SENT = (
    func.coalesce(delivery.c.error, "").not_in([TOO_LATE, LOST_SENSE]),
    or_(message.c.payload.is_not(None), message.c.sealed.is_not(None)),
    ~_TOLD_OTHERWISE,
)


@dataclass(frozen=True, slots=True)
class Heap:
    """The dead letters of one channel with one reason: how many, the first and the last of them when."""

    channel: str
    state: str
    reason: str
    number: int
    first_at: datetime
    last_at: datetime


def heaps(tx: Transaction, since: datetime) -> list[Heap]:
    """What was written since an instant and did not arrive, the greatest heap first."""
    reason = func.coalesce(delivery.c.error, "").label("reason")
    asked = (
        select(
            delivery.c.channel,
            delivery.c.state,
            reason,
            func.count().label("number"),
            func.min(message.c.at),
            func.max(message.c.at),
        )
        .join_from(delivery, message, message.c.id == delivery.c.message_id)
        .where(_LOST, message.c.at >= since)
        .group_by(delivery.c.channel, delivery.c.state, reason)
        .order_by(literal_column("number").desc(), delivery.c.channel, reason)
    )
    return [Heap(*row) for row in tx.conn.execute(asked)]


def send_again(
    tx: Transaction,
    now_real: datetime,
    since: datetime,
    channel: str | None = None,
    reason: str | None = None,
) -> int:
    """Let some of them be delivered anew, in the order in which they were written; how many.

    `reason` is how their reason begins. Call it with the same `now_real` until it says 0: what was lost once
    more since then is not among them.
    """
    chosen: list[ColumnElement[Any]] = [_LOST, message.c.at >= since, *_CAN_BE_SENT]
    chosen.append(delivery.c.due_at < now_real)
    if channel is not None:
        chosen.append(delivery.c.channel == channel)
    if reason is not None:
        chosen.append(delivery.c.error.startswith(reason, autoescape=True))
    ids: Sequence[int] = (
        tx.conn.execute(
            select(delivery.c.message_id)
            .join_from(delivery, message, message.c.id == delivery.c.message_id)
            .where(*chosen)
            .order_by(delivery.c.message_id)
            .limit(MOST_AT_ONCE)
        )
        .scalars()
        .all()
    )
    if ids:
        again = {"state": "pending", "tries": 0, "due_at": now_real, "error": None}
        tx.conn.execute(update(delivery).where(delivery.c.message_id.in_(ids), _LOST).values(again))
        tx.ring()
    return len(ids)
