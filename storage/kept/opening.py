"""Opening what is sealed in a row."""

from sqlalchemy import RowMapping

from storage.transaction import Transaction


def opened(tx: Transaction, table: str, row: RowMapping, *names: str) -> dict[str, str | None]:
    """These sealed columns of a row, opened; None where nothing is known. Raises VaultError."""
    return {
        name: None if row[name] is None else tx.vault.open(table, row["id"], name, row[name])
        for name in names
    }
