"""The audit: each entry follows the one before it, and the database itself lets nobody change one."""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Executable, delete, select, update
from sqlalchemy.exc import DBAPIError

from storage import audit as entries
from storage.audit_chain import Broken, Verified, verify
from storage.database import Database
from storage.tables import audit
from storage.transaction import Transaction
from tests.fakes.clock import START


def three(tx: Transaction) -> None:
    """Three entries about three parents."""
    for number in (1, 2, 3):
        entries.append(tx, at=tx.now, actor="staff:1", what="looked", about=f"parent:{number}", data={})


def tampered(statement: Executable, tx: Transaction) -> None:
    """Run whatever somebody with the database's password would."""
    tx.conn.execute(statement)


async def behind_its_back(database: Database, *statements: Executable) -> None:
    """Do it as somebody who owns the database could: without the triggers."""
    sqlite = ("DROP TRIGGER audit_unchanged", "DROP TRIGGER audit_kept")
    postgresql = ("ALTER TABLE audit DISABLE TRIGGER USER",)

    def work(tx: Transaction) -> None:
        for each in sqlite if tx.dialect == "sqlite" else postgresql:
            tx.conn.exec_driver_sql(each)
        for statement in statements:
            tx.conn.execute(statement)

    await database.write(work)


async def numbers(database: Database) -> list[int]:
    asked = select(audit.c.id).order_by(audit.c.id)
    return await database.read(lambda tx: list(tx.conn.execute(asked).scalars()))


def many(tx: Transaction) -> None:
    """Seven entries with all that an entry can hold."""
    for number in range(7):
        entries.append(
            tx,
            at=tx.now,
            actor="staff:1",
            what="looked",
            about=None if number % 2 else f"parent:{number}",
            data={"б": number, "list": ["ә", 2**62], "none": None, "real": 0.5},
            from_where="192.0.2.1" if number % 3 else None,
        )


async def test_an_audit_that_nobody_has_touched_is_as_it_was_written(database: Database) -> None:
    assert await verify(database) == Verified(0)

    await database.write(many)

    assert await verify(database) == Verified(7)


async def test_entries_that_are_written_at_once_follow_each_other(database: Database) -> None:
    await asyncio.gather(*(database.write(three) for _ in range(12)))

    assert await verify(database) == Verified(36)


@pytest.mark.parametrize("chunk", [1, 3, 4, 7, 1000])
@pytest.mark.parametrize("column", ["at", "actor", "what", "about", "data", "from_where", "hash"])
async def test_a_changed_entry_is_found(sqlite: Database, column: str, chunk: int) -> None:
    await sqlite.write(many)
    ids = await numbers(sqlite)
    other: dict[str, Any] = {"at": START + timedelta(microseconds=1), "data": {}, "hash": bytes(32)}

    changed = update(audit).where(audit.c.id == ids[4]).values({column: other.get(column, "x")})
    await behind_its_back(sqlite, changed)

    found = await verify(sqlite, chunk)
    assert (found.entries, found.broken and found.broken.id) == (4, ids[4])


async def test_an_entry_that_is_gone_is_found(database: Database) -> None:
    await database.write(many)
    ids = await numbers(database)

    await behind_its_back(database, delete(audit).where(audit.c.id == ids[3]))

    assert await verify(database, 3) == Verified(3, Broken(ids[4], START))


async def test_an_audit_without_its_beginning_is_found(database: Database) -> None:
    await database.write(many)
    ids = await numbers(database)

    await behind_its_back(database, delete(audit).where(audit.c.id == ids[0]))

    assert await verify(database) == Verified(0, Broken(ids[1], START))


async def test_entries_that_have_changed_places_are_found(database: Database) -> None:
    await database.write(many)
    ids = await numbers(database)
    first, second = ids[2], ids[3]

    moves = ((first, 10**9), (second, first), (10**9, second))
    await behind_its_back(
        database, *(update(audit).where(audit.c.id == old).values(id=new) for old, new in moves)
    )

    assert await verify(database) == Verified(2, Broken(first, START))


async def test_an_entry_with_a_hash_of_its_own_does_not_fit_the_next(database: Database) -> None:
    await database.write(many)
    ids = await numbers(database)

    def forged(tx: Transaction) -> Executable:
        row = tx.conn.execute(select(audit).where(audit.c.id == ids[1])).mappings().one()
        names = ("at", "actor", "about", "data", "from_where")
        said = {name: row[name] for name in names} | {"what": "nothing"}
        own = entries.hash_of(row["previous_hash"], said)
        return update(audit).where(audit.c.id == ids[1]).values(what="nothing", hash=own)

    await behind_its_back(database, await database.read(forged))

    assert await verify(database) == Verified(2, Broken(ids[2], START))


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
