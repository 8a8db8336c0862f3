"""Seats that came back after a confirmation go on the next list with their cause [003].

A referral given up, expired, refused at the desk or revoked, an application that the kindergarten declined:
the old seat keeps the ended claim, by which it is found here. It is taken out of its bulletin, and a new
one stands on the list of the instant at which it came back. One that was recalled, or whose group has been
closed, does not come out again.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select, update

from domain.local_time import local_date
from domain.seat_list import SeatList, list_for
from storage import policies, publishing
from storage.publishing import NewBulletin
from storage.seats.access_plans import ListRow
from storage.seats.reporting import next_list
from storage.tables import RETURNING, bulletin, child_group, claim, kindergarten, seat
from storage.transaction import Transaction
from storage.types import Day, Id, Instant

_CAME_BACK = (
    select(
        claim.c.id,
        claim.c.state.label("cause"),
        claim.c.ended_at,
        seat.c.id.label("seat_id"),
        seat.c.recalled_at,
        bulletin.c.group_id,
        bulletin.c.seat_kind,
        bulletin.c.released_on,
        bulletin.c.recalled_at.label("bulletin_recalled_at"),
        kindergarten.c.territory_id,
        child_group.c.language,
        child_group.c.birth_years,
        func.coalesce(child_group.c.closed_at, kindergarten.c.closed_at).label("closed_at"),
    )
    .join_from(claim, seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(RETURNING)
    .order_by(claim.c.ended_at, claim.c.id)
    .limit(bindparam("limit"))
)
_IN_TIME = _CAME_BACK.where(
    kindergarten.c.territory_id == bindparam("of_territory", type_=Id),
    claim.c.ended_at < bindparam("before", type_=Instant()),
)
_CLAIM = (
    update(claim)
    .where(claim.c.id == bindparam("of_claim", type_=Id), claim.c.returned_at.is_(None))
    .values(returned_at=bindparam("at", type_=Instant()))
)
_TAKE_OUT = (
    update(seat)
    .where(seat.c.id == bindparam("of_seat", type_=Id), seat.c.recalled_at.is_(None))
    .values(recalled_at=bindparam("at", type_=Instant()))
)
_SAME = (
    select(bulletin.c.id, bulletin.c.total_seats)
    .where(
        bulletin.c.list_id == bindparam("of_list", type_=Id),
        bulletin.c.group_id == bindparam("of_group", type_=Id),
        bulletin.c.cause == bindparam("because"),
        bulletin.c.released_on == bindparam("empty_from", type_=Day()),
        bulletin.c.recalled_at.is_(None),
    )
    .order_by(bulletin.c.id)
    .limit(1)
)
_GROW = (
    update(bulletin)
    .where(bulletin.c.id == bindparam("of_bulletin", type_=Id))
    .values(total_seats=bulletin.c.total_seats + 1)
)


def put_on_lists(tx: Transaction, limit: int) -> int:
    """Put seats that came back on the list that each belongs on; how many were looked at."""
    return _settle(tx, tx.conn.execute(_CAME_BACK, {"limit": limit}).all(), None)


def come_onto(tx: Transaction, found: ListRow, limit: int) -> int:
    """The same before a list is opened, which is locked: what came back in time for it or for one before.

    How many were looked at: as many as `limit`, and there may be more.
    """
    asked = {"of_territory": found.territory_id, "before": found.seat_list.publish_at, "limit": limit}
    return _settle(tx, tx.conn.execute(_IN_TIME, asked).all(), found)


def _settle(tx: Transaction, rows: Sequence[Any], opened: ListRow | None) -> int:
    for row in rows:
        if not _comes_out(row):
            _take_out(tx, row)
        elif opened is not None and _belongs_on(tx, row).publish_at == opened.seat_list.publish_at:
            _move(tx, row, opened.id)
        else:
            _move(tx, row, _list_for(tx, row))
    return len(rows)


def _comes_out(row: Any) -> bool:
    return row.recalled_at is None and row.bulletin_recalled_at is None and row.closed_at is None


def _belongs_on(tx: Transaction, row: Any) -> SeatList:
    """The list of the instant at which the seat came back."""
    return list_for(row.ended_at, policies.in_force(tx, row.territory_id, row.ended_at))


def _list_for(tx: Transaction, row: Any) -> int:
    """That list while nobody can take its seats; else, found out too late, the next one from now on."""
    planned = _belongs_on(tx, row)
    place = publishing.existing(tx, row.territory_id, planned)
    if place is None and tx.now < planned.opens_at:
        place = publishing.place_on(tx, row.territory_id, planned)
    if place is not None and not place.is_closed:
        return place.id
    return next_list(tx, row.territory_id, tx.now)[0]


def _move(tx: Transaction, row: Any, list_id: int) -> None:
    """Out of the old bulletin and into a new one, unless another process has just done it."""
    if not _take_out(tx, row):
        return
    bulletin_id, position = _bulletin(tx, row, list_id)
    publishing.add_seats(tx, bulletin_id, range(position, position + 1))


def _take_out(tx: Transaction, row: Any) -> bool:
    """Take the old seat off, so that its group has room for another; False when that was done before."""
    if tx.conn.execute(_CLAIM, {"of_claim": row.id, "at": tx.now}).rowcount == 0:
        return False
    tx.conn.execute(_TAKE_OUT, {"of_seat": row.seat_id, "at": tx.now})
    return True


def _bulletin(tx: Transaction, row: Any, list_id: int) -> tuple[int, int]:
    """The bulletin of that group's seats with that cause and that day, and the next position in it."""
    empty_from = _empty_from(row)
    asked = {"of_list": list_id, "of_group": row.group_id, "because": row.cause, "empty_from": empty_from}
    same = tx.conn.execute(_SAME, asked).one_or_none()
    if same is not None:
        tx.conn.execute(_GROW, {"of_bulletin": same.id})
        return same.id, same.total_seats + 1
    new = NewBulletin(
        list_id=list_id,
        group_id=row.group_id,
        seats=1,
        language=row.language,
        birth_years=row.birth_years,
        seat_kind=row.seat_kind,
        released_on=empty_from,
        reported_at=row.ended_at,
        cause=row.cause,
    )
    return publishing.write_bulletin(tx, new), 1


def _empty_from(row: Any) -> date:
    """The day it came back; where it was really to be empty later only, still that day."""
    released_on: date = row.released_on
    return max(released_on, local_date(row.ended_at))
