"""Trying whether the keys fit the data."""

from sqlalchemy import select

from storage.tables import child, parent
from storage.transaction import Transaction


def opens_what_is_there(tx: Transaction) -> None:
    """Open a sealed value of the first parent and the first child, if there are any. Raises VaultError."""
    for table in (parent, child):
        row = tx.conn.execute(
            select(table.c.id, table.c.iin).where(table.c.iin.is_not(None)).order_by(table.c.id).limit(1)
        ).first()
        if row is not None:
            tx.vault.open(table.name, row.id, "iin", row.iin)
