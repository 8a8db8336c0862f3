"""Rows that are loaded from files again and again: added once, brought up to date after that."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Table

from storage.dialects import inserts
from storage.transaction import Dialect, Transaction


def upserts(table: Table, key: Sequence[str]) -> Mapping[Dialect, Executable]:
    """An INSERT that updates every other column but the id where `key` is there already.

    A row is given whole: a column it leaves out becomes NULL. Returns the id of the row.
    """
    keep = {"id", *key}
    return {
        dialect: insert.on_conflict_do_update(
            index_elements=list(key),
            set_={column.name: insert.excluded[column.name] for column in table.c if column.name not in keep},
        ).returning(table.c.id)
        for dialect, insert in inserts(table).items()
    }


def upsert(tx: Transaction, statements: Mapping[Dialect, Executable], row: Mapping[str, Any]) -> int:
    """Write the row; the id it has in the table, which is the old one if it was there."""
    written: int = tx.conn.execute(statements[tx.dialect], dict(row)).scalar_one()
    return written
