"""What time does to the line, written down: silence gives a question back, a long wait becomes an alarm.

Nothing waits for it: whoever reads the line compares the time. Of two clockworks each row is one's alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, select, update

from storage.centre.line import IN_POOL, LEFT_WAITING, silent_since
from storage.tables import UNNOTICED, help_request
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True)
class Alarm:
    """Somebody has waited too long for an operator."""

    request_id: int
    territory_id: int | None
    waits_since: datetime


SILENT_FROM: Any = case(
    (help_request.c.assigned_at > help_request.c.waits_since, help_request.c.assigned_at),
    else_=help_request.c.waits_since,
)
"""Since when that one is silent."""
_silent = and_(LEFT_WAITING, bindparam("silent_since", type_=Instant()) >= SILENT_FROM)
_SILENT = (
    select(help_request.c.id)
    .where(_silent)
    .order_by(help_request.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_GIVE_BACK = update(help_request).where(help_request.c.id.in_(_SILENT)).values(IN_POOL)
_LATE = (
    select(help_request.c.id)
    .where(UNNOTICED, help_request.c.alarm_at <= bindparam("now", type_=Instant()))
    .order_by(help_request.c.alarm_at, help_request.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_NOTICE = (
    update(help_request)
    .where(help_request.c.id.in_(_LATE))
    .values(alarmed_at=bindparam("noticed_at", type_=Instant()))
    .returning(help_request.c.id, help_request.c.territory_id, help_request.c.waits_since)
)


def give_back(tx: Transaction, limit: int) -> int:
    """Put questions back into the pool whose operators are silent; how many."""
    asked = {"silent_since": silent_since(tx.now), "limit": limit}
    return tx.conn.execute(_GIVE_BACK, asked).rowcount


def notice_late(tx: Transaction, limit: int) -> list[Alarm]:
    """Note, once for each wait, who has waited too long."""
    asked = {"now": tx.now, "noticed_at": tx.now, "limit": limit}
    return [Alarm(*row) for row in tx.conn.execute(_NOTICE, asked)]
