"""Prolonging what an outage has hit, one by one and once: never shorter, and nothing that others have by now.

What twins hold is one: both are prolonged together, whichever of them is asked for.

A hold that lapsed and a referral that expired while nobody was there ended by comparison, as they do: their
seats may be somebody else's. Of such a referral the suspension is lifted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import and_, bindparam, exists, or_, select, update

from domain.application import Happening, Status
from domain.outage import Outage
from storage import outages
from storage.application_changes import set_status
from storage.applications import lock
from storage.seats import claims, referral_rows, referrals
from storage.seats.moved_days import calendar_of
from storage.tables import access, claim, referral, seat, seat_list, suspension
from storage.tables.outages import prolongation
from storage.transaction import Transaction
from storage.types import Instant

REFERRAL, LIST, ACCESS, HOLD, SUSPENSION = "referral", "list", "access", "hold", "suspension"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Longer:
    """What an application has longer: until an instant, or, of a referral, through a day."""

    application_id: int
    claim_id: int | None = None
    number: int | None = None
    until: datetime | None = None
    through: date | None = None


_NOW = bindparam("now", type_=Instant())
_BEGAN, _ENDED = bindparam("began", type_=Instant()), bindparam("ended", type_=Instant())
_TOUCHED_DAY = and_(referral.c.ends_at > _BEGAN, referral.c.ends_at < bindparam("day_after", type_=Instant()))
_REFERRALS = select(referral.c.id).where(
    referral.c.ended_at.is_(None), referral.c.ends_at > _NOW, _TOUCHED_DAY
)
_SUSPENDED = (
    select(suspension.c.id)
    .join(referral, referral.c.id == suspension.c.referral_id)
    .where(suspension.c.ends_at > _NOW, referral.c.state == "expired", _TOUCHED_DAY)
)
_HOLDS = select(claim.c.id).where(
    claim.c.state == "held",
    claim.c.held_until > _NOW,
    claim.c.held_until > _BEGAN,
    claim.c.taken_at < _ENDED,
)
_LISTS = select(seat_list.c.id).where(
    seat_list.c.priority_ends_at > _NOW,
    seat_list.c.priority_ends_at > _BEGAN,
    seat_list.c.opens_at < _ENDED,
    # Made late and after it, an access was counted from then.
    or_(
        seat_list.c.access_made_at < _ENDED,
        and_(seat_list.c.access_made_at.is_not(None), seat_list.c.late_reason.is_(None)),
    ),
)
_own = prolongation.alias("own")
_ACCESSES = (
    select(access.c.list_id, access.c.application_id)
    .join(
        prolongation,
        (prolongation.c.of_id == access.c.list_id)
        & (prolongation.c.what == LIST)
        & (prolongation.c.outage_id == bindparam("outage")),
    )
    .where(
        access.c.ends_at > _NOW,
        ~exists().where(
            _own.c.outage_id == bindparam("outage"),
            _own.c.what == ACCESS,
            _own.c.of_id == access.c.list_id,
            _own.c.also_id == access.c.application_id,
        ),
    )
    .order_by(access.c.list_id, access.c.application_id)
    .limit(bindparam("limit"))
)
_LIST_ENDS = (
    select(seat_list.c.priority_ends_at).where(seat_list.c.id == bindparam("which")).with_for_update()
)
_MOVE_LIST = (
    update(seat_list)
    .where(seat_list.c.id == bindparam("which"))
    .values(priority_ends_at=bindparam("until", type_=Instant()))
)
_ACCESS_ENDS = (
    select(access.c.ends_at)
    .where(access.c.list_id == bindparam("which"), access.c.application_id == bindparam("of"))
    .with_for_update()
)
_MOVE_ACCESS = (
    update(access)
    .where(access.c.list_id == bindparam("which"), access.c.application_id == bindparam("of"))
    .values(ends_at=bindparam("until", type_=Instant()), reminded_at=None)
)
_MOVE_CLAIM = (
    update(claim)
    .where(claim.c.id == bindparam("which"))
    .values(held_until=bindparam("until", type_=Instant()), warned_at=None)
)
_MOVE_SEAT = (
    update(seat)
    .where(seat.c.claim_id == bindparam("of_claim"))
    .values(held_until=bindparam("until", type_=Instant()))
)
_SUSPENSION = select(suspension.c.referral_id, suspension.c.ends_at, referral.c.claim_id).where(
    suspension.c.id == bindparam("which"), suspension.c.referral_id == referral.c.id
)
_LIFT = update(suspension).where(suspension.c.id == bindparam("which")).values(ends_at=_NOW)


def hit(tx: Transaction, what: str, outage: Outage) -> list[int]:
    """The ids of what it has hit and what is not over: holds, lists, referrals or suspensions."""
    found = {REFERRAL: _REFERRALS, SUSPENSION: _SUSPENDED, HOLD: _HOLDS, LIST: _LISTS}[what]
    span = {"now": tx.now, "began": outage.began_at, "ended": outage.ended_at}
    rows = tx.conn.execute(found, span | {"day_after": outage.ended_at + _DAY})
    return sorted(rows.scalars())


def accesses(tx: Transaction, outage: Outage, limit: int) -> list[tuple[int, int]]:
    """Some accesses to lists that were prolonged, still to be prolonged themselves: list and application."""
    asked = {"now": tx.now, "outage": outage.id, "limit": limit}
    return [(row.list_id, row.application_id) for row in tx.conn.execute(_ACCESSES, asked)]


def prolong_referral(tx: Transaction, outage: Outage, referral_id: int) -> list[Longer]:
    """By as many working days as it was down on; empty where that was done, or it is over."""
    claims.lock_one(tx, referrals.known(tx, referral_id).claim_id)
    issued = referrals.known(tx, referral_id)
    given = issued.referral
    if not given.is_valid(tx.now) or not outage.touches_day(given.last_day):
        return []
    if not outages.mark(tx, outage.id, REFERRAL, referral_id):
        return []
    through = outage.later_day(given.last_day, calendar_of(tx, issued.territory_id))
    referral_rows.write_days(tx, referral_id, replace(given, last_day=through))
    return [Longer(issued.application_id, issued.claim_id, number=issued.number, through=through)]


def lift_suspension(tx: Transaction, outage: Outage, suspension_id: int) -> list[Longer]:
    """That followed a referral whose last day it had hit: the application waits again, with its date."""
    row = tx.conn.execute(_SUSPENSION, {"which": suspension_id}).one()
    issued = referrals.known(tx, row.referral_id)
    locked = lock(tx, issued.application_id)
    if not outage.touches_day(issued.referral.last_day):
        return []
    if locked is None or not outages.mark(tx, outage.id, SUSPENSION, suspension_id):
        return []
    tx.conn.execute(_LIFT, {"which": suspension_id, "now": tx.now})
    if locked.status is not Status.SUSPENDED or locked.suspended_until != row.ends_at:
        return []
    set_status(tx, locked, Happening.SUSPENSION_OVER)
    return [Longer(issued.application_id, row.claim_id)]


def prolong_hold(tx: Transaction, outage: Outage, claim_id: int) -> list[Longer]:
    """By its length, with that of the twin. Empty where that was done, or it is no hold any more."""
    longer = []
    for application, held in claims.lock_with_twin(tx, claim_id):
        if held.state != "held" or not held.is_live(tx.now):
            continue
        if outages.mark(tx, outage.id, HOLD, held.id):
            until = held.held_until + outage.length
            tx.conn.execute(_MOVE_CLAIM, {"which": held.id, "until": until})
            tx.conn.execute(_MOVE_SEAT, {"of_claim": held.id, "until": until})
            longer.append(Longer(application.id, held.id, until=until))
    return longer


def prolong_list(tx: Transaction, outage: Outage, list_id: int) -> bool:
    """The time of the first of a list, for as long as it runs; False where that was done."""
    ends_at = tx.conn.execute(_LIST_ENDS, {"which": list_id}).scalar_one()
    if ends_at <= tx.now or not outages.mark(tx, outage.id, LIST, list_id):
        return False
    tx.conn.execute(_MOVE_LIST, {"which": list_id, "until": ends_at + outage.length})
    return True


def prolong_accesses(tx: Transaction, outage: Outage, some: Sequence[tuple[int, int]]) -> list[Longer]:
    """The access of applications to lists that were prolonged."""
    longer = []
    for list_id, application_id in some:
        asked = {"which": list_id, "of": application_id}
        ends_at = tx.conn.execute(_ACCESS_ENDS, asked).scalar_one()
        if outages.mark(tx, outage.id, ACCESS, list_id, application_id):
            until = ends_at + outage.length
            tx.conn.execute(_MOVE_ACCESS, asked | {"until": until})
            longer.append(Longer(application_id, until=until))
    return longer
