"""Moves a database along the schema's history. Alembic is imported by nobody else."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.errors import SchemaTooNew, translated
from storage.migrations.state import HEAD, REVISIONS, revision_of
from storage.url import file_of, parse_url

# Two replicas that start at once: the second waits, then finds nothing left to do.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4951390221)")


async def migrate(url: str, revision: str = "head") -> None:
    """Bring the database to `revision`, up or down ("base" is the empty one), all or nothing.

    Makes the file of a SQLite database that does not exist yet. Raises DatabaseUrlInvalid,
    SchemaTooNew, StorageUnavailable, StorageFull, StorageBusy.
    """
    await _run(url, _move, revision)


async def current(url: str) -> str | None:
    """The revision the database is on; None when it is empty. Raises as `migrate` does."""
    result: str | None = await _run(url, lambda conn: revision_of(conn))
    return result


def head() -> str:
    """The newest revision."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None
    return newest


def revisions() -> tuple[str, ...]:
    """Every revision there is a file for, oldest first."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(script.revision for script in scripts)[::-1]


def _move(conn: Connection, revision: str) -> None:
    if conn.dialect.name == "postgresql":
        conn.execute(_ONE_AT_A_TIME)
    found = revision_of(conn)
    if found is not None and found not in REVISIONS:
        raise SchemaTooNew(found, HEAD)
    target = HEAD if revision == "head" else revision
    config = _config()
    config.attributes["connection"] = conn
    if _position(target) >= _position(found):
        command.upgrade(config, target)
    else:
        command.downgrade(config, target)
    conn.commit()


def _position(revision: str | None) -> int:
    return -1 if revision in (None, "base") else REVISIONS.index(str(revision))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


async def _run(url: str, work: Any, *args: Any) -> Any:
    engine = _engine(url)
    try:
        async with engine.connect() as conn:
            return await conn.run_sync(work, *args)
    except (DBAPIError, OSError) as error:
        raise translated(error) from error
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        file_of(parsed)  # refuses a database in memory
    engine = create_async_engine(parsed, poolclass=NullPool)
    if parsed.get_backend_name() == "sqlite":
        _begin_for_real(engine.sync_engine)
    return engine


def _begin_for_real(engine: Engine) -> None:
    """Python's driver begins no transaction before a CREATE TABLE: a migration that fails half
    way would leave half a schema. So it is told to begin none, and one is begun by hand.
    """

    def no_hidden_begin(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 5000")
        cursor.close()

    def begin(conn: Connection) -> None:
        conn.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "connect", no_hidden_begin)
    event.listen(engine, "begin", begin)
