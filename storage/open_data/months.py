"""Figures of one month: seats published, referrals by what became of them, and how long families waited.

The waiting time is told as the median of days from application to referral, and not at all where fewer
than `FEW` referrals were issued: one child's wait is that family's business.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Float, Select, case, cast, extract, func, literal_column, select

from storage.open_data.queues import FEW
from storage.open_data.wanted import Wanted
from storage.tables import application, bulletin, claim, referral, seat_list
from storage.transaction import Dialect, Transaction
from storage.types import MICROSECOND

VALID = "valid"
"""Beside the words of `ReferralEnd`: what became of a referral that is good yet."""


@dataclass(slots=True)
class Figures:
    """A territory in a month. `returned` of the `seats` had been somebody's; `referrals` by status."""

    territory_id: int
    seats: int = 0
    returned: int = 0
    referrals: dict[str, int] = field(default_factory=dict)
    waited: timedelta | None = None


def figures(tx: Transaction, month: Wanted) -> list[Figures]:
    """Of every territory in which something was published or issued in that time."""
    found: dict[int, Figures] = {}

    def of(territory_id: int) -> Figures:
        return found.setdefault(territory_id, Figures(territory_id))

    for row in tx.conn.execute(_seats(tx, month)):
        of(row.territory_id).seats = row.seats
        of(row.territory_id).returned = row.returned
    for row in tx.conn.execute(_referrals(tx, month)):
        of(row.territory_id).referrals[row.status] = row.number
    for row in tx.conn.execute(_waiting(tx.dialect, month)):
        of(row.territory_id).waited = timedelta(seconds=float(row.waited))
    return sorted(found.values(), key=lambda each: each.territory_id)


def _seats(tx: Transaction, month: Wanted) -> Select[Any]:
    came_back = case((bulletin.c.cause.is_not(None), bulletin.c.total_seats), else_=0)
    return (
        select(
            bulletin.c.territory_id,
            func.sum(bulletin.c.total_seats).label("seats"),
            func.sum(came_back).label("returned"),
        )
        .join_from(seat_list, bulletin, bulletin.c.list_id == seat_list.c.id)
        .where(
            seat_list.c.publish_at <= tx.now,
            seat_list.c.publish_at >= month.since,
            seat_list.c.publish_at < month.until,
            bulletin.c.recalled_at.is_(None),
        )
        .group_by(bulletin.c.territory_id)
    )


def _referrals(tx: Transaction, month: Wanted) -> Select[Any]:
    status = case(
        (referral.c.ended_at.is_not(None), referral.c.state),
        (referral.c.ends_at <= tx.now, literal_column("'expired'")),
        else_=literal_column(f"'{VALID}'"),
    ).label("status")
    each = select(referral.c.territory_id, status).where(*_issued_in(month)).subquery()
    columns = (each.c.territory_id, each.c.status)
    return select(*columns, func.count().label("number")).group_by(*columns)


def _waiting(dialect: Dialect, month: Wanted) -> Select[Any]:
    """The (lower) median of each territory: the middle one of its referrals, ordered by their wait."""
    own, wait = referral.c.territory_id, _seconds(dialect)
    nth = func.row_number().over(partition_by=own, order_by=(wait, referral.c.id)).label("nth")
    of = func.count().over(partition_by=own).label("of")
    ranked = (
        select(own, wait.label("waited"), nth, of)
        .join_from(referral, claim, claim.c.id == referral.c.claim_id)
        .join(application, application.c.id == claim.c.application_id)
        .where(*_issued_in(month))
        .subquery()
    )
    middle = (ranked.c.of >= FEW) & (ranked.c.nth == (ranked.c.of + 1) // 2)
    return select(ranked.c.territory_id, ranked.c.waited).where(middle)


def _seconds(dialect: Dialect) -> Any:
    if dialect == "sqlite":
        stored: Any = literal_column("referral.issued_at - application.submitted_at")
        return cast(stored, Float) / (timedelta(seconds=1) // MICROSECOND)
    return extract("epoch", referral.c.issued_at - application.c.submitted_at)


def _issued_in(month: Wanted) -> tuple[Any, ...]:
    in_time = referral.c.issued_at >= month.since, referral.c.issued_at < month.until
    return *in_time, referral.c.territory_id.is_not(None)
