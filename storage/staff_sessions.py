"""Sessions of the console. Of the token that a browser shows only a hash is kept.

Their times are the machine's own, not those that rules decide by: `now` is handed in. A session counts
from `confirmed_at` on: whoever still owes the second step has one that opens nothing (`half_sessions`).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update

from storage.dialects import parameters
from storage.tables import staff, staff_session
from storage.transaction import Transaction
from storage.types import Instant

IDLE = timedelta(hours=1)
"""So long nobody may ask for anything before the session is over (ours)."""
LONGEST = timedelta(hours=12)
"""A working day: then the password is asked again, whatever was done meanwhile (ours)."""
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in. `owes_password`: nothing is open before the password is another one."""

    staff_id: int
    login: str
    role: str
    language: str
    seen_at: datetime
    expires_at: datetime
    id_hash: bytes = field(repr=False)
    csrf: str = field(repr=False)
    owes_password: bool = False

    @property
    def ends_at(self) -> datetime:
        """When it is over if nothing is asked for."""
        return min(self.seen_at + IDLE, self.expires_at)

    @property
    def can_stay(self) -> bool:
        """Whether it goes on for longer if something is asked for."""
        return self.ends_at < self.expires_at


IS_OPEN = and_(
    staff_session.c.expires_at > bindparam("really", type_=Instant()),
    staff_session.c.seen_at > bindparam("idle_since", type_=Instant()),
    staff_session.c.confirmed_at.is_not(None),
)
"""For statements: somebody is signed in by it. Its parameters are what `open_at` gives."""

_START = insert(staff_session)
_FIND = (
    select(
        staff_session.c.staff_id,
        staff.c.login,
        staff.c.role,
        staff.c.language,
        staff_session.c.seen_at,
        staff_session.c.expires_at,
        staff_session.c.id_hash,
        staff_session.c.csrf,
        staff.c.password_once_until.is_not(None),
    )
    .join(staff, staff.c.id == staff_session.c.staff_id)
    .where(staff_session.c.id_hash == bindparam("of_hash"), IS_OPEN, staff.c.disabled_at.is_(None))
)
_SEEN = (
    update(staff_session)
    .where(staff_session.c.id_hash == bindparam("of_hash"))
    .values(parameters(staff_session, "seen_at"))
)
_RENEW = (
    update(staff_session)
    .where(staff_session.c.id_hash == bindparam("of_hash"))
    .values(parameters(staff_session, "id_hash", "csrf", "confirmed_at"))
)
_END = delete(staff_session).where(staff_session.c.id_hash == bindparam("of_hash"))
_OVER = (
    select(staff_session.c.id_hash)
    .where(
        or_(
            staff_session.c.expires_at <= bindparam("at", type_=Instant()),
            staff_session.c.seen_at <= bindparam("idle_since", type_=Instant()),
        )
    )
    .limit(bindparam("most"))
)
_FORGET = delete(staff_session).where(staff_session.c.id_hash.in_(_OVER.scalar_subquery()))


def start(
    tx: Transaction, staff_id: int, now: datetime, from_where: str | None, agent: str | None = None
) -> str:
    """Sign somebody in; the token, which is told this once. `agent` names the browser."""
    said = {"staff_id": staff_id, "from_where": from_where, "agent": agent, "confirmed_at": now}
    return add(tx, now, LONGEST, said)


def add(tx: Transaction, now: datetime, lasts: timedelta, said: Mapping[str, Any]) -> str:
    """A session that lasts so long, of which this is said; the token."""
    token = secrets.token_urlsafe(32)
    row = {
        "id_hash": hash_of(token),
        "created_at": now,
        "seen_at": now,
        "expires_at": now + lasts,
        "csrf": secrets.token_urlsafe(32),
        **said,
    }
    tx.conn.execute(_START, row)
    return token


def find(tx: Transaction, token: str, now: datetime) -> Session | None:
    """Whose session it is; None once it is over, and for a token that is none."""
    row = tx.conn.execute(_FIND, {"of_hash": hash_of(token)} | open_at(now)).first()
    return None if row is None else Session(*row)


def seen(tx: Transaction, session: Session, now: datetime) -> Session:
    """The session was used just now; as it is then."""
    tx.conn.execute(_SEEN, {"of_hash": session.id_hash, "seen_at": now})
    return replace(session, seen_at=now)


def renew(tx: Transaction, session: Session, now: datetime) -> str:
    """Give a session another token, which is told this once: the old one is worth nothing any more."""
    token = secrets.token_urlsafe(32)
    row = {"id_hash": hash_of(token), "csrf": secrets.token_urlsafe(32), "confirmed_at": now}
    tx.conn.execute(_RENEW, {"of_hash": session.id_hash, **row})
    return token


def end(tx: Transaction, token: str) -> None:
    """Sign out: the token is worth nothing any more."""
    tx.conn.execute(_END, {"of_hash": hash_of(token)})


def forget_over(tx: Transaction, now: datetime, most: int = 200) -> int:
    """Delete up to `most` sessions that are over; how many went."""
    return tx.conn.execute(_FORGET, {"at": now, "idle_since": now - IDLE, "most": most}).rowcount


def open_at(really: datetime) -> dict[str, Any]:
    """The parameters of IS_OPEN; `really` by the machine's own clock."""
    return {"really": really, "idle_since": really - IDLE}


def hash_of(token: str) -> bytes:
    """What is kept of a token. It is random and long: no salt is needed."""
    return sha256(token.encode()).digest()
