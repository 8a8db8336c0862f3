"""Messages that were put off to an hour of the day: not those that failed and are tried again."""

from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, literal_column, or_, select, update

from storage.tables import delivery
from storage.tables.delivery import PENDING
from storage.transaction import Transaction
from storage.types import Instant

QUIET_HOURS = "quiet hours"
"""Why a message that was due has been put off."""

_PUT_OFF = and_(
    PENDING,
    delivery.c.due_at > bindparam("now_real", type_=Instant()),
    or_(delivery.c.tries == literal_column("0"), delivery.c.error == QUIET_HOURS),
)
_NEXT = select(delivery.c.due_at).where(_PUT_OFF).order_by(delivery.c.due_at).limit(literal_column("1"))
_ALL = select(delivery.c.message_id, delivery.c.due_at).where(_PUT_OFF)
_MOVE = (
    update(delivery)
    .where(delivery.c.message_id == bindparam("id"), PENDING)
    .values(due_at=bindparam("new_due_at", type_=Instant()))
)


def next_due(tx: Transaction, now_real: datetime) -> datetime | None:
    """When the next of them is due, in the machine's time."""
    found: datetime | None = tx.conn.execute(_NEXT, {"now_real": now_real}).scalar()
    return found


def bring_forward(tx: Transaction, now_real: datetime, by: timedelta) -> int:
    """Have all of them due so much sooner; how many. Whoever delivers is rung for."""
    rows = tx.conn.execute(_ALL, {"now_real": now_real}).all()
    if rows:
        tx.conn.execute(_MOVE, [{"id": row.message_id, "new_due_at": row.due_at - by} for row in rows])
        tx.ring()
    return len(rows)
