"""Whoever gave the right password and still owes the second step: a session that opens nothing.

Its times are the machine's own.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from storage import staff_sessions
from storage.staff_sessions import hash_of
from storage.tables import staff, staff_session
from storage.transaction import Transaction
from storage.types import Instant

LASTS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Half:
    """Somebody halfway in."""

    staff_id: int
    login: str
    language: str
    id_hash: bytes = field(repr=False)
    csrf: str = field(repr=False)


_FIND = (
    select(
        staff_session.c.staff_id,
        staff.c.login,
        staff.c.language,
        staff_session.c.id_hash,
        staff_session.c.csrf,
    )
    .join(staff, staff.c.id == staff_session.c.staff_id)
    .where(
        staff_session.c.id_hash == bindparam("of_hash"),
        staff_session.c.expires_at > bindparam("at", type_=Instant()),
        staff_session.c.confirmed_at.is_(None),
        staff.c.disabled_at.is_(None),
    )
)
_END = delete(staff_session).where(
    staff_session.c.id_hash == bindparam("of_hash"), staff_session.c.confirmed_at.is_(None)
)


def start(tx: Transaction, staff_id: int, now: datetime, from_where: str) -> str:
    """The token, which is told this once."""
    return staff_sessions.add(tx, now, LASTS, {"staff_id": staff_id, "from_where": from_where})


def find(tx: Transaction, token: str, now: datetime) -> Half | None:
    """Who it is; None after five minutes, and once the second step was made."""
    row = tx.conn.execute(_FIND, {"of_hash": hash_of(token), "at": now}).first()
    return None if row is None else Half(*row)


def end(tx: Transaction, half: Half) -> bool:
    """It is over; whether it was still there: of two at once one ends it."""
    return tx.conn.execute(_END, {"of_hash": half.id_hash}).rowcount == 1
