"""The audit: who of the staff did what about whom. Nothing in it names a person.

Each entry carries the hash of the one before it, so that none can be taken out unseen.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import func, insert, select

from storage.tables import audit
from storage.transaction import Transaction
from storage.types import to_microseconds

FIRST = bytes(32)
"""What stands before the first entry."""

_ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(0x61756469))
_LAST = select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)


def append(
    tx: Transaction,
    *,
    at: datetime,
    actor: str,
    what: str,
    about: str | None,
    data: Mapping[str, Any],
    from_where: str | None = None,
) -> None:
    """Write an entry at the end: the last thing a transaction does, for others wait for it."""
    if tx.dialect == "postgresql":
        tx.conn.execute(_ONE_AT_A_TIME)
    previous: bytes = tx.conn.execute(_LAST).scalar() or FIRST
    row = {
        "at": at,
        "actor": actor,
        "what": what,
        "about": about,
        "data": dict(data),
        "from_where": from_where,
    }
    tx.conn.execute(insert(audit), row | {"previous_hash": previous, "hash": hash_of(previous, row)})


def hash_of(previous: bytes, row: Mapping[str, Any]) -> bytes:
    """The hash of an entry that follows another."""
    said = dict(row) | {"at": to_microseconds(row["at"])}
    return sha256(previous + orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()
