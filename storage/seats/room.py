"""How much room a group has: its capacity less what is offered and less the children who go there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, bindparam, func, select

from domain.age import AGE_LIMIT_YEARS
from domain.enrolment import takes_room
from domain.errors import NoPolicyInForce
from domain.referral import ReferralEnd
from storage import policies
from storage.tables import bulletin, child_group, claim, kindergarten, seat
from storage.tables.queues import application, queue
from storage.transaction import Transaction
from storage.types import Id

ENROLLED = claim.c.state == ReferralEnd.ENROLLED.value
"""Goes there, or went there: `takes_room` says until when."""


@dataclass(frozen=True, slots=True)
class Room:
    """Of a group of `capacity` children: seats that are reported and not signed for, and who goes there."""

    capacity: int
    offered: int
    enrolled: int

    @property
    def left(self) -> int:
        """How many seats can still be reported."""
        return max(self.capacity - self.offered - self.enrolled, 0)


_GROUPS: BindParameter[int] = bindparam("groups", type_=Id, expanding=True)
_CAPACITIES = (
    select(child_group.c.id, child_group.c.capacity, kindergarten.c.territory_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(child_group.c.id.in_(_GROUPS))
)
_OFFERED = (
    select(bulletin.c.group_id, func.count().label("seats"))
    .select_from(seat)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .outerjoin(claim, claim.c.id == seat.c.claim_id)
    .where(bulletin.c.group_id.in_(_GROUPS), seat.c.recalled_at.is_(None), ~func.coalesce(ENROLLED, False))
    .group_by(bulletin.c.group_id)
)
_CHILDREN = (
    select(bulletin.c.group_id, queue.c.birth_year, claim.c.left_on, func.count().label("children"))
    .select_from(seat)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(claim, claim.c.id == seat.c.claim_id)
    .join(application, application.c.id == claim.c.application_id)
    .join(queue, queue.c.id == application.c.queue_id)
    .where(bulletin.c.group_id.in_(_GROUPS), ENROLLED)
    .group_by(bulletin.c.group_id, queue.c.birth_year, claim.c.left_on)
)


def of_groups(tx: Transaction, group_ids: Collection[int], day: date) -> dict[int, Room]:
    """The room that each group has for seats that are empty from that day on."""
    asked = {"groups": list(group_ids)}
    offered = {row.group_id: row.seats for row in tx.conn.execute(_OFFERED, asked)}
    children = tx.conn.execute(_CHILDREN, asked).all()
    limits: dict[int, int] = {}
    found = {}
    for group in tx.conn.execute(_CAPACITIES, asked):
        if group.territory_id not in limits:
            limits[group.territory_id] = age_limit(tx, group.territory_id)
        enrolled = sum(
            each.children
            for each in children
            if each.group_id == group.id
            and takes_room(day, each.left_on, each.birth_year, limits[group.territory_id])
        )
        found[group.id] = Room(group.capacity, offered.get(group.id, 0), enrolled)
    return found


def age_limit(tx: Transaction, territory_id: int) -> int:
    """In years, by the rules in force now."""
    try:
        return policies.in_force(tx, territory_id, tx.now).age_limit_years
    except NoPolicyInForce:
        return AGE_LIMIT_YEARS
