"""The schema: its history, and that it ends where the tables say."""

import asyncio
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import Database
from storage.errors import SchemaTooNew, SchemaTooOld
from storage.migrations.runner import current, head, migrate, revisions
from storage.migrations.state import HEAD, REVISIONS
from storage.tables import metadata
from storage.vault import Vault
from tests.fakes.clock import SetClock

OF_SQLITE = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
OF_POSTGRESQL = """
    WITH ours AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    SELECT relname, pg_get_indexdef(oid) FROM ours WHERE relkind = 'i'
    UNION ALL SELECT conname, pg_get_constraintdef(pg_constraint.oid)
    FROM pg_constraint JOIN ours ON ours.oid = conrelid
    UNION ALL SELECT relname || '.' || attname,
        format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || atthasdef
    FROM pg_attribute JOIN ours ON ours.oid = attrelid WHERE attnum > 0 AND NOT attisdropped
    UNION ALL SELECT relname, reloptions::text FROM ours WHERE reloptions IS NOT NULL"""

INDEX_OF_WORDS = ("typed_words", "ix_typed_words")
"""Made in each database's own words, of which alembic knows nothing: the definitions are compared above."""


async def ask(url: str, question: Any) -> Any:
    engine = create_async_engine(url)
    async with engine.begin() as conn:
        answer = await conn.run_sync(question)
    await engine.dispose()
    return answer


def run(sql: str) -> Any:
    return lambda conn: conn.exec_driver_sql(sql)


def tables(conn: Connection) -> list[str]:
    return sorted(set(inspect(conn).get_table_names()) - {"alembic_version"})


def definitions(conn: Connection) -> list[tuple[str, Any]]:
    """Every table, column, constraint and index, in the database's own words."""
    asked = conn.exec_driver_sql(OF_SQLITE if conn.dialect.name == "sqlite" else OF_POSTGRESQL)
    rows = [(name, " ".join(sql.split())) for name, sql in asked if "alembic" not in name]
    return sorted((name, unordered(sql)) for name, sql in rows)


def unordered(sql: str) -> list[str]:
    """The parts of a definition. Constraints come in any order, which means nothing."""
    body, _, options = sql.partition(") WITHOUT")
    return [options, *sorted(part.rstrip(" ,)") for part in body.split("CONSTRAINT "))]


async def test_the_history_leads_up_and_down_and_up_again(empty_url: str) -> None:
    steps: list[str | None] = []
    for revision in (*REVISIONS, *reversed(REVISIONS[:-1]), "base", "head"):
        await migrate(empty_url, revision)
        steps.append(await current(empty_url))

    assert steps == [*REVISIONS, *reversed(REVISIONS[:-1]), None, HEAD]


async def test_nothing_is_left_at_the_bottom(database_url: str) -> None:
    await migrate(database_url, "base")

    assert await ask(database_url, tables) == []


async def test_the_history_ends_at_the_tables_as_they_are_declared(empty_url: str) -> None:
    await ask(empty_url, metadata.create_all)
    declared = await ask(empty_url, definitions)
    await ask(empty_url, metadata.drop_all)

    await migrate(empty_url)

    assert await ask(empty_url, definitions) == declared


async def test_alembic_sees_no_difference(database_url: str) -> None:
    def compare(conn: Connection) -> list[Any]:
        opts = {"include_name": lambda name, *_: not (name or "").startswith(INDEX_OF_WORDS)}
        return list(compare_metadata(MigrationContext.configure(conn, opts=opts), metadata))

    assert await ask(database_url, compare) == []


async def test_to_migrate_twice_changes_nothing(database_url: str) -> None:
    before = await ask(database_url, definitions)

    await migrate(database_url)

    assert await ask(database_url, definitions) == before


async def test_two_may_migrate_at_once(empty_url: str) -> None:
    await asyncio.gather(migrate(empty_url), migrate(empty_url))

    assert await current(empty_url) == HEAD


async def test_a_migration_that_fails_leaves_no_half(empty_url: str) -> None:
    await migrate(empty_url, REVISIONS[0])
    await ask(empty_url, run("CREATE TABLE child (id INTEGER)"))
    before = await ask(empty_url, definitions)

    with pytest.raises(Exception, match="child"):
        await migrate(empty_url)

    assert await ask(empty_url, definitions) == before
    assert await current(empty_url) == REVISIONS[0]


def test_the_known_revisions_are_the_files() -> None:
    assert revisions() == REVISIONS
    assert head() == HEAD


async def test_an_empty_database_is_too_old(empty_url: str, vault: Vault, clock: SetClock) -> None:
    with pytest.raises(SchemaTooOld) as refused:
        await Database.open(empty_url, vault, clock)

    assert (refused.value.found, refused.value.needed) == (None, HEAD)


async def test_an_older_schema_is_too_old(database_url: str, vault: Vault, clock: SetClock) -> None:
    await migrate(database_url, REVISIONS[0])

    with pytest.raises(SchemaTooOld) as refused:
        await Database.open(database_url, vault, clock)

    assert (refused.value.found, refused.value.needed) == (REVISIONS[0], HEAD)


async def test_a_newer_schema_is_too_new(database_url: str, vault: Vault, clock: SetClock) -> None:
    await ask(database_url, run("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaTooNew) as refused:
        await Database.open(database_url, vault, clock)

    assert (refused.value.found, refused.value.needed) == ("9999", HEAD)


async def test_a_newer_schema_is_not_migrated(database_url: str) -> None:
    await ask(database_url, run("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaTooNew):
        await migrate(database_url)

    assert await current(database_url) == "9999"
