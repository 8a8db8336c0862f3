"""All open sessions of somebody, to be looked at and to be ended. Their times are the machine's own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.dialects import is_one_of
from storage.staff_sessions import IS_OPEN, open_at
from storage.tables import staff, staff_session
from storage.transaction import Transaction

NAME_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Somebody is signed in somewhere: since when, last seen when, from which address, by what browser."""

    id_hash: bytes = field(repr=False)
    since: datetime
    seen_at: datetime
    from_where: str | None
    agent: str | None

    @property
    def name(self) -> str:
        """What a form calls it. Nobody gets in with that."""
        return self.id_hash.hex()[:NAME_CHARACTERS]


_OPEN = (
    select(
        staff_session.c.id_hash,
        staff_session.c.created_at,
        staff_session.c.seen_at,
        staff_session.c.from_where,
        staff_session.c.agent,
    )
    .where(staff_session.c.staff_id == bindparam("of_staff"), IS_OPEN)
    .order_by(staff_session.c.seen_at.desc(), staff_session.c.created_at.desc())
)
_OPEN_OF = (
    select(staff_session.c.id_hash)
    .join(staff, staff.c.id == staff_session.c.staff_id)
    .where(is_one_of(staff_session.c.staff_id, "staff_ids"), staff.c.disabled_at.is_(None), IS_OPEN)
)
_END = delete(staff_session).where(staff_session.c.id_hash == bindparam("of_hash"))
_END_ALL_BUT = delete(staff_session).where(
    staff_session.c.staff_id == bindparam("of_staff"), staff_session.c.id_hash != bindparam("but")
)


def of_staff(tx: Transaction, staff_id: int, now: datetime) -> Sequence[OpenSession]:
    """Those that are open, the one that was used last before the others."""
    return [OpenSession(*row) for row in tx.conn.execute(_OPEN, {"of_staff": staff_id} | open_at(now))]


def open_of(tx: Transaction, staff_ids: Collection[int], now: datetime) -> frozenset[bytes]:
    """The hashes of all by which any of these is signed in."""
    asked = {"staff_ids": staff_ids} | open_at(now)
    return frozenset(tx.conn.execute(_OPEN_OF, asked).scalars())


def end(tx: Transaction, session: OpenSession) -> bool:
    """End one; whether it was still there."""
    return tx.conn.execute(_END, {"of_hash": session.id_hash}).rowcount == 1


def end_all(tx: Transaction, staff_id: int, but: bytes = b"") -> int:
    """End all of somebody, also those who are halfway in; how many. `but`: the hash of one that stays."""
    return tx.conn.execute(_END_ALL_BUT, {"of_staff": staff_id, "but": but}).rowcount
