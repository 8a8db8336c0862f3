"""Outages, known from the gaps between the clockwork's looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from domain.outage import LONGEST_GAP, Outage
from storage.dialects import inserts
from storage.tables.outages import last_look, outage, prolongation
from storage.transaction import Dialect, Transaction
from storage.types import Instant

NOTE_EVERY = timedelta(seconds=30)
"""A look so soon after one that was written down need not be."""
_ONE = 1


@dataclass(frozen=True, slots=True)
class KnownOutage:
    """An outage, and when all that it had hit was prolonged, if it was."""

    outage: Outage
    prolonged_at: datetime | None


_LAST = select(last_look.c.looked_at, last_look.c.really_at).where(last_look.c.id == _ONE)
_LOCKED = _LAST.with_for_update()
_FIRST: Mapping[Dialect, Any] = {d: each.on_conflict_do_nothing() for d, each in inserts(last_look).items()}
_LOOKED = (
    update(last_look)
    .where(last_look.c.id == _ONE)
    .values(
        looked_at=bindparam("now", type_=Instant()),
        really_at=bindparam("real", type_=Instant()),
    )
)
_ALL = select(outage).order_by(outage.c.id.desc())
_ONE_OF = select(outage).where(outage.c.id == bindparam("which"))
_DONE = (
    update(outage)
    .where(outage.c.id == bindparam("which"), outage.c.prolonged_at.is_(None))
    .values(prolonged_at=bindparam("at", type_=Instant()))
)
_MARK: Mapping[Dialect, Any] = {d: each.on_conflict_do_nothing() for d, each in inserts(prolongation).items()}


def must_note(tx: Transaction, really: datetime) -> bool:
    """Whether this look is to be written down."""
    row = tx.conn.execute(_LAST).first()
    return row is None or abs(really - row.really_at) >= NOTE_EVERY


def note_look(tx: Transaction, really: datetime) -> Outage | None:
    """Write down that somebody looks now; the outage that this look ends, if it ends one.

    `really`: the machine's own time, which says how long nobody looked; a clock that is moved, as in the
    demo, is no outage.
    """
    row = tx.conn.execute(_LOCKED).first()
    if row is None:
        first = {"id": _ONE, "looked_at": tx.now, "really_at": really}
        tx.conn.execute(_FIRST[tx.dialect], first)
        return None
    tx.conn.execute(_LOOKED, {"now": tx.now, "real": really})
    if really - row.really_at <= LONGEST_GAP or tx.now <= row.looked_at:
        return None
    span = {"began_at": row.looked_at, "ended_at": tx.now}
    written = tx.conn.execute(insert(outage).returning(outage.c.id), span).scalar_one()
    return Outage(written, row.looked_at, tx.now)


def known(tx: Transaction) -> list[KnownOutage]:
    """All of them, the newest first."""
    return [_known(row) for row in tx.conn.execute(_ALL)]


def find(tx: Transaction, outage_id: int) -> KnownOutage | None:
    """The outage of this number."""
    row = tx.conn.execute(_ONE_OF, {"which": outage_id}).first()
    return None if row is None else _known(row)


def mark(tx: Transaction, outage_id: int, what: str, of_id: int, also_id: int = 0) -> bool:
    """Write down that this was prolonged for it; False where it was already."""
    row = {"outage_id": outage_id, "what": what, "of_id": of_id, "also_id": also_id, "at": tx.now}
    return tx.conn.execute(_MARK[tx.dialect], row).rowcount == 1


def finish(tx: Transaction, outage_id: int) -> bool:
    """All that it had hit is prolonged now; False where somebody has said so before."""
    return tx.conn.execute(_DONE, {"which": outage_id, "at": tx.now}).rowcount == 1


def _known(row: Any) -> KnownOutage:
    return KnownOutage(Outage(row.id, row.began_at, row.ended_at), row.prolonged_at)
