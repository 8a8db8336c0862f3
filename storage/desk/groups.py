"""Kindergartens and their groups, with how much room each has today."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select

from domain.local_time import local_date
from storage.seats import room
from storage.seats.room import Room
from storage.tables import child_group, kindergarten
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group with its house. `offered` are the seats that are reported and not signed for; `enrolled` are
    the children who go there today by a contract that was signed here.
    """

    id: int
    name: str
    language: str
    birth_years: tuple[int, ...]
    queue_kind: str
    capacity: int
    offered: int
    enrolled: int
    closed: bool
    kindergarten_id: int
    kindergarten: str
    territory_id: int

    @property
    def room(self) -> int:
        """How many seats that are empty today can still be reported."""
        return 0 if self.closed else Room(self.capacity, self.offered, self.enrolled).left

    @property
    def room_ahead(self) -> int:
        """How many could be reported for a day on which no child of today goes there any more."""
        return 0 if self.closed else Room(self.capacity, self.offered, 0).left


_READ = (
    select(
        child_group.c.id,
        child_group.c.name,
        child_group.c.language,
        child_group.c.birth_years,
        child_group.c.queue_kind,
        child_group.c.capacity,
        child_group.c.closed_at,
        child_group.c.kindergarten_id,
        kindergarten.c.name.label("kindergarten"),
        kindergarten.c.territory_id,
        kindergarten.c.closed_at.label("house_closed_at"),
    )
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .order_by(kindergarten.c.name, kindergarten.c.id, child_group.c.name, child_group.c.id)
)
_OF_HOUSES = _READ.where(child_group.c.kindergarten_id.in_(bindparam("houses", type_=Id, expanding=True)))
_ONE = _OF_HOUSES.where(child_group.c.id == bindparam("of_group", type_=Id))


def of_houses(tx: Transaction, houses: Collection[int]) -> list[Group]:
    """The groups of these kindergartens, house by house."""
    return _groups(tx, _OF_HOUSES, {"houses": list(houses)})


def find(tx: Transaction, group_id: int, houses: Collection[int]) -> Group | None:
    """The group, if it is in one of these kindergartens."""
    return next(iter(_groups(tx, _ONE, {"houses": list(houses), "of_group": group_id})), None)


def _groups(tx: Transaction, statement: Select[*tuple[Any, ...]], asked: dict[str, Any]) -> list[Group]:
    rows = tx.conn.execute(statement, asked).all()
    rooms = room.of_groups(tx, [row.id for row in rows], local_date(tx.now))
    return [
        Group(
            id=row.id,
            name=row.name,
            language=row.language,
            birth_years=tuple(row.birth_years),
            queue_kind=row.queue_kind,
            capacity=row.capacity,
            offered=rooms[row.id].offered,
            enrolled=rooms[row.id].enrolled,
            closed=row.closed_at is not None or row.house_closed_at is not None,
            kindergarten_id=row.kindergarten_id,
            kindergarten=row.kindergarten,
            territory_id=row.territory_id,
        )
        for row in rows
    ]
