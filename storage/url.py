"""The address of a database."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import DatabaseUrlInvalid

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


def parse_url(url: str) -> URL:
    """`url` with the driver that we use; DatabaseUrlInvalid for any other database."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseUrlInvalid(url.partition(":")[0]) from None
    backend, _, driver = parsed.drivername.partition("+")
    ours = _DRIVERS.get(backend)
    if ours is None or driver not in ("", ours.partition("+")[2]):
        raise DatabaseUrlInvalid(parsed.drivername)
    return parsed.set(drivername=ours)


def file_of(url: URL) -> Path:
    """The file that a SQLite `url` names; DatabaseUrlInvalid for a database in memory.

    Readers and the writer have connections of their own and meet only in a file.
    """
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise DatabaseUrlInvalid(url.drivername)
    return Path(url.database)
