"""The access of a list: being among the first, for whom it opens [003].

Made once, by whoever needs it first. The whole list in one transaction, for now.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from domain.admission import Candidate, admitted, queues_concerned
from domain.application import QueueClass, QueueKind, Status
from domain.queue_order import QueueKey, merged
from domain.seat_list import SeatList
from domain.taking import Offer, Wish
from storage import policies
from storage.fallen_due import make_due
from storage.queue_stretch import from_kth
from storage.queues import find_queue, read_queue
from storage.seats.free import FREE
from storage.tables import access, bulletin, seat, seat_list
from storage.tables.queues import application
from storage.transaction import Transaction
from storage.types import Id

LATE = "made_late"

_LIST = select(seat_list).where(seat_list.c.id == bindparam("list", type_=Id)).with_for_update()
_OFFERS = (
    select(
        bulletin.c.id,
        bulletin.c.queue_kind,
        bulletin.c.territory_id,
        bulletin.c.birth_years,
        bulletin.c.language,
        func.count(seat.c.id).label("free"),
    )
    .join(seat, (seat.c.bulletin_id == bulletin.c.id) & FREE)
    .where(bulletin.c.list_id == bindparam("list", type_=Id), bulletin.c.recalled_at.is_(None))
    .group_by(bulletin.c.id)
    .order_by(bulletin.c.id)
)
_CHUNK = 200


def make(tx: Transaction, list_id: int) -> int:
    """Make the access of an open list unless it is made already; how many were admitted.

    Nothing before the list opens. What has fallen due in its queues is made before.
    """
    found = tx.conn.execute(_LIST, {"list": list_id}).mappings().one_or_none()
    if found is None or found["access_made_at"] is not None or tx.now < found["opens_at"]:
        return 0
    times = ("publish_at", "opens_at", "priority_ends_at")
    opened = SeatList(**{name: found[name] for name in times})
    policy = policies.in_force(tx, found["territory_id"], tx.now)
    made = opened.with_access(tx.now, policy)
    free = {_offer(row): row.free for row in tx.conn.execute(_OFFERS, {"list": list_id, "now": tx.now})}
    queues = [
        (queue_id, year)
        for kind, territory_id, year in sorted(queues_concerned(free))
        if (queue_id := find_queue(tx, territory_id, kind, year)) is not None
    ]
    for queue_id, _ in queues:
        make_due(tx, queue_id, age_limit=policy.age_limit_years)
    order = merged([_classes(tx, queue_id, year) for queue_id, year in queues], lambda each: each[0])
    ids = admitted(free, (candidate for _, candidate in order))
    rows = [
        {"list_id": list_id, "application_id": each, "made_at": tx.now, "ends_at": made.priority_ends_at}
        for each in ids
    ]
    if rows:
        tx.conn.execute(insert(access), rows)
    tx.conn.execute(
        update(seat_list)
        .where(seat_list.c.id == list_id)
        .values(
            access_made_at=tx.now,
            priority_ends_at=made.priority_ends_at,
            late_reason=LATE if made.made_late else None,
        )
    )
    return len(ids)


_Ordered = tuple[QueueKey, Candidate]


def _classes(tx: Transaction, queue_id: int, year: int) -> dict[QueueClass, Iterator[_Ordered]]:
    return {each: _members(tx, queue_id, each, year) for each in QueueClass}


def _members(tx: Transaction, queue_id: int, queue_class: QueueClass, year: int) -> Iterator[_Ordered]:
    queue = read_queue(tx, queue_id)
    assert queue is not None
    columns = (application.c.id, application.c.status, application.c.paused_at, application.c.languages)
    start = 0
    while some := from_kth(tx, queue_id, queue_class, start, _CHUNK):
        start += len(some)
        ids = [each.id for each in some]
        rows = {row.id: row for row in tx.conn.execute(select(*columns).where(application.c.id.in_(ids)))}
        for each in some:
            row = rows[each.id]
            wish = Wish(
                queue_kind=queue.kind,
                territory_id=queue.territory_id,
                birth_year=year,
                languages=frozenset(row.languages),
            )
            status, paused = Status(row.status), row.paused_at is not None
            yield each.key, Candidate(each.id, wish, status, paused)


def _offer(row: Any) -> Offer:
    return Offer(
        bulletin_id=row.id,
        queue_kind=QueueKind(row.queue_kind),
        territory_id=row.territory_id,
        birth_years=frozenset(row.birth_years),
        language=row.language,
    )
