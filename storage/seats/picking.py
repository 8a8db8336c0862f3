"""The statement that takes a seat: it picks one that is free and makes it somebody's, all at once.

It begins at a random seat, so that many who press at the same instant do not all wait for the first
one. In the same step it ends the lapsed hold that still stands in that seat, and that of the same child: to
the schema they are live until somebody ends them.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, literal_column, or_, select, true, update

from domain.claim import ClaimKind
from domain.hold import HoldEnd
from storage.ids import new_id
from storage.prepared import Prepared
from storage.seats.free import FREE, NOW
from storage.tables import claim, seat
from storage.transaction import Transaction
from storage.types import Id, Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A seat of a bulletin for a child. `total_seats` is how many the bulletin has in all."""

    application_id: int
    child_id: int
    bulletin_id: int
    total_seats: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Picked:
    """The seat and the new claim on it."""

    claim_id: int
    seat_id: int


_CLAIM, _CHILD = bindparam("claim", type_=Id), bindparam("child", type_=Id)
_UNTIL = bindparam("until", type_=Instant())
_FROM = bindparam("from_position", type_=seat.c.position.type)
_ONE = (
    select(seat.c.id)
    .where(seat.c.bulletin_id == bindparam("bulletin", type_=Id), FREE)
    .order_by((seat.c.position >= _FROM).desc(), seat.c.position)
    .limit(literal_column("1"))
)
_OURS = {"claim_id": _CLAIM, "held_until": _UNTIL}
_ROW = {
    "application_id": bindparam("application", type_=Id),
    "child_id": _CHILD,
    "state": literal_column(f"'{ClaimKind.HELD.value}'"),
    "taken_at": NOW,
    "held_until": _UNTIL,
}
_LAPSED = (
    claim.c.ended_at.is_(None)
    & (claim.c.state == literal_column(f"'{ClaimKind.HELD.value}'"))
    & (claim.c.held_until <= NOW)
)
_ENDED = {"state": literal_column(f"'{HoldEnd.LAPSED.value}'"), "ended_at": claim.c.held_until}


def _in_one_statement(*, waiting: bool) -> Prepared:
    """PostgreSQL's: `waiting` waits for seats that somebody is just changing, else they are passed over."""
    picked = _ONE.with_for_update(skip_locked=not waiting).cte("picked")
    over = (
        select(claim.c.id)
        .where(_LAPSED, or_(claim.c.seat_id.in_(select(picked.c.id)), claim.c.child_id == _CHILD))
        # In order, or two who end each other's holds would wait for each other.
        .order_by(claim.c.id)
        .with_for_update()
        .cte("over")
    )
    ended = update(claim).where(claim.c.id == over.c.id).values(_ENDED).returning(claim.c.id).cte("ended")
    taken = update(seat).where(seat.c.id == picked.c.id).values(_OURS).returning(seat.c.id).cte("taken")
    # Counting what was ended makes the database end it before it writes the new claim.
    cleared = select(func.count()).select_from(ended).subquery("cleared")
    row = select(_CLAIM, taken.c.id, *_ROW.values()).select_from(taken).join(cleared, true())
    return Prepared(insert(claim).from_select(["id", "seat_id", *_ROW], row).returning(claim.c.seat_id))


_TAKE, _WAIT_AND_TAKE = _in_one_statement(waiting=False), _in_one_statement(waiting=True)
# SQLite has no such statement, and one writer: nobody comes between the three.
_MARK = Prepared(update(seat).where(seat.c.id == _ONE.scalar_subquery()).values(_OURS).returning(seat.c.id))
_SEAT = bindparam("of_seat", type_=Id)
_END_LAPSED = Prepared(
    update(claim).where(_LAPSED, or_(claim.c.seat_id == _SEAT, claim.c.child_id == _CHILD)).values(_ENDED)
)
_WRITE = Prepared(insert(claim).values(id=_CLAIM, seat_id=_SEAT, **_ROW))


def pick(tx: Transaction, wanted: Wanted) -> Picked | None:
    """Take a free seat; None: there is none. Whether the child may is asked before, under its lock."""
    claim_id = new_id()
    values: dict[str, Any] = {
        "claim": claim_id,
        "application": wanted.application_id,
        "child": wanted.child_id,
        "bulletin": wanted.bulletin_id,
        "from_position": secrets.randbelow(max(wanted.total_seats, 1)) + 1,
        "until": wanted.until,
        "now": tx.now,
    }
    seat_id = _on_sqlite(tx, values) if tx.dialect == "sqlite" else _on_postgresql(tx, values)
    return None if seat_id is None else Picked(claim_id, seat_id)


def _on_postgresql(tx: Transaction, values: dict[str, Any]) -> int | None:
    # A seat that was passed over may be given back the next moment: only one who waited knows.
    row = _TAKE.first(tx, values) or _WAIT_AND_TAKE.first(tx, values)
    return None if row is None else row.seat_id


def _on_sqlite(tx: Transaction, values: dict[str, Any]) -> int | None:
    row = _MARK.first(tx, values)
    if row is None:
        return None
    _END_LAPSED.run(tx, values | {"of_seat": row.id})
    _WRITE.run(tx, values | {"of_seat": row.id})
    seat_id: int = row.id
    return seat_id
