"""The audit: each entry follows the one before it, and the database itself lets nobody change one."""

from functools import partial

import pytest
from sqlalchemy import Executable, delete, select, update
from sqlalchemy.exc import DBAPIError

from storage import audit as entries
from storage.database import Database
from storage.tables import audit
from storage.transaction import Transaction


def three(tx: Transaction) -> None:
    """Three entries about three parents."""
    for number in (1, 2, 3):
        entries.append(tx, at=tx.now, actor="staff:1", what="looked", about=f"parent:{number}", data={})


def tampered(statement: Executable, tx: Transaction) -> None:
    """Run whatever somebody with the database's password would."""
    tx.conn.execute(statement)


async def test_the_database_lets_nobody_change_or_delete_an_entry(database: Database) -> None:
    await database.write(three)

    for tampering in (
        update(audit).values(what="nothing"),
        delete(audit).where(audit.c.about == "parent:2"),
        delete(audit),
    ):
        with pytest.raises(DBAPIError, match="only added to"):
            await database.write(partial(tampered, tampering))

    abouts = await database.read(lambda tx: tx.conn.execute(select(audit.c.about, audit.c.what)).all())
    assert [tuple(each) for each in abouts] == [(f"parent:{number}", "looked") for number in (1, 2, 3)]
