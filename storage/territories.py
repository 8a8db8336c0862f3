"""Territories as they are stored; the domain's Tree decides what lies where."""

from sqlalchemy import bindparam, select

from domain.territory import Territory, TerritoryKind, Tree
from storage.tables import territory
from storage.transaction import Transaction

LANGUAGES = ("kk", "ru", "en")

_NAMES = (territory.c.name_kk, territory.c.name_ru, territory.c.name_en)
_ALL = select(territory.c.id, territory.c.parent_id, territory.c.kind, *_NAMES).order_by(
    territory.c.name_kk, territory.c.id
)
_NAME = select(*_NAMES).where(territory.c.id == bindparam("id"))
_POINTS = (
    select(territory.c.id, territory.c.latitude, territory.c.longitude)
    .where(territory.c.latitude.is_not(None), territory.c.longitude.is_not(None))
    .order_by(territory.c.id)
)
_BY_CODE = select(territory.c.id).where(territory.c.code == bindparam("code"))


def tree(tx: Transaction) -> Tree:
    """All territories, by their Kazakh names."""
    return Tree(
        Territory(row.id, row.parent_id, TerritoryKind(row.kind), _named(row[3:]))
        for row in tx.conn.execute(_ALL)
    )


def name(tx: Transaction, territory_id: int | None, language: str) -> str:
    """A territory's name in that language, else in the first there is; "" for none."""
    if territory_id is None:
        return ""
    known = names(tx, territory_id)
    return known.get(language) or next(iter(known.values()), "")


def names(tx: Transaction, territory_id: int) -> dict[str, str]:
    """A territory's name in each language that has one."""
    row = tx.conn.execute(_NAME, {"id": territory_id}).first()
    return _named(row) if row is not None else {}


def points(tx: Transaction) -> list[tuple[int, float, float]]:
    """Leaves with a place on the map: id, latitude and longitude in degrees."""
    known = tree(tx)
    rows = tx.conn.execute(_POINTS)
    return [(row[0], row[1], row[2]) for row in rows if known.is_leaf(row[0])]


def find_by_code(tx: Transaction, code: str) -> int | None:
    """The id of the territory that files call by this code."""
    found: int | None = tx.conn.execute(_BY_CODE, {"code": code}).scalar()
    return found


def _named(names: tuple[str, ...]) -> dict[str, str]:
    return {language: each for language, each in zip(LANGUAGES, names, strict=True) if each}
