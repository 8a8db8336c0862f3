"""The access of a list: made once, under its lock, by whoever needs it first, a turn or the clockwork.

No seat of a list can be taken before all of it is made. A long list takes several transactions: each of
them goes on where the last one stopped, whoever that was, and what a crash left half made is gone on with,
or taken back and made anew when its hour is over.
"""

from enum import Enum

from sqlalchemy import bindparam, update

from domain.admission import queues_concerned
from domain.seat_list import LATE_AFTER
from storage import policies
from storage.fallen_due import make_due
from storage.seats import access_plans, returning
from storage.seats.access_plans import ListRow, Plan, Thought
from storage.seats.offers import free_of_list
from storage.seats.queue_walk import TooFar, queues_of
from storage.tables import seat_list
from storage.transaction import Transaction
from storage.types import Id, Instant

MOST = 200
"""No more rows than these in one transaction."""

DUE = 40
"""Each that has fallen due changes counters and journal, too: as long as five rows of access."""


class Late(str, Enum):
    """Why the priority of a list was counted anew."""

    NOBODY_CAME = "nobody_came"
    """No clockwork ran and no parent asked within the hour."""
    BROKEN_OFF = "broken_off"
    """It was begun, and an hour passed before anybody went on."""


class Making(Enum):
    """How far the access of a list has come."""

    MADE = "made"
    UNDER_WAY = "under_way"
    """A part was done: ask again for the next."""
    FAR = "far"
    """The walk is too long for a turn: it is thought out apart (`access_plans.think_apart`)."""


_FINISH = (
    update(seat_list)
    .where(seat_list.c.id == bindparam("of_list", type_=Id))
    .values(
        access_made_at=bindparam("made_at", type_=Instant()),
        priority_ends_at=bindparam("ends_at", type_=Instant()),
        late_reason=bindparam("why"),
    )
)
_REASON = (
    update(seat_list)
    .where(seat_list.c.id == bindparam("of_list", type_=Id))
    .values(late_reason=Late.BROKEN_OFF.value)
)


def make(tx: Transaction, list_id: int, thought: Thought | None = None) -> Making:
    """Make the access of a list that is open, or the next part of it.

    Before it, seats that came back in time come onto the list, and what has fallen due in the queues
    concerned is made. `thought` was found out apart; it is thought anew where the list has changed since.
    Raises ValueError before the list opens.
    """
    found = access_plans.find_list(tx, list_id, locked=True)
    if found.seat_list.access_made_at is not None:
        return Making.MADE
    if tx.now < found.seat_list.opens_at:
        raise ValueError(f"a list that opens at {found.seat_list.opens_at} has no access yet")
    plan = access_plans.kept(tx, list_id)
    if plan is None:
        return _begin(tx, found, thought)
    if tx.now - plan.made_at > LATE_AFTER:
        return _take_back(tx, plan)
    return _go_on(tx, found, plan, MOST)


def _begin(tx: Transaction, found: ListRow, thought: Thought | None) -> Making:
    """Think, once everything is as it should be at this instant."""
    if returning.come_onto(tx, found, limit=DUE) == DUE or _fallen_due(tx, found) >= DUE:
        return Making.UNDER_WAY
    if thought is None or thought.free != free_of_list(tx, found.id):
        try:
            thought = access_plans.think(tx, found, far=False)
        except TooFar:
            return Making.FAR
    return _go_on(tx, found, access_plans.keep(tx, found, thought), MOST)


def _fallen_due(tx: Transaction, found: ListRow) -> int:
    """Make what has fallen due in the queues concerned; how many, at most about `DUE`."""
    made = 0
    limit = policies.in_force(tx, found.territory_id, tx.now).age_limit_years
    for queue in queues_of(tx, queues_concerned(free_of_list(tx, found.id))):
        made += make_due(tx, queue.id, age_limit=limit, most=DUE)
        if made >= DUE:
            break
    return made


def _go_on(tx: Transaction, found: ListRow, plan: Plan, most: int) -> Making:
    plan = access_plans.write_some(tx, plan, most)
    if not plan.is_whole:
        return Making.UNDER_WAY
    late = plan.made_at - found.seat_list.opens_at > LATE_AFTER
    why = (found.late_reason or Late.NOBODY_CAME.value) if late else None
    values = {"of_list": found.id, "made_at": plan.made_at, "ends_at": plan.ends_at, "why": why}
    tx.conn.execute(_FINISH, values)
    access_plans.forget(tx, plan)
    return Making.MADE


def _take_back(tx: Transaction, plan: Plan) -> Making:
    """An hour old and not whole: whoever was among the first would have lost that hour."""
    plan = access_plans.undo_some(tx, plan, MOST)
    if plan.written == 0:
        access_plans.forget(tx, plan)
        tx.conn.execute(_REASON, {"of_list": plan.list_id})
    return Making.UNDER_WAY
