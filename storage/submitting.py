"""Submitting an application: its row, its number, its place."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from domain.application import QueueClass, QueueKind, Status
from domain.place_history import EventKind
from domain.queue_order import QueueKey
from storage.applications import ApplicationExists, live_of_child
from storage.dialects import inserts
from storage.ids import new_id
from storage.queue_counters import Entered, Member, join
from storage.queues import queue_for
from storage.tables.queues import application, queue
from storage.transaction import Transaction
from storage.types import Id

LOWEST_NUMBER, NUMBERS = 1_000_000_000, 6_000_000_000
"""Numbers have ten digits and begin with 1 to 6: nobody's phone or IIN looks like that (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """What a parent submits. `submitted_at` None is now, `number` None the next free one.

    `suspended` is for `submit_suspended`: from when to before when the child is on the stop-list.
    """

    child_id: int
    parent_id: int
    territory_id: int
    kind: QueueKind
    birth_year: int
    queue_class: QueueClass = QueueClass.GENERAL
    languages: Sequence[str] = ("kk",)
    address: str | None = None
    notice_way: str = "messenger"
    language: str = "kk"
    unverified: bool = False
    submitted_at: datetime | None = None
    number: int | None = None
    suspended: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """An application that now stands in its queue."""

    application_id: int
    queue_id: int
    number: int
    submitted_at: datetime
    entered: Entered

    @property
    def place(self) -> int:
        """The place it got, from 1."""
        return self.entered.place


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedSuspended:
    """An application that is registered and comes into its queue when the stop-list is over."""

    application_id: int
    number: int
    submitted_at: datetime


# The parent learns the place with the number. Which event that will be is sure only under the
# queue's lock; the next one is never later than it, and an explanation begins with the joining.
_NEXT_SEQUENCE = (
    select(queue.c.last_sequence + 1).where(queue.c.id == bindparam("of_queue", type_=Id)).scalar_subquery()
)
_GIVEN = {
    column.name: bindparam(column.name, type_=column.type)
    for column in application.c
    if column.name != "told_sequence"
}
_INSERT = {
    dialect: statement.values(**_GIVEN, told_sequence=_NEXT_SEQUENCE)
    .on_conflict_do_nothing()
    .returning(application.c.id)
    for dialect, statement in inserts(application).items()
}


def new_number() -> int:
    """A random number for an application: it cannot be guessed from another one."""
    return LOWEST_NUMBER + secrets.randbelow(NUMBERS)


def submit(tx: Transaction, new: NewApplication) -> Submitted:
    """Put an application into its queue, which is made where there is none yet.

    Raises ApplicationExists where the child has a live one in this territory and queue kind, and
    ValueError for a given number that is taken.
    """
    queue_id = queue_for(tx, new.territory_id, new.kind, new.birth_year)
    member, number = _insert(tx, new, queue_id)
    entered = join(tx, member, EventKind.JOINED)
    return Submitted(
        application_id=member.application_id,
        queue_id=queue_id,
        number=number,
        submitted_at=member.key.submitted_at,
        entered=entered,
    )


def submit_suspended(tx: Transaction, new: NewApplication) -> SubmittedSuspended:
    """Register an application of a child on the stop-list: it keeps its date and has no place yet (ours).

    Raises ApplicationExists as `submit` does, and ValueError without `suspended`.
    """
    if new.suspended is None:
        raise ValueError(new)
    queue_id = queue_for(tx, new.territory_id, new.kind, new.birth_year)
    member, number = _insert(tx, new, queue_id)
    return SubmittedSuspended(
        application_id=member.application_id, number=number, submitted_at=member.key.submitted_at
    )


def _insert(tx: Transaction, new: NewApplication, queue_id: int) -> tuple[Member, int]:
    submitted_at = new.submitted_at or tx.now
    while True:
        number = new.number or new_number()
        row = application_row(tx, new, queue_id, new_id(), number, submitted_at)
        inserted = tx.conn.execute(_INSERT[tx.dialect], row | {"of_queue": queue_id})
        if inserted.one_or_none() is not None:
            break
        for other in live_of_child(tx, new.child_id):
            if (other.territory_id, other.kind) == (new.territory_id, new.kind):
                raise ApplicationExists(other.id)
        if new.number is not None:
            raise ValueError(new.number)
    member = Member(
        application_id=row["id"],
        queue_id=queue_id,
        queue_class=new.queue_class,
        key=QueueKey(submitted_at, number),
    )
    return member, number


def application_row(
    tx: Transaction,
    new: NewApplication,
    queue_id: int,
    application_id: int,
    number: int,
    submitted_at: datetime,
) -> dict[str, Any]:
    """The row of an application that awaits a place; all but `told_sequence`."""
    suspended_from, suspended_until = new.suspended or (None, None)
    status = Status.AWAITING_PLACE if new.suspended is None else Status.SUSPENDED
    address = None
    if new.address is not None:
        address = tx.vault.seal("application", application_id, "address", new.address)
    return {
        "id": application_id,
        "number": number,
        "child_id": new.child_id,
        "parent_id": new.parent_id,
        "queue_id": queue_id,
        "territory_id": new.territory_id,
        "kind": new.kind.value,
        "queue_class": new.queue_class,
        "submitted_at": submitted_at,
        "status": status.value,
        "paused_at": None,
        "pause_reason": None,
        "suspended_from": suspended_from,
        "suspended_until": suspended_until,
        "unverified": new.unverified,
        "address": address,
        "languages": list(new.languages),
        "notice_way": new.notice_way,
        "language": new.language,
        "silent_periods": 0,
        "created_at": tx.now,
        "ended_at": None,
    }
