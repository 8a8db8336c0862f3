"""Engines that outlive a test: a statement is compiled once for all tests, not anew for each of them.

An engine belongs to an address, so a test that is to get a kept one needs its database at the address
of the test before: `fresh_copy` puts a SQLite file there.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest

from storage import database
from storage.postgres import postgres_engine
from storage.sqlite import reader_engine, writer_engine

MOST = 16
_KEPT = {
    "writer_engine": lru_cache(MOST)(writer_engine),
    "reader_engine": lru_cache(MOST)(reader_engine),
    "postgres_engine": lru_cache(MOST)(postgres_engine),
}


@contextmanager
def kept_engines() -> Iterator[None]:
    """A database that is opened in here gets the engines of the one before it at its address.

    That one must be closed: its connections are, and none is shared.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, kept in _KEPT.items():
            patch.setattr(database, name, kept)
        yield


def fresh_copy(template: Path, file: Path) -> Path:
    """Put a copy of a SQLite file in the place of another that is closed, and of what stood beside that."""
    for each in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        each.unlink(missing_ok=True)
    return Path(shutil.copy(template, file))
