"""Whether the audit is as it was written: each entry's hash is of itself and of the one before it.

What was cut off at the end cannot be seen so: whoever fears that keeps the newest hash elsewhere.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import bindparam, select

from storage.audit import FIRST, hash_of
from storage.database import Database
from storage.tables import audit
from storage.transaction import Transaction
from storage.types import Id

CHUNK = 1_000
"""Entries in one transaction, and in memory."""

_HASHED = ("at", "actor", "what", "about", "data", "from_where")
_NEXT = (
    select(audit)
    .where(audit.c.id > bindparam("after", type_=Id))
    .order_by(audit.c.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class Verified:
    """How many entries fit, from the first on; `broken` is the first that does not."""

    entries: int
    broken: "Broken | None" = None


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry that was changed, or before which one is gone, was put in or stood elsewhere."""

    id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class _Read:
    entries: int
    last_id: int
    last_hash: bytes
    broken: Broken | None = None


async def verify(database: Database, chunk: int = CHUNK) -> Verified:
    """Go through all of it, up to the first entry that does not fit. Raises StorageError."""
    entries, last_id, last_hash = 0, 0, FIRST
    while True:
        read = await database.read(partial(_some, after=last_id, previous=last_hash, limit=chunk))
        entries += read.entries
        if read.broken is not None or read.entries < chunk:
            return Verified(entries, read.broken)
        last_id, last_hash = read.last_id, read.last_hash


def _some(tx: Transaction, after: int, previous: bytes, limit: int) -> _Read:
    entries, last = 0, after
    for row in tx.conn.execute(_NEXT, {"after": after, "limit": limit}).mappings():
        said = {name: row[name] for name in _HASHED}
        follows = hmac.compare_digest(row["previous_hash"], previous)
        if not follows or not hmac.compare_digest(row["hash"], hash_of(previous, said)):
            return _Read(entries, last, previous, Broken(row["id"], row["at"]))
        entries, last, previous = entries + 1, row["id"], row["hash"]
    return _Read(entries, last, previous)
