"""The children who go to a group by a contract that was signed here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from domain.enrolment import takes_room
from domain.local_time import local_date
from storage.seats.room import ENROLLED, age_limit
from storage.tables import bulletin, child_group, claim, kindergarten, referral, seat
from storage.tables.queues import application, queue
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledChild:
    """A child with its referral; `left_on` is its last day, if that is known."""

    referral_id: int
    number: int
    child_id: int
    left_on: date | None


_OF_GROUP = (
    select(
        referral.c.id,
        referral.c.number,
        claim.c.child_id,
        claim.c.left_on,
        queue.c.birth_year,
        kindergarten.c.territory_id,
    )
    .join_from(referral, claim, claim.c.id == referral.c.claim_id)
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .join(application, application.c.id == claim.c.application_id)
    .join(queue, queue.c.id == application.c.queue_id)
    .where(
        bulletin.c.group_id == bindparam("of_group", type_=Id),
        child_group.c.kindergarten_id.in_(bindparam("houses", type_=Id, expanding=True)),
        ENROLLED,
    )
    .order_by(referral.c.contract_at, referral.c.id)
)


def of_group(tx: Transaction, group_id: int, houses: Collection[int]) -> list[EnrolledChild]:
    """Those who go there today, the first to sign first; [] for a group of another kindergarten."""
    today = local_date(tx.now)
    rows = tx.conn.execute(_OF_GROUP, {"of_group": group_id, "houses": list(houses)}).all()
    return [
        EnrolledChild(referral_id=row.id, number=row.number, child_id=row.child_id, left_on=row.left_on)
        for row in rows
        if takes_room(today, row.left_on, row.birth_year, age_limit(tx, row.territory_id))
    ]
