"""Operators on duty: whom a question can be given to.

A session is over by the machine's own clock (`really`), and whoever has none left is on duty no more.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, literal_column, or_, select, update

from domain.staff import StaffRole
from storage.centre.line import IN_HAND, IN_POOL, LEFT_WAITING, silent_since
from storage.staff_sessions import IS_OPEN, open_at
from storage.tables import help_request, staff, staff_right, staff_session, territory
from storage.transaction import Transaction
from storage.types import Id, Instant
from storage.upwards import upwards


@dataclass(frozen=True, slots=True)
class Operator:
    """One on duty. `languages` are codes, `in_hand` the questions that are this one's at present."""

    staff_id: int
    login: str
    languages: tuple[str, ...]
    on_duty_since: datetime
    in_hand: int


_signed_in = exists().where(staff_session.c.staff_id == staff.c.id, IS_OPEN)
_in_hand = (
    select(func.count())
    .select_from(help_request)
    .where(help_request.c.assigned_to == staff.c.id, IN_HAND)
    .scalar_subquery()
    .label("in_hand")
)
_above = upwards(territory.c.id == bindparam("place", type_=Id))
_named = and_(staff_right.c.staff_id == staff.c.id, staff_right.c.territory_id.is_not(None))
_reaches = or_(
    ~exists().where(_named), exists().where(_named, staff_right.c.territory_id.in_(select(_above.c.id)))
)
_duty = staff.c.on_duty_since.is_not(None)
_EVERY = (
    select(staff.c.id, staff.c.login, staff.c.languages, staff.c.on_duty_since, _in_hand)
    .where(
        _duty,
        staff.c.role == literal_column(f"'{StaffRole.OPERATOR.value}'"),
        staff.c.disabled_at.is_(None),
        _signed_in,
    )
    .order_by(_in_hand, staff.c.on_duty_since, staff.c.id)
)
_REACHING = _EVERY.where(_reaches)
_BEGIN = (
    update(staff)
    .where(staff.c.id == bindparam("of_staff", type_=Id), staff.c.on_duty_since.is_(None))
    .values(on_duty_since=bindparam("at", type_=Instant()))
)
_SINCE = select(staff.c.on_duty_since).where(staff.c.id == bindparam("of_staff", type_=Id))
_GONE = select(staff.c.id).where(_duty, or_(~_signed_in, staff.c.disabled_at.is_not(None)))
_END = (
    update(staff)
    .where(staff.c.id.in_(bindparam("these", type_=Id, expanding=True)), _duty)
    .values(on_duty_since=None)
)
_GIVE_BACK = (
    update(help_request)
    .where(
        help_request.c.assigned_to.in_(bindparam("these", type_=Id, expanding=True)),
        LEFT_WAITING,
    )
    .values(IN_POOL)
)


def on_duty(tx: Transaction, territory_id: int | None, really: datetime) -> list[Operator]:
    """Who may be given a question from there: who has the fewest in hand first, then who began first.

    Of a conversation that has named no territory: all who are on duty.
    """
    asked: dict[str, Any] = open_at(really) | {"silent_since": silent_since(tx.now)}
    if territory_id is None:
        rows = tx.conn.execute(_EVERY, asked)
    else:
        rows = tx.conn.execute(_REACHING, asked | {"place": territory_id})
    return [Operator(row[0], row[1], tuple(row[2].split(",")), row[3], row[4]) for row in rows]


def on_duty_since(tx: Transaction, staff_id: int) -> datetime | None:
    """Since when somebody takes questions; None: not now."""
    since: datetime | None = tx.conn.execute(_SINCE, {"of_staff": staff_id}).scalar()
    return since


def begin(tx: Transaction, staff_id: int, at: datetime) -> None:
    """Somebody takes questions from now on."""
    tx.conn.execute(_BEGIN, {"of_staff": staff_id, "at": at})


def end(tx: Transaction, staff_ids: Collection[int]) -> None:
    """They take none any more. What waits with them goes back to the pool; what is answered stays theirs."""
    if staff_ids:
        tx.conn.execute(_END, {"these": list(staff_ids)})
        tx.conn.execute(_GIVE_BACK, {"these": list(staff_ids)})


def end_of_gone(tx: Transaction, really: datetime) -> int:
    """End the duty of all who are signed in nowhere any more, or shut out; how many there were."""
    gone = tx.conn.execute(_GONE, open_at(really)).scalars().all()
    end(tx, gone)
    return len(gone)
