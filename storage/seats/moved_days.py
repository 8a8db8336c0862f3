"""Referrals whose last day moved: days off were declared after they were issued (ours).

Only in the parent's favour, by the domain; what is found by this is moved one by one, under the lock of its
application, and what was moved is not found again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, literal_column, select

from domain.errors import NoPolicyInForce
from domain.referral import Referral
from domain.working_days import WorkingCalendar
from storage import policies
from storage.seats import claims, referral_rows, referrals
from storage.seats.referrals import Issued
from storage.tables import claim, referral
from storage.tables.queues import application
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True)
class MovedReferral:
    """A referral as it was, and as it is since."""

    before: Issued
    after: Issued


_VALID = (
    select(referral.c.id)
    .where(referral.c.ended_at.is_(None), referral.c.ends_at > bindparam("now", type_=Instant()))
    .order_by(referral.c.id)
)
_DAYS = (
    select(
        referral.c.id,
        referral.c.issued_at,
        referral.c.valid_through,
        referral.c.original_last_day,
        referral.c.terms,
        referral.c.state,
        referral.c.ended_at,
        application.c.territory_id,
    )
    .join_from(referral, claim, claim.c.id == referral.c.claim_id)
    .join(application, application.c.id == claim.c.application_id)
    .where(referral.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(literal_column("1"))
)


def valid(tx: Transaction) -> list[int]:
    """All referrals that are valid now, by id."""
    return list(tx.conn.execute(_VALID, {"now": tx.now}).scalars())


def to_move(tx: Transaction, referral_ids: Sequence[int]) -> list[int]:
    """Which of these have more days by the calendar in force now than they were given."""
    calendars: dict[int, WorkingCalendar] = {}
    found = []
    for row in tx.conn.execute(_DAYS, {"ids": list(referral_ids)}).mappings():
        if row["territory_id"] not in calendars:
            calendars[row["territory_id"]] = calendar_of(tx, row["territory_id"])
        # Whether it was extended changes how far it moves, and not whether.
        given = referral_rows.as_domain(row, 0, None)
        moved = given.with_calendar(calendars[row["territory_id"]], tx.now)
        if moved.original_last_day != given.original_last_day:
            found.append(row["id"])
    return found


def move(tx: Transaction, referral_id: int) -> MovedReferral | None:
    """Write the later last day; None when nothing is left to move. Raises ReferralUnknown."""
    claims.lock_one(tx, referrals.known(tx, referral_id).claim_id)
    before = referrals.known(tx, referral_id)
    moved: Referral = before.referral.with_calendar(calendar_of(tx, before.territory_id), tx.now)
    if moved == before.referral:
        return None
    referral_rows.write_days(tx, referral_id, moved)
    return MovedReferral(before, replace(before, referral=moved))


def calendar_of(tx: Transaction, territory_id: int) -> WorkingCalendar:
    """The working days that count in a territory now; where no policy is in force the national ones."""
    try:
        return policies.in_force(tx, territory_id, tx.now).calendar()
    except NoPolicyInForce:
        return WorkingCalendar()
