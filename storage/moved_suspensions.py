"""Suspensions that end earlier: days off were taken back after they had begun (ours).

A day off declared later makes none longer. The stop-list follows the child; the application that waits for
its end, if one does, is changed along with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from domain.application import Status
from domain.suspension import Suspension
from storage import applications
from storage.applications import Application
from storage.seats.moved_days import calendar_of
from storage.tables import referral, suspension
from storage.tables.queues import application
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True)
class ShorterSuspension:
    """A suspension that ends earlier; `application` waits for that, None where none does."""

    id: int
    was_until: datetime
    until: datetime
    application: Application | None


_NOW = bindparam("now", type_=Instant())
_RUNNING = (
    select(suspension.c.id)
    .where(suspension.c.ends_at > _NOW, suspension.c.referral_id.is_not(None))
    .order_by(suspension.c.id)
)
_READ = (
    select(suspension, referral.c.terms)
    .join_from(suspension, referral, referral.c.id == suspension.c.referral_id)
    .where(suspension.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(suspension.c.id)
)
_WAITING = select(application.c.id).where(
    application.c.child_id == bindparam("child"),
    application.c.territory_id == bindparam("territory"),
    application.c.kind == bindparam("of_kind"),
    application.c.status == Status.SUSPENDED.value,
    application.c.suspended_until == bindparam("was", type_=Instant()),
)
_SHORTEN = (
    update(suspension)
    .where(suspension.c.id == bindparam("which"))
    .values(ends_at=bindparam("until", type_=Instant()))
)
_WAIT_LESS = (
    update(application)
    .where(application.c.id == bindparam("which"))
    .values(suspended_until=bindparam("until", type_=Instant()))
)


def running(tx: Transaction) -> list[int]:
    """All suspensions that run now, by id."""
    return list(tx.conn.execute(_RUNNING, {"now": tx.now}).scalars())


def to_shorten(tx: Transaction, suspension_ids: Sequence[int]) -> list[int]:
    """Which of these end earlier by the calendar in force now than they were given."""
    rows = tx.conn.execute(_READ, {"ids": list(suspension_ids)}).all()
    return [row.id for row in rows if _until(tx, row) != row.ends_at]


def shorten(tx: Transaction, suspension_id: int) -> ShorterSuspension | None:
    """Write the earlier end; None when nothing is left to shorten."""
    seen = tx.conn.execute(_READ, {"ids": [suspension_id]}).one()
    asked = {"child": seen.child_id, "territory": seen.territory_id, "of_kind": seen.kind}
    waiting = tx.conn.execute(_WAITING, asked | {"was": seen.ends_at}).scalar()
    locked = None if waiting is None else applications.lock(tx, waiting)
    row = tx.conn.execute(_READ, {"ids": [suspension_id]}).one()
    until = _until(tx, row)
    if until == row.ends_at:
        return None
    tx.conn.execute(_SHORTEN, {"which": suspension_id, "until": until})
    if locked is not None and locked.status is Status.SUSPENDED and locked.suspended_until == row.ends_at:
        tx.conn.execute(_WAIT_LESS, {"which": locked.id, "until": until})
    return ShorterSuspension(suspension_id, row.ends_at, until, locked)


def _until(tx: Transaction, row: Any) -> datetime:
    days: int = row.terms["suspension_working_days"]
    given = Suspension(begins_at=row.starts_at, until=row.ends_at, working_days=days)
    return given.with_calendar(calendar_of(tx, row.territory_id), tx.now).until
