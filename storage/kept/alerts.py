"""The free seats of which a parent wants to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select

from storage import territories
from storage.tables import alert, kindergarten, territory
from storage.transaction import Transaction
from storage.types import Id

Data = dict[str, Any]

_ALERTS = (
    select(alert, territory.c.code.label("territory"))
    .join(territory, territory.c.id == alert.c.territory_id)
    .where(alert.c.parent_id == bindparam("parent", type_=Id))
    .order_by(alert.c.created_at, alert.c.id)
)
_HOUSES = (
    select(kindergarten.c.name)
    .where(kindergarten.c.id.in_(bindparam("houses", expanding=True)))
    .order_by(kindergarten.c.name, kindergarten.c.id)
)


@dataclass(frozen=True, slots=True)
class KeptAlert:
    """One alert, and what its territory is called, by language."""

    data: Data = field(repr=False)
    territory_names: Mapping[str, str]


def of_parent(tx: Transaction, parent_id: int) -> list[KeptAlert]:
    """All of them, the oldest first. Of a home within reach of which seats are wanted nothing is kept."""
    rows = tx.conn.execute(_ALERTS, {"parent": parent_id}).mappings().all()
    return [KeptAlert(_data(tx, row), territories.names(tx, row["territory_id"])) for row in rows]


def _data(tx: Transaction, row: Any) -> Data:
    return {
        "territory": row["territory"],
        "queue_kind": row["queue_kind"],
        "birth_year": row["birth_year"],
        "languages": row["languages"],
        "kindergartens": None if row["houses"] is None else _names(tx, row["houses"]),
        "created_at": row["created_at"],
    }


def _names(tx: Transaction, houses: list[int]) -> list[str]:
    return list(tx.conn.execute(_HOUSES, {"houses": houses}).scalars())
