"""What may become of an application: every change keeps the counters and the journal along.

The application's row is written first and only if it is still as the caller read it; then the
queue is locked and counted. Which change is allowed the domain decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, literal_column, update

from domain.application import (
    COUNTED,
    LIVE,
    Happening,
    PauseCause,
    QueueClass,
    Status,
    check_pausable,
    status_after,
)
from domain.notice import Told
from domain.place_history import EventKind
from storage import untold
from storage.applications import (
    Application,
    ApplicationChanged,
    ApplicationExists,
    live_of_child,
)
from storage.dialects import parameters
from storage.queue_counters import Entered, change_class, join, leave
from storage.tables.queues import application
from storage.transaction import Transaction
from storage.types import Id

ENTERS: Mapping[Happening, EventKind] = {
    Happening.GIVEN_UP: EventKind.RETURNED,
    Happening.REFUSED_AT_DESK: EventKind.RETURNED,
    Happening.REVOKED: EventKind.RETURNED,
    Happening.SUSPENSION_OVER: EventKind.RETURNED,
    Happening.RESTORED: EventKind.RESTORED,
}
"""What the journal calls it when an application comes into its queue."""

LEAVES: Mapping[Happening, EventKind] = {
    Happening.REFERRED: EventKind.REFERRED,
    Happening.WITHDRAWN: EventKind.WITHDRAWN,
    Happening.AGED_OUT: EventKind.AGED_OUT,
}
"""What the journal calls it when an application goes out of its queue."""


TOLD: Mapping[Happening, Told] = {
    Happening.SUSPENSION_OVER: Told.SUSPENSION_OVER,
    Happening.AGED_OUT: Told.AGED_OUT,
}
"""What comes by itself, whoever made it: the family is told of it afterwards."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An application after a change; `entered` tells its new place where it got one."""

    application: Application
    entered: Entered | None = None


_CHANGED = (
    "queue_class",
    "submitted_at",
    "status",
    "paused_at",
    "pause_reason",
    "suspended_from",
    "suspended_until",
    "ended_at",
)
_OTHER = application.alias("other")
_CHANGE = (
    update(application)
    .where(application.c.id == bindparam("of_application", type_=Id))
    .where(application.c.status == bindparam("was_status", type_=application.c.status.type))
    .where(application.c.queue_class == bindparam("was_class", type_=application.c.queue_class.type))
    .where(application.c.submitted_at == bindparam("was_at", type_=application.c.submitted_at.type))
    .values(parameters(application, *_CHANGED))
    .returning(application.c.id)
)
_NO_OTHER_LIVE = ~exists(
    literal_column("1"),
).where(
    _OTHER.c.child_id == application.c.child_id,
    _OTHER.c.territory_id == application.c.territory_id,
    _OTHER.c.kind == application.c.kind,
    _OTHER.c.id != application.c.id,
    _OTHER.c.ended_at.is_(None),
)
_CHANGE_TO_LIVE = _CHANGE.where(_NO_OTHER_LIVE)


def set_status(
    tx: Transaction,
    before: Application,
    happening: Happening,
    *,
    submitted_at: datetime | None = None,
    suspended: tuple[datetime, datetime] | None = None,
    carry_pattern: bool = False,
    cause: str | None = None,
) -> Changed:
    """Write what happened to an application, in its row, the counters and the journal.

    `submitted_at`: the new date of one restored too late to keep its own. `suspended`: from when
    to before when, with EXPIRED and RESTORED_SUSPENDED. Raises StatusForbids, ApplicationChanged,
    ApplicationExists.
    """
    status = status_after(before.status, happening)
    after = replace(
        before,
        status=status,
        submitted_at=submitted_at or before.submitted_at,
        ended_at=None if status in LIVE else tx.now,
    )
    if suspended is not None:
        after = replace(after, suspended_from=suspended[0], suspended_until=suspended[1])
    _write(tx, before, after)
    if happening in TOLD:
        untold.note(tx, before.id, TOLD[happening])
    if before.status in COUNTED and status not in COUNTED:
        kind = LEAVES[happening]
        leave(tx, before.member, kind, carry_pattern=carry_pattern, cause=cause)
    if before.status not in COUNTED and status in COUNTED:
        return Changed(after, join(tx, after.member, ENTERS[happening], cause=cause))
    return Changed(after)


def set_class(
    tx: Transaction, before: Application, queue_class: QueueClass, *, cause: str | None = None
) -> Changed:
    """Move an application into another class, with its date; nothing when it is there already.

    Raises ApplicationChanged.
    """
    if queue_class is before.queue_class:
        return Changed(before)
    after = replace(before, queue_class=queue_class)
    _write(tx, before, after)
    if before.status not in COUNTED:
        return Changed(after)
    return Changed(after, change_class(tx, after.member, before.queue_class, cause=cause))


def pause(tx: Transaction, before: Application, reason: PauseCause) -> Application:
    """Let others pass; place and date stay. Raises CannotPause, ApplicationChanged."""
    check_pausable(before.status)
    after = replace(before, paused_at=tx.now, pause_reason=reason.value)
    _write(tx, before, after)
    return after


def resume(tx: Transaction, before: Application) -> Application:
    """Take an application out of its pause. Raises ApplicationChanged."""
    after = replace(before, paused_at=None, pause_reason=None)
    _write(tx, before, after)
    return after


def _write(tx: Transaction, before: Application, after: Application) -> None:
    revives = before.status not in LIVE and after.status in LIVE
    values: dict[str, Any] = {name: getattr(after, name) for name in _CHANGED}
    values |= {
        "status": Status(after.status).value,
        "of_application": before.id,
        "was_status": before.status.value,
        "was_class": before.queue_class,
        "was_at": before.submitted_at,
    }
    statement = _CHANGE_TO_LIVE if revives else _CHANGE
    if tx.conn.execute(statement, values).one_or_none() is not None:
        return
    for other in live_of_child(tx, before.child_id):
        if revives and (other.territory_id, other.kind) == (before.territory_id, before.kind):
            raise ApplicationExists(other.id)
    raise ApplicationChanged(before.id)
