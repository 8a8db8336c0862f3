"""Writing what a file describes: territories, policies, kindergartens and groups, by their codes.

Everything is put in place of what has the same code; nothing is ever removed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from domain.spelling import essence
from storage.dialects import inserts
from storage.ids import new_id
from storage.tables import child_group, kindergarten, policy, territory
from storage.transaction import Transaction

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class KnownTerritory:
    """A territory that is there already."""

    id: int
    parent_id: int | None


def known_territories(tx: Transaction) -> dict[str, KnownTerritory]:
    """All territories by code."""
    rows = tx.conn.execute(select(territory.c.code, territory.c.id, territory.c.parent_id))
    return {row.code: KnownTerritory(row.id, row.parent_id) for row in rows}


def territories_with_kindergartens(tx: Transaction) -> set[int]:
    """The territories in which a kindergarten is."""
    return set(tx.conn.execute(select(kindergarten.c.territory_id).distinct()).scalars())


def territory_ids(tx: Transaction) -> dict[str, int]:
    """The ids of all territories by code."""
    return {row.code: row.id for row in tx.conn.execute(select(territory.c.code, territory.c.id))}


def kindergarten_ids(tx: Transaction) -> dict[str, int]:
    """The ids of all kindergartens by code."""
    return {row.code: row.id for row in tx.conn.execute(select(kindergarten.c.code, kindergarten.c.id))}


def put_territories(tx: Transaction, rows: Rows) -> None:
    """Put territories; those they lie in are there already."""
    _put(tx, territory, ("code",), rows)


def put_policies(tx: Transaction, rows: Rows) -> None:
    """Put dated policies: one per territory and first instant."""
    _put(tx, policy, ("territory_id", "in_force_from"), rows)
    tx.rules_read.clear()


def put_kindergartens(tx: Transaction, rows: Rows) -> None:
    """Put kindergartens, each in a territory that is there."""
    _put(tx, kindergarten, ("code",), [{**row, "sought": essence(row["name"])} for row in rows])


def put_groups(tx: Transaction, rows: Rows) -> None:
    """Put groups: one per kindergarten and code."""
    _put(tx, child_group, ("kindergarten_id", "code"), rows)


def _put(tx: Transaction, table: Table, key: tuple[str, ...], rows: Rows) -> None:
    if not rows:
        return
    statement = inserts(table)[tx.dialect]
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    statement = statement.on_conflict_do_update(index_elements=list(key), set_=changed)
    tx.conn.execute(statement, [{"id": new_id(), **row} for row in rows])
