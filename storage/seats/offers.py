"""What a list offers: the seats of each of its bulletins that nobody has and nobody recalled."""

from typing import Any

from sqlalchemy import bindparam, func, select

from domain.application import QueueKind
from domain.seat_list import SeatList
from domain.taking import Offer
from storage.prepared import Prepared
from storage.seats.free import FREE
from storage.tables import bulletin, seat
from storage.transaction import Transaction
from storage.types import Id

_FREE = Prepared(
    select(
        bulletin.c.id,
        bulletin.c.queue_kind,
        bulletin.c.territory_id,
        bulletin.c.birth_years,
        bulletin.c.language,
        func.count().label("free"),
    )
    .join_from(bulletin, seat, seat.c.bulletin_id == bulletin.c.id)
    .where(
        bulletin.c.list_id == bindparam("of_list", type_=Id),
        bulletin.c.recalled_at.is_(None),
        FREE,
    )
    .group_by(bulletin.c.id)
    .order_by(bulletin.c.id)
)


def free_of_list(tx: Transaction, list_id: int) -> dict[Offer, int]:
    """How many free seats each bulletin of a list offers, as the domain asks for them."""
    rows = _FREE.all(tx, {"of_list": list_id, "now": tx.now})
    return {offer_of(row, row.id): row.free for row in rows}


def offer_of(row: Any, bulletin_id: int) -> Offer:
    """What a bulletin is for, from a row with its columns."""
    return Offer(
        bulletin_id=bulletin_id,
        queue_kind=QueueKind(row.queue_kind),
        territory_id=row.territory_id,
        birth_years=frozenset(row.birth_years),
        language=row.language,
    )


def seat_list_of(row: Any) -> SeatList:
    """The instants of a list, from a row with its columns."""
    return SeatList(
        publish_at=row.publish_at,
        opens_at=row.opens_at,
        priority_ends_at=row.priority_ends_at,
        access_made_at=row.access_made_at,
    )
