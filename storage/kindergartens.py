"""Kindergartens as parents look for them: listed, found by name or on the map, and the passport of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any

from sqlalchemy import bindparam, func, select, tuple_

from domain.application import QueueKind
from storage.prepared import Prepared
from storage.tables import child_group, kindergarten
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Listed:
    """A kindergarten in a list. The point is in degrees (WGS 84), None where it is not known."""

    id: int
    name: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group that is open. `capacity` in children."""

    id: int
    name: str
    kind: str
    queue_kind: QueueKind
    language: str
    birth_years: Sequence[int]
    capacity: int


@dataclass(frozen=True, slots=True)
class Passport:
    """Everything that is told about a kindergarten. What nobody has told is None, or empty.

    `description` is by language, `languages` are those of instruction, `closed_at` since when there is
    none any more. `groups` are the open ones, the youngest first.
    """

    id: int
    territory_id: int
    name: str
    ownership: str
    address: str | None
    phone: str | None
    hours: str | None
    website: str | None
    description: dict[str, str]
    languages: Sequence[str]
    point: tuple[float, float] | None
    picture_file_id: int | None
    closed_at: datetime | None
    groups: Sequence[Group]

    @property
    def capacity(self) -> int:
        """Places in all groups."""
        return sum(group.capacity for group in self.groups)


_LISTED = (kindergarten.c.id, kindergarten.c.name, kindergarten.c.latitude, kindergarten.c.longitude)
_OPEN_THERE = (
    kindergarten.c.territory_id == bindparam("of_territory"),
    kindergarten.c.closed_at.is_(None),
)
_KEY = (kindergarten.c.sought, kindergarten.c.id)
_FIRST = select(*_LISTED).where(*_OPEN_THERE).order_by(*_KEY).limit(bindparam("most"))
_NEXT = _FIRST.where(tuple_(*_KEY) > tuple_(bindparam("after_sought"), bindparam("after_id")))
_EDGE = select(kindergarten.c.sought).where(
    kindergarten.c.id == bindparam("edge"), kindergarten.c.territory_id == bindparam("of_territory")
)
_COUNT = select(func.count()).select_from(kindergarten).where(*_OPEN_THERE)
# Thousands of rows for one search: they are read past SQLAlchemy's own wrapping.
_NAMES = Prepared(select(kindergarten.c.id, kindergarten.c.sought).where(*_OPEN_THERE))
_BY_NAME = select(kindergarten.c.id).where(*_OPEN_THERE, kindergarten.c.name == bindparam("called"))
_SOME = select(*_LISTED).where(kindergarten.c.id.in_(bindparam("wanted", expanding=True)))
_UP = kindergarten.c.latitude - bindparam("latitude")
_ACROSS = (kindergarten.c.longitude - bindparam("longitude")) * bindparam("shrink")
_NEAR = (
    select(*_LISTED)
    .where(*_OPEN_THERE, kindergarten.c.latitude.is_not(None), kindergarten.c.longitude.is_not(None))
    .order_by(_UP * _UP + _ACROSS * _ACROSS, kindergarten.c.id)
    .limit(bindparam("most"))
    .offset(bindparam("skipped"))
)
_ONE = select(kindergarten).where(kindergarten.c.id == bindparam("wanted"))
_GROUPS = select(child_group).where(
    child_group.c.kindergarten_id == bindparam("wanted"), child_group.c.closed_at.is_(None)
)


def count(tx: Transaction, territory_id: int) -> int:
    """How many there are in a territory, closed ones not counted."""
    found: int = tx.conn.execute(_COUNT, {"of_territory": territory_id}).scalar_one()
    return found


def page(tx: Transaction, territory_id: int, limit: int, after_id: int | None = None) -> list[Listed]:
    """So many of a territory by name, from the first or after one; nothing where that is not there."""
    asked: dict[str, Any] = {"of_territory": territory_id, "most": limit}
    if after_id is None:
        return [_listed(row) for row in tx.conn.execute(_FIRST, asked)]
    edge = tx.conn.execute(_EDGE, {"edge": after_id, "of_territory": territory_id}).scalar()
    if edge is None:
        return []
    after = {"after_sought": edge, "after_id": after_id}
    return [_listed(row) for row in tx.conn.execute(_NEXT, asked | after)]


def find_by_name(tx: Transaction, territory_id: int, name: str) -> int | None:
    """The id of the one with exactly this name in a territory."""
    found: int | None = tx.conn.execute(_BY_NAME, {"of_territory": territory_id, "called": name}).scalar()
    return found


def names(tx: Transaction, territory_id: int) -> dict[int, str]:
    """All names of a territory as they sound (domain.spelling), by id: to look for one among them."""
    return {row[0]: row[1] for row in _NAMES.all(tx, {"of_territory": territory_id})}


def some(tx: Transaction, ids: Iterable[int]) -> list[Listed]:
    """These, in this order."""
    wanted = list(ids)
    found = {row.id: _listed(row) for row in tx.conn.execute(_SOME, {"wanted": wanted})}
    return [found[each] for each in wanted if each in found]


def nearest(
    tx: Transaction, territory_id: int, latitude: float, longitude: float, limit: int, skipped: int = 0
) -> list[Listed]:
    """So many of a territory by their distance from a point, after so many; those with a known place."""
    asked = {"latitude": latitude, "longitude": longitude, "shrink": cos(radians(latitude))}
    rows = tx.conn.execute(_NEAR, asked | {"of_territory": territory_id, "most": limit, "skipped": skipped})
    return [_listed(row) for row in rows]


def passport(tx: Transaction, kindergarten_id: int) -> Passport | None:
    """The passport of one, also of one that is closed; None where there is none."""
    row = tx.conn.execute(_ONE, {"wanted": kindergarten_id}).first()
    if row is None:
        return None
    groups = (_group(each) for each in tx.conn.execute(_GROUPS, {"wanted": kindergarten_id}))
    return Passport(
        id=row.id,
        territory_id=row.territory_id,
        name=row.name,
        ownership=row.ownership,
        address=row.address,
        phone=row.phone,
        hours=row.hours,
        website=row.website,
        description=row.description or {},
        languages=row.languages,
        point=_point(row),
        picture_file_id=row.picture_file_id,
        closed_at=row.closed_at,
        groups=sorted(groups, key=lambda each: (-max(each.birth_years), each.name, each.id)),
    )


def _listed(row: Any) -> Listed:
    return Listed(row.id, row.name, _point(row))


def _point(row: Any) -> tuple[float, float] | None:
    return None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude)


def _group(row: Any) -> Group:
    return Group(
        row.id, row.name, row.kind, QueueKind(row.queue_kind), row.language, row.birth_years, row.capacity
    )
