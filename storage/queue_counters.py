"""The counters of a queue: who joins, leaves or changes class, and what place that makes.

Each of the three writes the queue's row first and so holds its lock until the end of the
transaction; blocks and journal follow under it. The application's own row is written before, by
`applications`: first applications, then queues is the order of locks.
"""

from dataclasses import dataclass

from domain.application import QueueClass
from domain.place_history import EventKind
from domain.queue_order import QueueKey, Sizes, phase_after_leaving, place
from storage.place_events import Mover, append_entering, append_leaving
from storage.queue_block_sizes import change_size
from storage.queue_state import QueueState, advance, lock_queue
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An application as its queue sees it."""

    application_id: int
    queue_id: int
    queue_class: QueueClass
    key: QueueKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Where an application came to stand, and the event that says so."""

    queue_class: QueueClass
    index: int
    state: QueueState

    @property
    def place(self) -> int:
        """The place, from 1."""
        return place(self.queue_class, self.index, self.state.sizes, self.state.phase)


def join(tx: Transaction, member: Member, kind: EventKind, *, cause: str | None = None) -> Entered:
    """Count an application that came into its queue: JOINED, RETURNED or RESTORED."""
    if not kind.enters:
        raise ValueError(kind)
    state = advance(tx, member.queue_id, Sizes().changed(member.queue_class, 1))
    return _enter(tx, member, state, kind, cause)


def leave(
    tx: Transaction,
    member: Member,
    kind: EventKind,
    *,
    carry_pattern: bool = False,
    cause: str | None = None,
) -> QueueState:
    """Count an application out of its queue: REFERRED, SUSPENDED, WITHDRAWN or AGED_OUT.

    `carry_pattern` is the territory's policy: one that leaves with a referral takes its turn in
    the pattern with it (ours).
    """
    if not kind.leaves:
        raise ValueError(kind)
    phase = None
    if carry_pattern and kind is EventKind.REFERRED:
        phase = phase_after_leaving(lock_queue(tx, member.queue_id).phase, member.queue_class)
    state = advance(tx, member.queue_id, Sizes().changed(member.queue_class, -1), phase)
    change_size(tx.conn, member.queue_id, member.queue_class, member.key, -1)
    mover = Mover(application_id=member.application_id, queue_class=member.queue_class, key=member.key)
    append_leaving(tx.conn, state, kind, mover, cause)
    return state


def change_class(
    tx: Transaction, member: Member, from_class: QueueClass, *, cause: str | None = None
) -> Entered:
    """Count an application that came from another class of its queue into `member`'s."""
    by = Sizes().changed(from_class, -1).changed(member.queue_class, 1)
    state = advance(tx, member.queue_id, by)
    change_size(tx.conn, member.queue_id, from_class, member.key, -1)
    return _enter(tx, member, state, EventKind.RECLASSIFIED, cause, from_class)


def _enter(
    tx: Transaction,
    member: Member,
    state: QueueState,
    kind: EventKind,
    cause: str | None,
    from_class: QueueClass | None = None,
) -> Entered:
    lowest = change_size(tx.conn, member.queue_id, member.queue_class, member.key, 1)
    mover = Mover(
        application_id=member.application_id,
        queue_class=member.queue_class,
        key=member.key,
        from_class=from_class,
    )
    index = append_entering(tx.conn, state, kind, mover, lowest, cause)
    return Entered(queue_class=member.queue_class, index=index, state=state)
