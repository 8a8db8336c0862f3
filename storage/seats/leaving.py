"""A child leaves the kindergarten it is enrolled in: its place in the group can be reported again (ours)."""

from datetime import date, timedelta

from sqlalchemy import bindparam, select, update

from domain.enrolment import Leaving
from domain.errors import AlreadyDecided, NoContract
from domain.referral import ReferralEnd
from storage.seats import claims, referrals
from storage.seats.referrals import Issued
from storage.tables import claim
from storage.transaction import Transaction
from storage.types import Day, Id

_ENROLLED = (claim.c.state == ReferralEnd.ENROLLED.value, claim.c.left_on.is_(None))
_WHEN = select(claim.c.left_on).where(claim.c.id == bindparam("of_claim", type_=Id))
_LEAVE = update(claim).values(left_on=bindparam("last_day", type_=Day()), left_why=bindparam("why"))
_LEAVE_ONE = _LEAVE.where(claim.c.id == bindparam("of_claim"), *_ENROLLED)
_LEAVE_OTHERS = _LEAVE.where(
    claim.c.child_id == bindparam("of_child"), claim.c.id != bindparam("but_claim"), *_ENROLLED
)


def left_on(tx: Transaction, claim_id: int) -> date | None:
    """The last day of a child that has left or is to leave; None while it stays."""
    day: date | None = tx.conn.execute(_WHEN, {"of_claim": claim_id}).scalar()
    return day


def leave(tx: Transaction, referral_id: int, last_day: date, why: Leaving) -> Issued:
    """Note that a child leaves the group it was referred to, with its last day there.

    Raises NoContract when no contract was signed on it, AlreadyDecided when it was noted before,
    ReferralUnknown.
    """
    claims.lock_one(tx, referrals.known(tx, referral_id).claim_id)
    issued = referrals.known(tx, referral_id)
    if issued.referral.end is not ReferralEnd.ENROLLED:
        raise NoContract
    values = {"of_claim": issued.claim_id, "last_day": last_day, "why": why.value}
    if not tx.conn.execute(_LEAVE_ONE, values).rowcount:
        raise AlreadyDecided
    return issued


def leave_for(tx: Transaction, child_id: int, claim_id: int, starts_on: date) -> None:
    """A child that signs elsewhere goes where it went before to the day before: it has one place."""
    values = {"of_child": child_id, "but_claim": claim_id, "why": Leaving.OTHER_KINDERGARTEN.value}
    tx.conn.execute(_LEAVE_OTHERS, values | {"last_day": starts_on - timedelta(days=1)})
