"""Opening a SQLite file: for the one writer, and for the readers."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

_PATIENCE = "PRAGMA busy_timeout = 5000"
_NO_PATIENCE = "PRAGMA busy_timeout = 50"
_BOTH = (_PATIENCE, "PRAGMA temp_store = MEMORY")
_WRITER = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is deleted is overwritten: an erasure means the file, too.
    "PRAGMA secure_delete = ON",
    # KiB. It fills up and stays full, whatever is read: what is more than the pages of a batch only grows the
    # process, for the system keeps the file's pages anyway.
    "PRAGMA cache_size = -24576",
    # Pages: fewer, longer checkpoints than by default; the file stays under some tens of MB.
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA journal_size_limit = 67108864",
)
_READER = ("PRAGMA query_only = ON", "PRAGMA cache_size = -8192")


def writer_engine(path: Path) -> Engine:
    """Engine for the one writing connection. Transactions are begun by hand (AUTOCOMMIT)."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        connect_args={"check_same_thread": False},
    )
    _on_connect(engine, *_BOTH, *_WRITER)
    return engine


def reader_engine(path: Path, connections: int) -> AsyncEngine:
    """Engine for reading: a pool of connections that refuse to write."""
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        isolation_level="AUTOCOMMIT",
        pool_size=connections,
        max_overflow=0,
    )
    _on_connect(engine.sync_engine, *_BOTH, *_READER)
    return engine


def _on_connect(engine: Engine, *pragmas: str) -> None:
    def set_up(dbapi_connection: Any, _record: object) -> None:
        cursor = dbapi_connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    event.listen(engine, "connect", set_up)


def truncate_log(conn: Connection) -> None:
    """Bring the write-ahead log into the file and cut it to nothing, if nobody needs it just now.

    The writer waits meanwhile: so it does not wait long.
    """
    conn.exec_driver_sql(_NO_PATIENCE)
    try:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    finally:
        conn.exec_driver_sql(_PATIENCE)
