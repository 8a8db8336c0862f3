"""What ends by itself: holds that lapse, referrals that expire, and the suspension that follows [004].

All of it is a comparison with `now`, whether or not anybody wrote it down. It is written by whoever needs it
first: a turn with the application in hand, or the clockwork, which also tells the families.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, literal_column, select, update

from domain.application import Happening, Status
from domain.hold import HoldEnd
from domain.referral import Referral, ReferralEnd
from domain.suspension import Suspension, suspension_after
from storage import policies
from storage.application_changes import set_status
from storage.applications import Application, lock
from storage.ids import new_id
from storage.seats import claims, referral_rows, referrals
from storage.seats.referrals import Issued
from storage.tables import claim, referral, suspension
from storage.transaction import Transaction
from storage.types import Instant

MOST = 200
"""No more than these in one transaction; who asks again makes the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed:
    """A hold that was not confirmed in time, of which the family was not told yet."""

    claim_id: int
    application_id: int
    seat_id: int
    held_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """A referral that was not used in time, of which the family was not told yet.

    Suspended from `suspended_from` to before `suspended_until`; with equal instants not at all.
    """

    claim_id: int
    application_id: int
    referral_id: int
    number: int
    last_day: date
    suspended_from: datetime
    suspended_until: datetime


_NOW = bindparam("now", type_=Instant())
_HELD = claim.c.state == literal_column("'held'")
_OVERDUE_HOLDS = (
    select(claim.c.id)
    .where(_HELD, claim.c.held_until <= _NOW)
    .order_by(claim.c.held_until)
    .limit(bindparam("limit"))
)
_LAPSE = (
    update(claim)
    .where(claim.c.id.in_(bindparam("ids", expanding=True)), _HELD)
    .values(state=HoldEnd.LAPSED.value, ended_at=claim.c.held_until)
)
_UNTOLD = (
    claim.c.state.in_([literal_column("'lapsed'"), literal_column("'expired'")]),
    claim.c.told_at.is_(None),
)
_UNTOLD_HOLDS = (
    select(claim.c.id, claim.c.application_id, claim.c.seat_id, claim.c.held_until)
    .where(*_UNTOLD, claim.c.state == "lapsed")
    .order_by(claim.c.ended_at, claim.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_UNTOLD_REFERRALS = (
    select(
        claim.c.id.label("claim_id"),
        claim.c.application_id,
        referral.c.id.label("referral_id"),
        referral.c.number,
        referral.c.valid_through.label("last_day"),
        referral.c.ends_at,
        suspension.c.ends_at.label("suspended_until"),
    )
    .join_from(claim, referral, referral.c.claim_id == claim.c.id)
    .outerjoin(suspension, suspension.c.referral_id == referral.c.id)
    .where(*_UNTOLD, claim.c.state == "expired")
    .order_by(claim.c.ended_at, claim.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=claim, skip_locked=True)
)
_TELL = (
    update(claim)
    .where(claim.c.id.in_(bindparam("ids", expanding=True)))
    .values(told_at=bindparam("at", type_=Instant()))
)
_OVERDUE_REFERRALS = (
    select(claim.c.application_id)
    .join_from(referral, claim, claim.c.id == referral.c.claim_id)
    .where(referral.c.ended_at.is_(None), referral.c.ends_at <= _NOW)
    .order_by(referral.c.ends_at)
    .limit(bindparam("limit"))
)


def clear_lapsed(tx: Transaction, limit: int = MOST) -> list[Lapsed]:
    """Write down the holds that have lapsed; all of which families were not told yet, at most `limit`.

    They count as told from now on: the caller tells them in this transaction. Their seats were free before.
    """
    asked = {"now": tx.now, "limit": limit}
    overdue = list(tx.conn.execute(_OVERDUE_HOLDS, asked).scalars())
    if overdue:
        tx.conn.execute(_LAPSE, {"ids": sorted(overdue)})
    found = tx.conn.execute(_UNTOLD_HOLDS, {"limit": limit}).all()
    _told(tx, [row.id for row in found])
    return [
        Lapsed(
            claim_id=row.id,
            application_id=row.application_id,
            seat_id=row.seat_id,
            held_until=row.held_until,
        )
        for row in found
    ]


def expire_due(tx: Transaction, limit: int = MOST) -> list[Expired]:
    """Make the expired referrals what they are; all of which families were not told yet, at most `limit`.

    Also those that a turn has made before. They count as told from now on: the caller tells them in this
    transaction. Each application is suspended, its claim ended, and its seat waits for the next list.
    """
    make_expired(tx, limit)
    found = tx.conn.execute(_UNTOLD_REFERRALS, {"limit": limit}).all()
    _told(tx, [row.claim_id for row in found])
    return [_expired(row) for row in found]


def make_expired(tx: Transaction, limit: int = MOST) -> int:
    """The same without telling anybody, for a turn that needs a queue as it is; how many were made."""
    overdue = tx.conn.execute(_OVERDUE_REFERRALS, {"now": tx.now, "limit": limit}).scalars()
    made = 0
    for application_id in sorted(overdue):
        locked = lock(tx, application_id)
        if locked is not None and locked.status is Status.REFERRED:
            made += make_own_due(tx, locked).status is not Status.REFERRED
    return made


def make_own_due(tx: Transaction, locked: Application) -> Application:
    """Make what has fallen due for one application, which is locked; the application as it is then.

    Its referral has expired, its suspension is over. That it has aged out is made with its
    queue (`storage.fallen_due`).
    """
    if locked.status is Status.REFERRED:
        locked = _expire(tx, locked)
    over = locked.suspended_until
    if locked.status is Status.SUSPENDED and over is not None and tx.now >= over:
        return set_status(tx, locked, Happening.SUSPENSION_OVER).application
    return locked


def _expire(tx: Transaction, referred: Application) -> Application:
    issued = next(iter(referrals.of_application(tx, referred.id)), None)
    if issued is None or issued.referral.end is not None or issued.referral.is_valid(tx.now):
        return referred
    follows = _suspension(tx, referred, issued.referral)
    at = issued.referral.ends_at
    span = (follows.begins_at, follows.until)
    changed = set_status(tx, referred, Happening.EXPIRED, suspended=span)
    _suspend(tx, referred, issued, follows)
    held = claims.find(tx, issued.claim_id)
    assert held is not None
    claims.end(tx, held, ReferralEnd.EXPIRED.value, at)
    referral_rows.write_end(tx, issued.claim_id, ReferralEnd.EXPIRED, at)
    return changed.application


def _suspension(tx: Transaction, referred: Application, over: Referral) -> Suspension:
    """As long as at issue; a day off that was declared since shortens it if anything (ours)."""
    history = policies.history(tx, referred.territory_id)
    given = suspension_after(over, history.in_force(over.issued_at).calendar())
    return given.with_calendar(history.in_force(tx.now).calendar(), over.ends_at)


def _suspend(tx: Transaction, referred: Application, issued: Issued, follows: Suspension) -> None:
    if follows.begins_at == follows.until:
        return
    row = {
        "id": new_id(),
        "child_id": referred.child_id,
        "territory_id": referred.territory_id,
        "kind": referred.kind.value,
        "starts_at": follows.begins_at,
        "ends_at": follows.until,
        "referral_id": issued.id,
    }
    tx.conn.execute(insert(suspension), row)


def _expired(row: Any) -> Expired:
    return Expired(
        claim_id=row.claim_id,
        application_id=row.application_id,
        referral_id=row.referral_id,
        number=row.number,
        last_day=row.last_day,
        suspended_from=row.ends_at,
        suspended_until=row.suspended_until or row.ends_at,
    )


def _told(tx: Transaction, claim_ids: Sequence[int]) -> None:
    if claim_ids:
        tx.conn.execute(_TELL, {"ids": list(claim_ids), "at": tx.now})
