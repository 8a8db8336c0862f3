"""What can go wrong with the database itself. No text for people: the edge has its own.

StorageError
├── StorageFull          no room to write; what was acknowledged is kept
├── StorageBusy          somebody else holds the database or a row for too long
├── StorageUnavailable   the server or the file cannot be reached
├── StorageClosed        the database was closed, or is closing
├── DatabaseUrlInvalid   the address names no database that we know
├── FilesError           the file store: see files.py
└── SchemaMismatch
    ├── SchemaTooOld     `kezek migrate` is due
    └── SchemaTooNew     the database was made by a newer version
"""

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_FULL_STATES = {"53100"}
_BUSY_STATES = {"53300", "55P03", "57014", "40001", "40P01"}
_GONE_STATES = {"57P01", "57P02", "57P03", "3D000", "28000", "28P01"}
# SQLite's own result codes; the low byte is the family of an extended code.
_FULL_CODES = {sqlite3.SQLITE_FULL}
_FULL_EXTENDED = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
_BUSY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_GONE_CODES = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOTADB}


class StorageError(Exception):
    """The root of this tree."""


class StorageFull(StorageError):
    """No room to write. Nothing of the refused work is kept, everything acknowledged is."""


class StorageBusy(StorageError):
    """The database or a row was held by somebody else for longer than we wait."""


class StorageUnavailable(StorageError):
    """The server or the file cannot be reached; `reason` is the class of the cause."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StorageClosed(StorageError):
    """The database was closed, or is closing."""


class DatabaseUrlInvalid(StorageError):
    """The address names no database that we know; `scheme` is what it starts with."""

    def __init__(self, scheme: str) -> None:
        super().__init__(scheme)
        self.scheme = scheme


class SchemaMismatch(StorageError):
    """The schema is not the one of this version; `found` is None in an empty database."""

    def __init__(self, found: str | None, needed: str) -> None:
        super().__init__(found, needed)
        self.found = found
        self.needed = needed


class SchemaTooOld(SchemaMismatch):
    """The schema is of an older version: `kezek migrate` is due."""


class SchemaTooNew(SchemaMismatch):
    """The schema is of a newer version than this program."""


def sqlstate(error: DBAPIError) -> str | None:
    """PostgreSQL's five characters for what happened, if that is where the error is from."""
    state = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else None


def translated(error: Exception) -> Exception:
    """The StorageError that `error` amounts to, or `error` itself (a broken constraint, a slip)."""
    if isinstance(error, PoolTimeout):
        return StorageBusy()
    if isinstance(error, OSError):
        return StorageUnavailable(type(error).__name__)
    if not isinstance(error, DBAPIError):
        return error
    if isinstance(error.orig, sqlite3.Error):
        return _from_sqlite(error, error.orig)
    return _from_postgresql(error)


def from_sqlite(error: sqlite3.Error) -> Exception:
    """The same for an error of the driver, met without SQLAlchemy in between."""
    return _from_sqlite(error, error)


def _from_sqlite(error: Exception, origin: sqlite3.Error) -> Exception:
    extended = getattr(origin, "sqlite_errorcode", None)
    if extended is None:
        return error
    family = extended & 0xFF
    if family in _FULL_CODES or extended in _FULL_EXTENDED:
        return StorageFull()
    if family in _BUSY_CODES:
        return StorageBusy()
    if family in _GONE_CODES:
        return StorageUnavailable(type(origin).__name__)
    return error


def _from_postgresql(error: DBAPIError) -> Exception:
    state = sqlstate(error)
    if state in _FULL_STATES:
        return StorageFull()
    if state in _BUSY_STATES:
        return StorageBusy()
    lost = error.connection_invalidated or state in _GONE_STATES
    if lost:
        return StorageUnavailable(type(error.orig).__name__)
    return error
