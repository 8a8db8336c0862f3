"""What is due and was not sent yet: how much, and since when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from storage.tables import delivery
from storage.tables.delivery import PENDING
from storage.transaction import Transaction
from storage.types import Instant

_WAITING = (
    select(delivery.c.channel, delivery.c.urgency, func.count(), func.min(delivery.c.due_at))
    .where(PENDING, delivery.c.due_at <= bindparam("now", type_=Instant()))
    .group_by(delivery.c.channel, delivery.c.urgency)
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages of one channel and urgency that are due, the oldest since `since`."""

    channel: str
    urgency: int
    number: int
    since: datetime


def waiting(tx: Transaction, now_real: datetime) -> list[Waiting]:
    """All that is due."""
    return [Waiting(*row) for row in tx.conn.execute(_WAITING, {"now": now_real})]
