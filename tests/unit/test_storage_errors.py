"""What an error of a driver amounts to."""

import sqlite3

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import StorageBusy, StorageError, StorageFull, StorageUnavailable, translated


class ServerError(Exception):
    """An error as the PostgreSQL driver raises it."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def from_file(code: int) -> DBAPIError:
    origin = sqlite3.OperationalError("words")
    origin.sqlite_errorcode = code
    return OperationalError("SELECT 1", {}, origin)


def from_server(sqlstate: str, *, lost: bool = False) -> DBAPIError:
    return DBAPIError("SELECT 1", {}, ServerError(sqlstate), connection_invalidated=lost)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (from_file(sqlite3.SQLITE_FULL), StorageFull),
        (from_file(sqlite3.SQLITE_IOERR_WRITE), StorageFull),
        (from_file(sqlite3.SQLITE_BUSY), StorageBusy),
        (from_file(sqlite3.SQLITE_BUSY_SNAPSHOT), StorageBusy),
        (from_file(sqlite3.SQLITE_CANTOPEN), StorageUnavailable),
        (from_file(sqlite3.SQLITE_IOERR_FSYNC), StorageUnavailable),
        (from_server("53100"), StorageFull),
        (from_server("55P03"), StorageBusy),
        (from_server("40P01"), StorageBusy),
        (from_server("57P01"), StorageUnavailable),
        (from_server("08006", lost=True), StorageUnavailable),
        (PoolTimeout(), StorageBusy),
        (ConnectionRefusedError(), StorageUnavailable),
    ],
)
def test_a_fault_of_the_database_is_told_by_its_kind(error: Exception, kind: type[StorageError]) -> None:
    assert type(translated(error)) is kind


@pytest.mark.parametrize(
    "error",
    [
        IntegrityError("INSERT", {}, sqlite3.IntegrityError("words")),
        from_file(sqlite3.SQLITE_ERROR),
        from_server("42703"),
        ValueError("a slip"),
    ],
)
def test_anything_else_stays_what_it_is(error: Exception) -> None:
    assert translated(error) is error
