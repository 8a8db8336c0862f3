"""Who is to be reminded now: of a referral's end, of a hold that runs out, of the last evening of an access.

Told from the rows themselves, so that nothing comes twice and nothing that was missed comes late: after a
pause only the newest reminder is due that is still true. Whoever takes it tells it in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from domain.application import Status
from domain.ladder import (
    BEFORE_HOLD_ENDS,
    Rung,
    Step,
    evenings_begun_before,
    fallen_due,
    ladder,
    last_evening,
    next_after,
)
from storage.seats.moved_days import calendar_of
from storage.tables import LAST_EVENING, UNWARNED, access, application, claim, extension, referral
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingReferral:
    """A referral of whose end the family is to be reminded; `until` the next reminder, or its end.

    `extensible`: an extension is left.
    """

    referral_id: int
    claim_id: int
    application_id: int
    number: int
    last_day: date
    step: Step
    until: datetime
    extensible: bool


@dataclass(frozen=True, slots=True)
class EndingHold:
    """A hold that runs out before long, at `held_until`."""

    claim_id: int
    application_id: int
    held_until: datetime


@dataclass(frozen=True, slots=True)
class EndingAccess:
    """An application whose access to a list ends in the morning, at `ends_at`."""

    application_id: int
    ends_at: datetime


_NOW = bindparam("now", type_=Instant())
_EXTENDED = (
    select(func.count())
    .where(extension.c.referral_id == referral.c.id, extension.c.state != "refused")
    .scalar_subquery()
)
_REFERRALS = (
    select(
        referral.c.id,
        referral.c.claim_id,
        referral.c.number,
        referral.c.valid_through,
        referral.c.ends_at,
        referral.c.ended_at,
        referral.c.terms,
        referral.c.reminded_at,
        referral.c.reminded,
        claim.c.application_id,
        application.c.territory_id,
        _EXTENDED.label("extended"),
    )
    .join_from(referral, claim, claim.c.id == referral.c.claim_id)
    .join(application, application.c.id == claim.c.application_id)
    .where(referral.c.remind_at <= _NOW)
    .order_by(referral.c.remind_at, referral.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=referral, skip_locked=True)
)
_REMINDED = (
    update(referral)
    .where(referral.c.id == bindparam("which"))
    .values(
        remind_at=bindparam("next_at", type_=Instant()),
        reminded_at=_NOW,
        reminded=bindparam("step"),
    )
)
_HOLDS = (
    select(claim.c.id, claim.c.application_id, claim.c.taken_at, claim.c.held_until)
    .where(UNWARNED, claim.c.held_until <= bindparam("before", type_=Instant()))
    .order_by(claim.c.held_until)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_WARNED = update(claim).where(claim.c.id.in_(bindparam("ids", expanding=True))).values(warned_at=_NOW)
_ACCESS = (
    select(
        access.c.list_id, access.c.application_id, access.c.made_at, access.c.ends_at, application.c.status
    )
    .add_columns(application.c.paused_at)
    .join(application, application.c.id == access.c.application_id)
    .where(LAST_EVENING, access.c.ends_at < bindparam("before", type_=Instant()))
    .order_by(access.c.ends_at)
    .limit(bindparam("limit"))
    .with_for_update(of=access, skip_locked=True)
)
_EVENING_SEEN = (
    update(access)
    .where(
        access.c.list_id == bindparam("of_list"),
        access.c.application_id == bindparam("of_application"),
    )
    .values(reminded_at=bindparam("at", type_=Instant()))
)


def of_referrals(tx: Transaction, limit: int) -> tuple[int, list[EndingReferral]]:
    """How many were looked at, at most `limit`, and of which of them the families are to be reminded."""
    rows = tx.conn.execute(_REFERRALS, {"now": tx.now, "limit": limit}).all()
    due = [_look(tx, row) for row in rows]
    return len(rows), [each for each in due if each is not None]


def of_holds(tx: Transaction, limit: int) -> tuple[int, list[EndingHold]]:
    """The same of holds. One that has lapsed, or that is shorter than the warning, needs none."""
    asked = {"before": tx.now + BEFORE_HOLD_ENDS, "limit": limit}
    rows = tx.conn.execute(_HOLDS, asked).all()
    if rows:
        tx.conn.execute(_WARNED, {"ids": [row.id for row in rows], "now": tx.now})
    useful = [
        row for row in rows if row.held_until > tx.now and row.taken_at < row.held_until - BEFORE_HOLD_ENDS
    ]
    return len(rows), [EndingHold(row.id, row.application_id, row.held_until) for row in useful]


def of_accesses(tx: Transaction, limit: int) -> tuple[int, list[EndingAccess]]:
    """The same of accesses: of those who still wait, and had theirs before the evening began."""
    asked = {"before": evenings_begun_before(tx.now), "limit": limit}
    rows = tx.conn.execute(_ACCESS, asked).all()
    seen = [{"of_list": row.list_id, "of_application": row.application_id, "at": tx.now} for row in rows]
    if seen:
        tx.conn.execute(_EVENING_SEEN, seen)
    return len(rows), [EndingAccess(row.application_id, row.ends_at) for row in rows if _still_waits(tx, row)]


def _still_waits(tx: Transaction, row: Any) -> bool:
    waits = row.status == Status.AWAITING_PLACE.value and row.paused_at is None
    return waits and row.made_at < last_evening(row.ends_at) and tx.now < row.ends_at


def _look(tx: Transaction, row: Any) -> EndingReferral | None:
    """Whether its family is to be reminded now; and write down when it is looked at next."""
    rungs: Sequence[Rung] = ()
    if row.ended_at is None and tx.now < row.ends_at:
        rungs = ladder(row.valid_through, calendar_of(tx, row.territory_id))
    told = None if row.reminded is None else Step(row.reminded)
    due = fallen_due(rungs, row.reminded_at, tx.now, told)
    following = next_after(rungs, tx.now)
    tx.conn.execute(
        _REMINDED,
        {
            "which": row.id,
            "now": tx.now,
            "next_at": None if following is None else following.at,
            "step": row.reminded if due is None else due.step.value,
        },
    )
    if due is None:
        return None
    return EndingReferral(
        referral_id=row.id,
        claim_id=row.claim_id,
        application_id=row.application_id,
        number=row.number,
        last_day=row.valid_through,
        step=due.step,
        until=row.ends_at if following is None else following.at,
        extensible=row.extended < row.terms["extensions"],
    )
