"""How many places there are in the kindergartens of each territory, and how many of them are free."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from storage.seats.free import FREE
from storage.tables import bulletin, child_group, kindergarten, seat, seat_list
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """A territory with kindergartens. `free` counts published seats that nobody has now."""

    territory_id: int
    kindergartens: int
    groups: int
    capacity: int
    free: int


_ROOM = (
    select(
        kindergarten.c.territory_id,
        func.count(func.distinct(kindergarten.c.id)).label("kindergartens"),
        func.count(child_group.c.id).label("groups"),
        func.coalesce(func.sum(child_group.c.capacity), 0).label("capacity"),
    )
    .outerjoin_from(
        kindergarten,
        child_group,
        (child_group.c.kindergarten_id == kindergarten.c.id) & child_group.c.closed_at.is_(None),
    )
    .where(kindergarten.c.closed_at.is_(None))
    .group_by(kindergarten.c.territory_id)
    .order_by(kindergarten.c.territory_id)
)
_FREE = (
    select(bulletin.c.territory_id, func.count().label("free"))
    .join_from(seat, bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(seat_list, seat_list.c.id == bulletin.c.list_id)
    .where(
        FREE, bulletin.c.recalled_at.is_(None), seat_list.c.publish_at <= bindparam("now", type_=Instant())
    )
    .group_by(bulletin.c.territory_id)
)


def places(tx: Transaction) -> list[Places]:
    """Every territory with a kindergarten that is open."""
    free = {row.territory_id: row.free for row in tx.conn.execute(_FREE, {"now": tx.now})}
    return [
        Places(
            territory_id=row.territory_id,
            kindergartens=row.kindergartens,
            groups=row.groups,
            capacity=row.capacity,
            free=free.get(row.territory_id, 0),
        )
        for row in tx.conn.execute(_ROOM)
    ]
