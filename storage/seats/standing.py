"""What stands between an application and a seat of one bulletin: all the domain asks for, read at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, or_, select

from domain.age import ages_out_at
from domain.application import QueueKind, Status
from domain.claim import ClaimKind, barred_until
from domain.errors import TakingRefused
from domain.hold import Hold
from domain.policy import Policy
from domain.suspension import Suspension, status_at
from domain.taking import Applicant, Bulletin, Wish, reasons_against
from domain.twins import Attempt
from storage import policies
from storage.prepared import Prepared
from storage.seats.free import FREE, NOW
from storage.seats.offers import offer_of, seat_list_of
from storage.tables import access, application, bulletin, claim, queue, seat, seat_list, suspension
from storage.transaction import Transaction
from storage.types import Id, Instant


class BulletinUnknown(Exception):
    """There is no bulletin, or no application, of this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An application before a seat of one bulletin, as of `now`; `policy` is in force there now.

    Of the free seats no more than two are counted: so many at most are taken at once.
    """

    application_id: int
    child_id: int
    bulletin_id: int
    total_seats: int
    attempt: Attempt
    policy: Policy
    now: datetime

    @property
    def reasons(self) -> tuple[TakingRefused, ...]:
        """All that stands in the way, in the order to name it; none: it may take one."""
        return reasons_against(self.attempt.applicant, self.attempt.bulletin, self.now)


_A, _B = bindparam("application", type_=Id), bindparam("bulletin", type_=Id)
_SOME_FREE = (
    select(literal_column("1")).where(seat.c.bulletin_id == _B, FREE).limit(literal_column("2")).subquery()
)
_HELD = claim.c.state == literal_column(f"'{ClaimKind.HELD.value}'")
_LIVE = (
    select(claim.c.state)
    .where(
        claim.c.child_id == application.c.child_id,
        claim.c.ended_at.is_(None),
        or_(~_HELD, claim.c.held_until > NOW),
    )
    .limit(literal_column("1"))
    .correlate(application)
    .scalar_subquery()
)
_ENDED_BY_PARENT_OR_TIME = claim.c.state.in_(
    [literal_column("'lapsed'"), literal_column("'let_go'"), literal_column("'withdrawn'")]
) & claim.c.confirmed_at.is_(None)
BARS = or_(_ENDED_BY_PARENT_OR_TIME, _HELD & (claim.c.held_until <= NOW))
"""A hold that is over in a way that keeps its child from the bulletin for a while. Needs `now`."""
OVER_AT = func.coalesce(claim.c.ended_at, claim.c.held_until, type_=Instant())
"""When such a hold was over."""
_LAST_OVER = (
    select(func.max(OVER_AT, type_=Instant()))
    .join(seat, seat.c.id == claim.c.seat_id)
    .where(
        # Of the child: withdrawing and applying anew prolongs no hold either.
        claim.c.child_id == application.c.child_id,
        seat.c.bulletin_id == _B,
        BARS,
    )
    .correlate(application)
    .scalar_subquery()
)
_SUSPENDED_UNTIL = (
    select(func.max(suspension.c.ends_at, type_=Instant()))
    .where(
        suspension.c.child_id == application.c.child_id,
        suspension.c.territory_id == application.c.territory_id,
        suspension.c.kind == application.c.kind,
        suspension.c.starts_at <= NOW,
        suspension.c.ends_at > NOW,
    )
    .correlate(application)
    .scalar_subquery()
)
_STANDING = Prepared(
    select(
        application.c.child_id,
        application.c.kind,
        application.c.territory_id.label("own_territory"),
        application.c.status,
        application.c.paused_at,
        application.c.suspended_from,
        application.c.suspended_until,
        application.c.languages,
        queue.c.birth_year,
        bulletin.c.territory_id,
        bulletin.c.queue_kind,
        bulletin.c.language,
        bulletin.c.birth_years,
        bulletin.c.total_seats,
        bulletin.c.recalled_at,
        seat_list.c.publish_at,
        seat_list.c.opens_at,
        seat_list.c.priority_ends_at,
        seat_list.c.access_made_at,
        access.c.ends_at.label("access_ends_at"),
        select(func.count()).select_from(_SOME_FREE).scalar_subquery().label("free"),
        _LIVE.label("claim"),
        _LAST_OVER.label("last_over"),
        _SUSPENDED_UNTIL.label("stop_list_until"),
    )
    .join_from(application, queue, queue.c.id == application.c.queue_id)
    .join(bulletin, bulletin.c.id == _B)
    .join(seat_list, seat_list.c.id == bulletin.c.list_id)
    .outerjoin(access, (access.c.list_id == seat_list.c.id) & (access.c.application_id == application.c.id))
    .where(application.c.id == _A)
)


def read(tx: Transaction, application_id: int, bulletin_id: int) -> Standing:
    """How an application stands before a bulletin now. Raises BulletinUnknown.

    What has fallen due for the application is made before by whoever takes or shows (`lapsing`); the
    access of the list by whoever takes.
    """
    asked = {"application": application_id, "bulletin": bulletin_id, "now": tx.now}
    row = _STANDING.first(tx, asked)
    if row is None:
        raise BulletinUnknown
    policy = policies.in_force(tx, row.own_territory, tx.now)
    return Standing(
        application_id=application_id,
        child_id=row.child_id,
        bulletin_id=bulletin_id,
        total_seats=row.total_seats,
        attempt=Attempt(_applicant(row, policy, tx.now), _bulletin(row, bulletin_id)),
        policy=policy,
        now=tx.now,
    )


def _applicant(row: Any, policy: Policy, now: datetime) -> Applicant:
    last_over = [] if row.last_over is None else [Hold(row.last_over, row.last_over)]
    return Applicant(
        wish=Wish(
            queue_kind=QueueKind(row.kind),
            territory_id=row.own_territory,
            birth_year=row.birth_year,
            languages=frozenset(row.languages),
        ),
        status=_status(row, now),
        ages_out_at=ages_out_at(row.birth_year, policy.age_limit_years),
        paused=row.paused_at is not None,
        suspended_until=row.stop_list_until,
        claim=None if row.claim is None else ClaimKind(row.claim),
        barred_until=barred_until(last_over, now),
        access_ends_at=row.access_ends_at,
    )


def _status(row: Any, now: datetime) -> Status:
    """The status that counts now, whether or not the end of a suspension was written yet."""
    status = Status(row.status)
    if status is not Status.SUSPENDED:
        return status
    running = Suspension(begins_at=row.suspended_from, until=row.suspended_until, working_days=0)
    return status_at(status, running, now)


def _bulletin(row: Any, bulletin_id: int) -> Bulletin:
    return Bulletin(
        offer=offer_of(row, bulletin_id),
        seat_list=seat_list_of(row),
        free=row.free,
        recalled=row.recalled_at is not None,
    )
