"""How many seats are free now: published, not recalled, and in nobody's hand.

A hold that has lapsed holds nothing, whether or not anybody has cleared it. A seat that came back after a
confirmation keeps its ended claim until it is published anew: till then it is nobody's to take [003].
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from storage.seats.free import FREE, NOW
from storage.tables import bulletin, child_group, seat, seat_list
from storage.transaction import Transaction


def _counted_by(column: Any) -> Select[tuple[int, int]]:
    return (
        select(column.label("counted"), func.count().label("seats"))
        .select_from(child_group)
        .join(bulletin, bulletin.c.group_id == child_group.c.id)
        .join(seat_list, seat_list.c.id == bulletin.c.list_id)
        .join(seat, seat.c.bulletin_id == bulletin.c.id)
        .where(
            child_group.c.kindergarten_id.in_(bindparam("kindergartens", expanding=True)),
            child_group.c.closed_at.is_(None),
            bulletin.c.recalled_at.is_(None),
            seat_list.c.publish_at <= NOW,
            FREE,
        )
        .group_by(column)
    )


_BY_KINDERGARTEN = _counted_by(child_group.c.kindergarten_id)
_BY_GROUP = _counted_by(child_group.c.id)


def of_kindergartens(tx: Transaction, kindergarten_ids: Iterable[int]) -> dict[int, int]:
    """The free seats of each of these kindergartens that has any."""
    return _counted(tx, _BY_KINDERGARTEN, kindergarten_ids)


def of_groups(tx: Transaction, kindergarten_id: int) -> dict[int, int]:
    """The free seats of each group of a kindergarten that has any."""
    return _counted(tx, _BY_GROUP, [kindergarten_id])


def _counted(tx: Transaction, counted: Select[tuple[int, int]], ids: Iterable[int]) -> dict[int, int]:
    rows = tx.conn.execute(counted, {"kindergartens": list(ids), "now": tx.now})
    return {row.counted: row.seats for row in rows}
