"""Why a place moved: the journal of a queue, replayed for one application.

The journal has one row per event of a queue, never one per application moved. From where an
application stood and the events since then follow its place after each of them and, added up,
the reasons. The sum of the reasons is the whole difference, to the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.application import QueueClass
from domain.queue_order import QueueKey, Sizes, place


class EventKind(str, Enum):
    """What happened in a queue. The first three enter it, RECLASSIFIED moves, the rest leave."""

    JOINED = "joined"
    RETURNED = "returned"
    """With its old date: the suspension is over, or the referral came to nothing."""
    RESTORED = "restored"
    """From the archive."""
    RECLASSIFIED = "reclassified"
    """A privilege was confirmed, lost or dropped; same date."""
    REFERRED = "referred"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    AGED_OUT = "aged_out"

    @property
    def enters(self) -> bool:
        """Whether the queue is one longer after it."""
        return self in _ENTERING

    @property
    def leaves(self) -> bool:
        """Whether the queue is one shorter after it."""
        return self not in _ENTERING and self is not EventKind.RECLASSIFIED


_ENTERING = frozenset({EventKind.JOINED, EventKind.RETURNED, EventKind.RESTORED})


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEvent:
    """One row of the place journal.

    ``queue_class`` is the class joined, left or moved into; ``key`` is the key of the one who
    moved. ``index_after`` is its 0-based index within that class after the event, None when it
    left: without it nobody could tell where the mover itself came to stand.
    """

    sequence: int
    at: datetime
    kind: EventKind
    queue_class: QueueClass
    key: QueueKey
    sizes_after: Sizes
    phase_after: int = 0
    moved_from: QueueClass | None = None
    index_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one application stands in its queue."""

    queue_class: QueueClass
    key: QueueKey
    index: int
    sizes: Sizes
    phase: int = 0

    @property
    def place(self) -> int:
        """The place, from 1."""
        return place(self.queue_class, self.index, self.sizes, self.phase)


@dataclass(frozen=True, slots=True)
class Step:
    """What one event did to one application. ``after`` is None while it is out of the queue."""

    event: QueueEvent
    before: int | None
    after: int | None
    own: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Events of one kind and class together: how many that moved the place, and how far.

    ``places`` is positive when they moved it back. ``own`` events are the application's own:
    its class changed, or it was out of the queue and is back.
    """

    kind: EventKind
    queue_class: QueueClass
    count: int
    places: int
    own: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """From where to where a place moved, and why. ``after`` is None: out of the queue now."""

    before: int
    after: int | None
    reasons: tuple[Reason, ...]


def history(start: Standing, events: Iterable[QueueEvent]) -> Iterator[Step]:
    """The place after each event that moved it, oldest first; ``events`` follow ``start``.

    Raises ValueError when an own event lacks its ``index_after``.
    """
    standing: Standing | None = start
    before: int | None = start.place
    for event in events:
        own = event.key.number == start.key.number
        if own:
            standing = _own(standing, event)
        elif standing is not None:
            standing = _others(standing, event)
        after = standing.place if standing is not None else None
        if own or after != before:
            yield Step(event, before, after, own)
        before = after


def explain(start: Standing, events: Iterable[QueueEvent]) -> Move:
    """Why a place moved: reasons in the order in which they first came, adding up to the move.

    What happened while the application was out of the queue is one reason, its own return.
    Raises ValueError when an own event lacks its ``index_after``.
    """
    last_known = start.place
    after: int | None = last_known
    totals: dict[tuple[bool, EventKind, QueueClass], tuple[int, int]] = {}
    for step in history(start, events):
        after = step.after
        if after is None:
            continue
        moved, last_known = after - last_known, after
        if moved == 0:
            continue
        reason = (step.own, step.event.kind, step.event.queue_class)
        count, places = totals.get(reason, (0, 0))
        totals[reason] = (count + 1, places + moved)
    reasons = tuple(
        Reason(kind, queue_class, count, places, own)
        for (own, kind, queue_class), (count, places) in totals.items()
    )
    return Move(start.place, after, reasons)


def _others(standing: Standing, event: QueueEvent) -> Standing:
    """After somebody else's event: perhaps one more or one less ahead within the class."""
    index = standing.index
    if event.key < standing.key:
        joined = event.queue_class if not event.kind.leaves else None
        left = event.queue_class if event.kind.leaves else event.moved_from
        index += (joined is standing.queue_class) - (left is standing.queue_class)
    return replace(standing, index=index, sizes=event.sizes_after, phase=event.phase_after)


def _own(standing: Standing | None, event: QueueEvent) -> Standing | None:
    if event.kind.leaves:
        return None
    if event.index_after is None:
        raise ValueError(f"event {event.sequence} does not say where the application came to stand")
    return Standing(
        queue_class=event.queue_class,
        key=event.key,
        index=event.index_after,
        sizes=event.sizes_after,
        phase=event.phase_after,
    )
