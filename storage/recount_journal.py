"""Recounting the place journal: no gap in it, and sizes that follow from each other."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from domain.application import QueueClass
from domain.place_history import EventKind
from domain.queue_order import Sizes
from storage.place_events import NOT_REPLAYED, READ, RECOUNTED, append_whole
from storage.queue_state import QueueState, advance, lock_queue, sizes_of
from storage.recount_findings import Finding, Wrong
from storage.tables.queues import place_event, queue
from storage.transaction import Transaction
from storage.types import Id

EVENTS = 200
"""How many events are looked at in one transaction."""


@dataclass(frozen=True, slots=True)
class Link:
    """The event up to which the journal was looked at, and the sizes after it."""

    sequence: int = 0
    sizes: Sizes | None = None
    """None before the first event: what it says is believed."""


_OF_QUEUE = bindparam("of_queue", type_=Id)
_IN_QUEUE = place_event.c.queue_id == _OF_QUEUE
_OF_EVENT = place_event.c.sequence == bindparam("of_event", type_=Id)
_NEWEST = select(func.max(place_event.c.sequence)).where(_IN_QUEUE)
_NEXT = (
    select(*READ)
    .where(_IN_QUEUE, place_event.c.sequence > bindparam("after", type_=Id))
    .order_by(place_event.c.sequence)
    .limit(EVENTS)
)
_ONE = select(*READ).where(_IN_QUEUE, _OF_EVENT)
_SET_SEQUENCE = (
    update(queue).where(queue.c.id == _OF_QUEUE).values(last_sequence=bindparam("newest", type_=Id))
)
_SET_SIZES = (
    update(place_event)
    .where(_IN_QUEUE, _OF_EVENT)
    .values({f"size_{each}": bindparam(f"new_{each}") for each in range(3)})
)


def recount_end(tx: Transaction, queue_id: int, *, repair: bool) -> list[Finding]:
    """Whether the queue's row and the journal agree on the newest event."""
    state = lock_queue(tx, queue_id)
    newest = tx.conn.execute(_NEWEST, {"of_queue": queue_id}).scalar() or 0
    if newest > state.sequence:
        if repair:
            tx.conn.execute(_SET_SEQUENCE, {"of_queue": queue_id, "newest": newest})
            append_whole(tx.conn, advance(tx, queue_id, Sizes()), RECOUNTED, None)
        return [_finding(queue_id, Wrong.QUEUE_SEQUENCE, state.sequence, newest)]
    of_event = {"of_queue": queue_id, "of_event": state.sequence}
    last = tx.conn.execute(_ONE, of_event).one_or_none()
    if state.sequence == 0 or (last is not None and _agree(last, state)):
        return []
    if repair:
        state_after = state if last is None else advance(tx, queue_id, Sizes())
        append_whole(tx.conn, state_after, RECOUNTED, None)
    stored = 0 if last is None else sizes_of(last).total
    return [_finding(queue_id, Wrong.JOURNAL_END, stored, state.sizes.total, state.sequence)]


def recount_events(
    tx: Transaction, queue_id: int, link: Link, *, repair: bool
) -> tuple[list[Finding], Link | None]:
    """Look at the next few events after `link`; where to go on, None at the end."""
    lock_queue(tx, queue_id)
    rows = tx.conn.execute(_NEXT, {"of_queue": queue_id, "after": link.sequence}).all()
    findings = []
    for row in rows:
        finding, link = _follow(tx, queue_id, link, row, repair)
        if finding is not None:
            findings.append(finding)
    return findings, link if len(rows) == EVENTS else None


def _follow(
    tx: Transaction, queue_id: int, link: Link, row: Row[*tuple[Any, ...]], repair: bool
) -> tuple[Finding | None, Link]:
    """One event further. A gap before a whole event is no fault: that is how gaps are mended."""
    sizes = sizes_of(row)
    if link.sizes is None or row.kind in NOT_REPLAYED:
        return None, Link(row.sequence, sizes)
    by = _difference(row)
    if row.sequence != link.sequence + 1:
        if repair:
            append_whole(tx.conn, _state_before(queue_id, row, _plus(sizes, by, -1)), RECOUNTED, None)
        missing = row.sequence - link.sequence - 1
        finding = _finding(queue_id, Wrong.EVENT_MISSING, 0, missing, row.sequence)
        return finding, Link(row.sequence, sizes)
    expected = _plus(link.sizes, by, 1)
    if sizes == expected:
        return None, Link(row.sequence, sizes)
    if repair:
        of_event = {"of_queue": queue_id, "of_event": row.sequence}
        new = {f"new_{each:d}": expected.of(each) for each in QueueClass}
        tx.conn.execute(_SET_SIZES, of_event | new)
    finding = _finding(queue_id, Wrong.EVENT_SIZES, sizes.total, expected.total, row.sequence)
    return finding, Link(row.sequence, expected)


def _state_before(queue_id: int, row: Row[*tuple[Any, ...]], sizes: Sizes) -> QueueState:
    """The queue as it must have been before an event."""
    return QueueState(queue_id=queue_id, sequence=row.sequence - 1, at=row.at, sizes=sizes, phase=row.phase)


def _difference(row: Row[*tuple[Any, ...]]) -> Sizes:
    """What an event changed in the sizes."""
    changed = Sizes().changed(QueueClass(row.queue_class), -1 if EventKind(row.kind).leaves else 1)
    return changed if row.from_class is None else changed.changed(QueueClass(row.from_class), -1)


def _plus(sizes: Sizes, by: Sizes, times: int) -> Sizes:
    return Sizes(*(sizes.of(each) + times * by.of(each) for each in QueueClass))


def _agree(row: Row[*tuple[Any, ...]], state: QueueState) -> bool:
    return sizes_of(row) == state.sizes and row.phase == state.phase


def _finding(queue_id: int, wrong: Wrong, stored: int, counted: int, sequence: int | None = None) -> Finding:
    return Finding(queue_id=queue_id, wrong=wrong, stored=stored, counted=counted, sequence=sequence)
