"""Who is to have access to a list: thought out at one instant, and kept until all of it is written.

A list can have more seats than fit one transaction. So the whole answer is found at once, and whoever
writes the next rows of it, in whichever process, goes on where the last one stopped.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from domain.admission import admitted, queues_concerned
from domain.seat_list import SeatList
from domain.taking import Offer
from storage import policies
from storage.one_instant import see_one_instant
from storage.seats.offers import free_of_list, seat_list_of
from storage.seats.queue_walk import queues_of, walk
from storage.tables import access, access_plan, bulletin, seat_list
from storage.transaction import Transaction
from storage.types import Id, Instant

NEAR = 2000
"""So far a turn walks: it would keep all others waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A list as its row tells it."""

    id: int
    territory_id: int
    seat_list: SeatList
    late_reason: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A thought on its way into rows: `written` of the applications have theirs."""

    list_id: int
    made_at: datetime
    ends_at: datetime
    applications: Sequence[int]
    written: int

    @property
    def is_whole(self) -> bool:
        """Whether everybody's access is written."""
        return self.written == len(self.applications)


@dataclass(frozen=True, slots=True)
class Thought:
    """Who is among the first, in order, for these free seats."""

    free: dict[Offer, int]
    applications: tuple[int, ...]


_LIST = select(seat_list).where(seat_list.c.id == bindparam("of_list", type_=Id))
# What refers to the list (a bulletin, an access) may still be written beside this lock.
_LOCKED = _LIST.with_for_update(key_share=True)
_REPORTED_AT = select(func.min(bulletin.c.reported_at, type_=Instant())).where(
    bulletin.c.list_id == bindparam("of_list", type_=Id)
)
_OF_LIST = access_plan.c.list_id == bindparam("of_list", type_=Id)
_PLAN = select(access_plan).where(_OF_LIST)
_WRITTEN = update(access_plan).where(_OF_LIST).values(written=bindparam("so_many"))
_FORGET = delete(access_plan).where(_OF_LIST)
_ROWS = insert(access)
_UNDO = delete(access).where(
    access.c.list_id == bindparam("of_list", type_=Id),
    access.c.application_id.in_(bindparam("some", expanding=True)),
)


def find_list(tx: Transaction, list_id: int, *, locked: bool = False) -> ListRow:
    """The list of this id, which must exist; `locked`: nobody else makes its access meanwhile."""
    row = tx.conn.execute(_LOCKED if locked else _LIST, {"of_list": list_id}).one()
    return ListRow(
        id=row.id,
        territory_id=row.territory_id,
        seat_list=seat_list_of(row),
        late_reason=row.late_reason,
    )


def think(tx: Transaction, found: ListRow, *, far: bool) -> Thought:
    """Find out who is among the first as things stand in this transaction.

    Raises TooFar where that takes too long for a turn; `far` takes its time and locks nothing.
    """
    free = free_of_list(tx, found.id)
    queues = queues_of(tx, queues_concerned(free), locked=not far)
    policy = policies.in_force(tx, found.territory_id, found.seat_list.opens_at)
    order = walk(tx, queues, policy, most=None if far else NEAR)
    return Thought(free, admitted(free, order))


def keep(tx: Transaction, found: ListRow, thought: Thought) -> Plan:
    """Write down whose the access will be, and from when to when it counts."""
    history = policies.history(tx, found.territory_id)
    reported_at = tx.conn.execute(_REPORTED_AT, {"of_list": found.id}).scalar_one()
    policy = history.in_force(reported_at or found.seat_list.publish_at)
    made = found.seat_list.with_access(tx.now, policy)
    plan = Plan(found.id, tx.now, made.priority_ends_at, list(thought.applications), 0)
    tx.conn.execute(insert(access_plan), asdict(plan))
    return plan


def think_apart(tx: Transaction, list_id: int) -> Thought:
    """The same for a long walk, through the door for reading, where it keeps nobody waiting."""
    see_one_instant(tx)
    return think(tx, find_list(tx, list_id), far=True)


def kept(tx: Transaction, list_id: int) -> Plan | None:
    """What was thought out for a list and is not all written yet."""
    row = tx.conn.execute(_PLAN, {"of_list": list_id}).one_or_none()
    if row is None:
        return None
    return Plan(list_id, row.made_at, row.ends_at, row.applications, row.written)


def write_some(tx: Transaction, plan: Plan, most: int) -> Plan:
    """Write the next rows of a plan, at most so many."""
    some = plan.applications[plan.written : plan.written + most]
    if not some:
        return plan
    span = {"list_id": plan.list_id, "made_at": plan.made_at, "ends_at": plan.ends_at}
    tx.conn.execute(_ROWS, [span | {"application_id": each} for each in some])
    so_many = plan.written + len(some)
    tx.conn.execute(_WRITTEN, {"of_list": plan.list_id, "so_many": so_many})
    return replace(plan, written=so_many)


def undo_some(tx: Transaction, plan: Plan, most: int) -> Plan:
    """Take the last written rows of a plan back, at most so many; with the last of them goes the plan."""
    so_many = max(plan.written - most, 0)
    some = plan.applications[so_many : plan.written]
    if some:
        tx.conn.execute(_UNDO, {"of_list": plan.list_id, "some": some})
        tx.conn.execute(_WRITTEN, {"of_list": plan.list_id, "so_many": so_many})
    return replace(plan, written=so_many)


def forget(tx: Transaction, plan: Plan) -> None:
    """The plan is all written, or all taken back."""
    tx.conn.execute(_FORGET, {"of_list": plan.list_id})
