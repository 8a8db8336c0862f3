"""Reading at one instant: all statements of a transaction see the same, whatever is written meanwhile."""

from storage.transaction import Transaction


def see_one_instant(tx: Transaction) -> None:
    """From here on; the first thing of a transaction that only reads. On SQLite that is so anyway."""
    if tx.dialect == "postgresql":
        tx.conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
