"""What a list offers: the seats of each of its bulletins that nobody has and nobody recalled."""

from typing import Any

from sqlalchemy import bindparam, func, select

from domain.application import QueueKind
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
    return {_offer(row): row.free for row in _FREE.all(tx, {"of_list": list_id, "now": tx.now})}


def _offer(row: Any) -> Offer:
    return Offer(
        bulletin_id=row.id,
        queue_kind=QueueKind(row.queue_kind),
        territory_id=row.territory_id,
        birth_years=frozenset(row.birth_years),
        language=row.language,
    )
