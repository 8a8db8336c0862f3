"""What the place journal tells one application: how its place moved, and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, update

from domain import place_history
from domain.application import QueueClass
from domain.place_history import Move, QueueEvent, Standing, Step
from domain.queue_order import QueueKey
from storage.place_events import NOT_REPLAYED, event_of, last_before, rows_between
from storage.queue_places import PlaceNow, Rank, place_of, rank_of
from storage.queue_state import sizes_of
from storage.tables.queues import application
from storage.transaction import Transaction
from storage.types import Id

MOST_EVENTS = 5000
"""An explanation goes back over no more events than this: the work of some 50 milliseconds."""

_TOLD = (
    update(application)
    .where(application.c.id == bindparam("application", type_=Id))
    .where(application.c.told_sequence < bindparam("sequence", type_=Id))
    .values(told_sequence=bindparam("sequence", type_=Id))
)


def told(tx: Transaction, application_id: int, sequence: int) -> None:
    """Remember that the parent knows the place as of this event; never goes back."""
    tx.conn.execute(_TOLD, {"application": application_id, "sequence": sequence})


class Explained(NamedTuple):
    """A move, and the instant from which on it is explained."""

    since: datetime
    move: Move


class Untold(NamedTuple):
    """A move since the family was told last, when that was, and the event up to which it is told now."""

    since: datetime
    move: Move
    sequence: int


class Recent(NamedTuple):
    """The last steps of a place, oldest first; `whole`: nothing earlier can be told."""

    steps: list[Step]
    whole: bool


class _Begun(NamedTuple):
    """Where an application stood at first, after which event, when, and the events from there on."""

    start: Standing
    sequence: int
    at: datetime
    events: list[QueueEvent]


def explain(tx: Transaction, application_id: int, since_sequence: int) -> Move | None:
    """Why the place moved since an event of the queue, usually the `told_sequence`.

    Begins later where the journal cannot be replayed from there: after the queue was loaded or
    recounted, or with the application's own joining. Goes back over MOST_EVENTS. None where it was
    out of the queue all the time, or there is no such application.
    """
    begun = _since(tx, application_id, since_sequence)
    return None if begun is None else place_history.explain(begun.start, begun.events)


def explain_from(tx: Transaction, application_id: int, instant: datetime) -> Explained | None:
    """Why the place moved since an instant; begins as `explain`, perhaps later than asked."""
    now = place_of(tx, application_id)
    if now is None:
        return None
    begun = _since(tx, application_id, last_before(tx.conn, now.queue_id, instant))
    if begun is None:
        return None
    return Explained(max(begun.at, instant), place_history.explain(begun.start, begun.events))


def untold(tx: Transaction, application_id: int) -> Untold | None:
    """Why the place moved since the family was told of it; begins as `explain`, perhaps later than that."""
    now = place_of(tx, application_id)
    begun = None if now is None else _since(tx, application_id, now.told_sequence)
    if now is None or begun is None:
        return None
    move = place_history.explain(begun.start, begun.events)
    return Untold(begun.at, move, max(now.sequence, now.told_sequence))


def recent(tx: Transaction, application_id: int, events: int) -> Recent:
    """The steps of a place over the last so many events of its queue, at most MOST_EVENTS."""
    now = place_of(tx, application_id)
    first = max(now.sequence - min(events, MOST_EVENTS), 0) if now is not None else 0
    begun = _since(tx, application_id, first)
    if begun is None:
        return Recent([], whole=first == 0)
    return Recent(list(place_history.history(begun.start, begun.events)), begun.sequence > first)


def history(tx: Transaction, application_id: int, since_sequence: int) -> list[Step]:
    """The place after each event since then that moved it, oldest first; begins as `explain`."""
    begun = _since(tx, application_id, since_sequence)
    return [] if begun is None else list(place_history.history(begun.start, begun.events))


def events_between(tx: Transaction, queue_id: int, first: int, last: int) -> list[QueueEvent]:
    """The events of a queue from `first` to `last`, both included, that can be replayed."""
    rows = rows_between(tx.conn, queue_id, first, last)
    return [event_of(row) for row in rows if row.kind not in NOT_REPLAYED]


def _since(tx: Transaction, application_id: int, since: int) -> _Begun | None:
    now = place_of(tx, application_id)
    if now is None:
        return None
    first = max(since, now.sequence - MOST_EVENTS)
    rows = rows_between(tx.conn, now.queue_id, first, now.sequence)
    begin = _last_not_replayed(rows)
    events = [event_of(row) for row in rows[begin + 1 :]]
    own = next((i for i, each in enumerate(events) if each.key.number == now.key.number), None)
    if own is not None and events[own].kind.enters:
        entered = events[own]
        return _Begun(_entered(entered), entered.sequence, entered.at, events[own + 1 :])
    if not rows or (own is None and now.index is None):
        return None
    stood = _stood(tx, now, rows[begin], events, None if own is None else events[own])
    return _Begun(stood, rows[begin].sequence, rows[begin].at, events)


def _last_not_replayed(rows: Sequence[Row[*tuple[Any, ...]]]) -> int:
    """The last row that cannot be replayed, else the first of all: what follows it can be."""
    last = (i for i in range(len(rows) - 1, 0, -1) if rows[i].kind in NOT_REPLAYED)
    return next(last, 0)


def _entered(event: QueueEvent) -> Standing:
    if event.index_after is None:
        raise ValueError(event.sequence)
    return Standing(
        queue_class=event.queue_class,
        key=event.key,
        index=event.index_after,
        sizes=event.sizes_after,
        phase=event.phase_after,
    )


def _stood(
    tx: Transaction,
    now: PlaceNow,
    first: Row[*tuple[Any, ...]],
    events: list[QueueEvent],
    own: QueueEvent | None,
) -> Standing:
    """Where it stood after the event `first`: its rank of today with all that follows undone."""
    if own is None:
        assert now.index is not None
        queue_class, key, rank = now.queue_class, now.key, Rank(now.index, now.sequence)
        undone = events
    else:
        queue_class = own.queue_class if own.moved_from is None else own.moved_from
        key, rank = own.key, rank_of(tx, now.queue_id, queue_class, own.key)
        undone = events + events_between(tx, now.queue_id, now.sequence + 1, rank.sequence)
    came = sum(_came(event, queue_class, key) for event in undone)
    return Standing(
        queue_class=queue_class,
        key=key,
        index=rank.ahead - came,
        sizes=sizes_of(first),
        phase=first.phase,
    )


def _came(event: QueueEvent, queue_class: QueueClass, key: QueueKey) -> int:
    """By how many an event changed those ahead of a key in a class: 1, 0 or -1."""
    if not event.key < key:
        return 0
    joined = None if event.kind.leaves else event.queue_class
    left = event.queue_class if event.kind.leaves else event.moved_from
    return (joined is queue_class) - (left is queue_class)
