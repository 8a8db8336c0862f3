"""Why staff looked at what is hidden: sealed apart, for the words may name people, and erased with them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from storage.ids import new_id
from storage.tables import stated_reason
from storage.transaction import Transaction

_ADD = insert(stated_reason)
_OF = select(stated_reason.c.id, stated_reason.c.words).where(
    stated_reason.c.id.in_(bindparam("ids", expanding=True))
)


def add(tx: Transaction, staff_id: int, parent_id: int | None, words: str, at: datetime) -> int:
    """Keep somebody's words; with a parent they go when the parent's data are erased. The id."""
    reason_id = new_id()
    row = {"id": reason_id, "staff_id": staff_id, "parent_id": parent_id, "at": at}
    tx.conn.execute(_ADD, row | {"words": tx.vault.seal("stated_reason", reason_id, "words", words)})
    return reason_id


def words_of(tx: Transaction, ids: Collection[int]) -> dict[int, str]:
    """The words of each of several; those that were erased are not in it."""
    rows = tx.conn.execute(_OF, {"ids": list(ids)})
    return {row.id: opened(tx, row.id, row.words) for row in rows}


def opened(tx: Transaction, reason_id: int, sealed: bytes) -> str:
    """The words in a row of the table."""
    return tx.vault.open("stated_reason", reason_id, "words", sealed)
