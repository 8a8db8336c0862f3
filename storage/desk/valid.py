"""Referrals that are valid and lead to some kindergartens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select

from storage.tables import bulletin, child_group, claim, kindergarten, referral, seat
from storage.transaction import Transaction
from storage.types import Id, Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidReferral:
    """A line of the list."""

    id: int
    number: int
    child_id: int
    valid_through: date
    kindergarten: str
    group: str
    released_on: date


def _in_houses(*columns: ColumnElement[Any]) -> Any:
    return (
        select(*columns)
        .select_from(referral)
        .join(claim, claim.c.id == referral.c.claim_id)
        .join(seat, seat.c.id == claim.c.seat_id)
        .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
        .join(child_group, child_group.c.id == bulletin.c.group_id)
        .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
        .where(
            child_group.c.kindergarten_id.in_(bindparam("houses", type_=Id, expanding=True)),
            referral.c.ended_at.is_(None),
            referral.c.ends_at > bindparam("now", type_=Instant()),
        )
    )


_VALID = (
    _in_houses(
        referral.c.id,
        referral.c.number,
        claim.c.child_id,
        referral.c.valid_through,
        kindergarten.c.name.label("kindergarten"),
        child_group.c.name.label("group"),
        bulletin.c.released_on,
    )
    .order_by(referral.c.ends_at, referral.c.id)
    .limit(bindparam("most"))
)
_HOW_MANY = _in_houses(func.count())


def valid(tx: Transaction, houses: Collection[int], most: int) -> list[ValidReferral]:
    """Those that end first come first."""
    rows = tx.conn.execute(_VALID, {"houses": list(houses), "now": tx.now, "most": most}).mappings()
    return [ValidReferral(**row) for row in rows]


def how_many(tx: Transaction, houses: Collection[int]) -> int:
    """How many there are of them."""
    found: int = tx.conn.execute(_HOW_MANY, {"houses": list(houses), "now": tx.now}).scalar_one()
    return found
