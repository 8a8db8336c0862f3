"""What has fallen due in a queue: referrals not used, suspensions over, applications aged out.

It is made, not compared, because it moves others: by whoever first needs the queue's places, once.
"""

from sqlalchemy import Select, bindparam, exists, literal_column, or_, select

from domain.age import AGE_LIMIT_YEARS, SHORTEST_AGE_LIMIT_YEARS, ages_out_at
from domain.application import TRANSITIONS, Happening, Status
from domain.local_time import local_date
from storage.application_changes import set_status
from storage.applications import lock
from storage.queues import Queue, read_queue
from storage.seats import claims, lapsing
from storage.tables import claim
from storage.tables.queues import COUNTED, SUSPENDED, application, queue
from storage.transaction import Transaction
from storage.types import Id, Instant

MOST = 200
"""No more than these in one transaction; who asks again makes the next."""

_IN_QUEUE = (
    select(application.c.id)
    .where(application.c.queue_id == bindparam("of_queue", type_=Id))
    .order_by(application.c.id)
    .limit(MOST)
)
_OVER = _IN_QUEUE.where(SUSPENDED, application.c.suspended_until <= bindparam("now", type_=Instant()))
_HOLDS = (
    exists(literal_column("1"))
    .where(
        claim.c.application_id == application.c.id,
        claim.c.ended_at.is_(None),
        claim.c.held_until > bindparam("now", type_=Instant()),
    )
    .correlate(application)
)
_AGED = (
    # Two statements, as each is found by an index of its own.
    _IN_QUEUE.where(COUNTED, application.c.status == Status.AWAITING_PLACE.value, ~_HOLDS),
    _IN_QUEUE.where(SUSPENDED),
)
_BACK_INTO = (
    select(application.c.queue_id)
    .where(SUSPENDED, application.c.suspended_until <= bindparam("now", type_=Instant()))
    .distinct()
    .order_by(application.c.queue_id)
)
_STILL_SUSPENDED = (
    exists(literal_column("1")).where(application.c.queue_id == queue.c.id, SUSPENDED).correlate(queue)
)
_OLD = (
    select(queue.c.id)
    .where(
        queue.c.birth_year <= bindparam("youngest"),
        or_(queue.c.size_0 + queue.c.size_1 + queue.c.size_2 > 0, _STILL_SUSPENDED),
    )
    .order_by(queue.c.id)
)


def make_due(tx: Transaction, queue_id: int, *, age_limit: int = AGE_LIMIT_YEARS, most: int = MOST) -> int:
    """Make what has fallen due in a queue, at most so many; how many applications that changed.

    `age_limit` in years is the territory's policy. To be called before places are read. Referrals that
    have expired are made first, wherever they are: a suspension that is over by now may follow. Who holds
    a seat does not age out before that is over (ours).
    """
    found = read_queue(tx, queue_id)
    if found is None:
        return 0
    expired = lapsing.make_expired(tx, most)
    aged = tx.now >= ages_out_at(found.birth_year, age_limit)
    happening = Happening.AGED_OUT if aged else Happening.SUSPENSION_OVER
    due = [each for statement in (_AGED if aged else (_OVER,)) for each in _ids(tx, statement, queue_id)]
    return expired + sum(_make(tx, application_id, happening) for application_id in sorted(due)[:most])


def queues_with_suspensions_over(tx: Transaction) -> list[Queue]:
    """The queues into which somebody is to come back."""
    return _queues(tx, _BACK_INTO, {"now": tx.now})


def queues_aged_out(tx: Transaction) -> list[Queue]:
    """The queues in which somebody may be too old, by the shortest limit that there can be."""
    youngest = local_date(tx.now).year - SHORTEST_AGE_LIMIT_YEARS
    return _queues(tx, _OLD, {"youngest": youngest})


def _queues(tx: Transaction, statement: Select[int], asked: dict[str, object]) -> list[Queue]:
    found = (read_queue(tx, each) for each in tx.conn.execute(statement, asked).scalars().all())
    return [each for each in found if each is not None]


def _ids(tx: Transaction, statement: Select[int], queue_id: int) -> list[int]:
    asked = {"of_queue": queue_id, "now": tx.now}
    return list(tx.conn.execute(statement, asked).scalars())


def _make(tx: Transaction, application_id: int, happening: Happening) -> bool:
    """Make it, unless somebody else did while we waited for the application's lock."""
    locked = lock(tx, application_id)
    if locked is None or locked.status not in TRANSITIONS[happening][0]:
        return False
    if happening is Happening.AGED_OUT and _took_a_seat(tx, application_id):
        return False
    set_status(tx, locked, happening)
    return True


def _took_a_seat(tx: Transaction, application_id: int) -> bool:
    """Whether it holds a seat, maybe since the moment before we had its lock."""
    newest = claims.newest_of_application(tx, application_id)
    return newest is not None and newest.is_live(tx.now)
