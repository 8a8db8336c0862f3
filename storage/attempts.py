"""Tries that are limited: who tried what, when. A subject is a blind index, never a name."""

from datetime import datetime

from sqlalchemy import BigInteger, bindparam, delete, func, insert, select

from storage.dialects import parameters
from storage.tables import attempt
from storage.transaction import Transaction

_HOLD = select(func.pg_advisory_xact_lock(bindparam("key", type_=BigInteger)))
_RECORD = insert(attempt).values(parameters(attempt, "kind", "subject", "at"))
_SINCE = (
    select(attempt.c.at)
    .where(
        attempt.c.kind == bindparam("kind"),
        attempt.c.subject == bindparam("subject"),
        attempt.c.at > bindparam("since"),
    )
    .order_by(attempt.c.at)
)
_FORGET_ALL = delete(attempt).where(
    attempt.c.kind == bindparam("kind"), attempt.c.subject == bindparam("subject")
)
_OLDEST = (
    select(attempt.c.id)
    .where(attempt.c.at < bindparam("before"))
    .order_by(attempt.c.at)
    .limit(bindparam("limit"))
)
_FORGET = delete(attempt).where(attempt.c.id.in_(_OLDEST.scalar_subquery()))


def hold(tx: Transaction, subject: bytes) -> None:
    """Let nobody else count the tries of this subject until the transaction ends.

    On SQLite writers come one after another anyway.
    """
    if tx.dialect == "postgresql":
        tx.conn.execute(_HOLD, {"key": int.from_bytes(subject[:8], "big", signed=True)})


def record(tx: Transaction, kind: str, subject: bytes, at: datetime) -> None:
    """Note one try."""
    tx.conn.execute(_RECORD, {"kind": kind, "subject": subject, "at": at})


def since(tx: Transaction, kind: str, subject: bytes, instant: datetime) -> list[datetime]:
    """When it was tried after `instant`, oldest first."""
    asked = {"kind": kind, "subject": subject, "since": instant}
    return list(tx.conn.execute(_SINCE, asked).scalars())


def forget(tx: Transaction, kind: str, subject: bytes) -> None:
    """What this one tried counts no more."""
    tx.conn.execute(_FORGET_ALL, {"kind": kind, "subject": subject})


def forget_before(tx: Transaction, before: datetime, limit: int = 200) -> int:
    """Delete up to `limit` of the oldest tries; how many went."""
    return tx.conn.execute(_FORGET, {"before": before, "limit": limit}).rowcount
