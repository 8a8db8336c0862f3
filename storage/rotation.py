"""Sealing everything anew with the newest key, so that an old one can be taken off the ring.

In chunks, each a short transaction of its own, while the service runs. What is sealed with the
newest key already is passed over: a rotation that was broken off is simply started again.
"""

from functools import partial

from sqlalchemy import RowMapping, bindparam, or_, select, update

from storage.database import Database
from storage.sealed_fields import SEALED, SealedTable
from storage.transaction import Transaction
from storage.vault import is_sealed

CHUNK = 200
"""Rows a transaction."""


async def rotate(database: Database) -> dict[str, int]:
    """Seal every row of every table anew that is not on the newest key; how many, by table.

    Raises KeyUnknown, SealBroken for a value that no key on the ring opens, as the vault does;
    what was done before that stays done.
    """
    return {each.table.name: await _rotate_table(database, each) for each in SEALED}


async def _rotate_table(database: Database, sealed: SealedTable) -> int:
    changed, last = 0, -1
    while True:
        in_chunk, next_last = await database.write(partial(_rotate_chunk, sealed, last))
        changed += in_chunk
        if next_last is None:
            return changed
        last = next_last


def _rotate_chunk(sealed: SealedTable, after_id: int, tx: Transaction) -> tuple[int, int | None]:
    """Do the next rows; how many were sealed anew, and the last id, or None at the end."""
    table = sealed.table
    chunk = (
        select(table)
        .where(table.c.id > after_id, or_(*(table.c[name].is_not(None) for name in sealed.fields)))
        .order_by(table.c.id)
        .limit(CHUNK)
        .with_for_update()
    )
    rows = tx.conn.execute(chunk).mappings().all()
    changed = 0
    for row in rows:
        anew = _sealed_anew(sealed, row, tx)
        if anew:
            tx.conn.execute(
                update(table).where(table.c.id == bindparam("of_row")), {"of_row": row["id"], **anew}
            )
            changed += 1
    return changed, rows[-1]["id"] if len(rows) == CHUNK else None


def _sealed_anew(sealed: SealedTable, row: RowMapping, tx: Transaction) -> dict[str, bytes]:
    """The columns that change: values on an older key, and the indexes made of them."""
    place, bound_to, vault = sealed.table.name, row[sealed.bound_to], tx.vault
    opened: dict[str, bytes] = {}
    for column, field in sealed.fields.items():
        value = row[column]
        # A session without personal values stands there unsealed.
        if value is not None and is_sealed(value) and not vault.is_newest(value):
            opened[column] = vault.open_bytes(place, bound_to, field, value)
    anew = {
        column: vault.seal_bytes(place, bound_to, sealed.fields[column], plain)
        for column, plain in opened.items()
    }
    for index, blind_of in sealed.indexes.items():
        if blind_of.column in opened:
            anew[index] = vault.blind(blind_of.kind, opened[blind_of.column].decode())
    return anew
