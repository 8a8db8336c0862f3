"""Seats that a kindergarten has reported, and what has become of them so far."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select

from domain.claim import ClaimKind
from storage.seats.free import FREE, NOW
from storage.tables import bulletin, child_group, claim, kindergarten, seat, seat_list
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedSeats:
    """A bulletin. The numbers of seats add up to `total`, but for those that came back or were recalled."""

    id: int
    group_id: int
    group: str
    kindergarten_id: int
    kindergarten: str
    language: str
    birth_years: tuple[int, ...]
    total: int
    free: int
    held: int
    sent: int
    referred: int
    enrolled: int
    recalled: int
    released_on: date
    reported_at: datetime
    publish_at: datetime
    opens_at: datetime
    priority_ends_at: datetime
    recalled_at: datetime | None
    cause: str | None

    @property
    def recallable(self) -> int:
        """How many seats could be taken off: what is signed for stays."""
        return self.free + self.held + self.sent + self.referred

    @property
    def mark(self) -> str:
        """What a form was made from: another mark, and it would decide over something nobody has seen."""
        return "-".join(str(each) for each in (self.total, self.free, self.held, self.sent, self.referred))


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which & seat.c.recalled_at.is_(None), 1), else_=0)), 0)


_HELD = (claim.c.state == ClaimKind.HELD.value) & (claim.c.held_until > NOW)
_COLUMNS = (
    bulletin.c.id,
    bulletin.c.group_id,
    child_group.c.name.label("group"),
    child_group.c.kindergarten_id,
    kindergarten.c.name.label("kindergarten"),
    bulletin.c.language,
    bulletin.c.birth_years,
    bulletin.c.total_seats.label("total"),
    bulletin.c.released_on,
    bulletin.c.reported_at,
    seat_list.c.publish_at,
    seat_list.c.opens_at,
    seat_list.c.priority_ends_at,
    bulletin.c.recalled_at,
    bulletin.c.cause,
)
_READ = (
    select(
        *_COLUMNS,
        _how_many(FREE).label("free"),
        _how_many(_HELD).label("held"),
        _how_many(claim.c.state == ClaimKind.APPLIED.value).label("sent"),
        _how_many(claim.c.state == ClaimKind.REFERRED.value).label("referred"),
        _how_many(claim.c.state == "enrolled").label("enrolled"),
        func.coalesce(func.sum(case((seat.c.recalled_at.is_not(None), 1), else_=0)), 0).label("recalled"),
    )
    .join_from(bulletin, seat_list, seat_list.c.id == bulletin.c.list_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .join(seat, seat.c.bulletin_id == bulletin.c.id)
    .outerjoin(claim, claim.c.id == seat.c.claim_id)
    .where(child_group.c.kindergarten_id.in_(bindparam("houses", type_=Id, expanding=True)))
    .group_by(*_COLUMNS)
    .order_by(seat_list.c.publish_at.desc(), bulletin.c.reported_at.desc(), bulletin.c.id)
)
_OF_GROUP = _READ.where(bulletin.c.group_id == bindparam("of_group", type_=Id)).limit(bindparam("most"))
_ONE = _READ.where(bulletin.c.id == bindparam("of_bulletin", type_=Id))
_LOCK = select(bulletin.c.id).where(bulletin.c.id == bindparam("of_bulletin", type_=Id)).with_for_update()


def of_group(tx: Transaction, group_id: int, houses: Collection[int], most: int) -> list[ReportedSeats]:
    """What a group has reported, the newest first."""
    return _read(tx, _OF_GROUP, houses, {"of_group": group_id, "most": most})


def find(tx: Transaction, bulletin_id: int, houses: Collection[int]) -> ReportedSeats | None:
    """The bulletin, if it is of one of these kindergartens."""
    return next(iter(_read(tx, _ONE, houses, {"of_bulletin": bulletin_id})), None)


def lock(tx: Transaction, bulletin_id: int) -> None:
    """Nobody else corrects or recalls it until this transaction ends."""
    tx.conn.execute(_LOCK, {"of_bulletin": bulletin_id})


def _read(
    tx: Transaction, statement: Select[*tuple[Any, ...]], houses: Collection[int], asked: dict[str, Any]
) -> list[ReportedSeats]:
    asked = asked | {"houses": list(houses), "now": tx.now}
    rows = tx.conn.execute(statement, asked).mappings()
    return [ReportedSeats(**(dict(row) | {"birth_years": tuple(row["birth_years"])})) for row in rows]
