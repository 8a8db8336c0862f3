"""Access periods that passed without an answer: counted once, asked about, then paused "by silence" [003].

Whatever a parent writes or presses in the period is an answer (ours): the queue does not burn, and whom
it lets pass is somebody of whom nothing has been heard.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, insert, or_, select, update

from domain.application import PAUSABLE, PauseCause, Status
from domain.notice import Told
from domain.silence import must_ask, pause_at
from storage import policies, untold
from storage.application_changes import pause
from storage.applications import Application, lock
from storage.tables import access, application, contact, conversation, guardian, message, seat_list, silence
from storage.transaction import Transaction
from storage.types import Id, Instant

_NOW = bindparam("now", type_=Instant())
_OVER = (
    select(access.c.list_id, access.c.application_id, access.c.made_at, access.c.ends_at)
    .join(seat_list, seat_list.c.id == access.c.list_id)
    .where(access.c.counted_at.is_(None), access.c.ends_at <= _NOW, seat_list.c.access_made_at.is_not(None))
    .order_by(access.c.ends_at)
    .limit(bindparam("limit"))
    .with_for_update(of=access, skip_locked=True)
)
_COUNT = (
    update(access)
    .where(
        access.c.list_id == bindparam("of_list"),
        access.c.application_id == bindparam("of_application"),
        access.c.counted_at.is_(None),
    )
    .values(counted_at=_NOW)
)
_APPLICATION = bindparam("of_application", type_=Id)
_PARENTS = select(guardian.c.parent_id).join(application, application.c.child_id == guardian.c.child_id)
_APPLICANT = select(application.c.parent_id).where(application.c.id == _APPLICATION)
_HEARD = select(
    exists().where(
        message.c.conversation_id == conversation.c.id,
        conversation.c.contact_id == contact.c.id,
        or_(
            contact.c.parent_id.in_(_PARENTS.where(application.c.id == _APPLICATION)),
            contact.c.parent_id.in_(_APPLICANT),
        ),
        message.c.direction == "in",
        message.c.at >= bindparam("since", type_=Instant()),
        message.c.at < bindparam("until", type_=Instant()),
    )
)
_SET = update(application).where(application.c.id == _APPLICATION).values(silent_periods=bindparam("so_many"))
_ASKED = select(silence.c.asked_at).where(silence.c.application_id == _APPLICATION)
_ASK = insert(silence)
_FORGET = delete(silence).where(silence.c.application_id == _APPLICATION)
_DUE = (
    select(silence.c.application_id)
    .where(silence.c.pause_at <= _NOW)
    .order_by(silence.c.pause_at)
    .limit(bindparam("limit"))
)


def count_over(tx: Transaction, limit: int) -> int:
    """Count periods of access that are over, and ask where that is one too many; how many were counted."""
    over = tx.conn.execute(_OVER, {"now": tx.now, "limit": limit}).all()
    for each in sorted(over, key=lambda row: (row.application_id, row.ends_at)):
        locked = lock(tx, each.application_id)
        asked = {"of_list": each.list_id, "of_application": each.application_id, "now": tx.now}
        if locked is not None and tx.conn.execute(_COUNT, asked).rowcount == 1:
            _count(tx, locked, each)
    return len(over)


def pause_due(tx: Transaction, limit: int) -> int:
    """Pause whoever was asked and has not answered in time; how many questions were settled."""
    due = sorted(tx.conn.execute(_DUE, {"now": tx.now, "limit": limit}).scalars())
    for application_id in due:
        locked = lock(tx, application_id)
        asked_at = tx.conn.execute(_ASKED, {"of_application": application_id}).scalar_one_or_none()
        if locked is None or asked_at is None:
            continue  # another process has just settled it
        answered = _heard(tx, application_id, asked_at, tx.now)
        heard(tx, locked)
        if not answered and locked.paused_at is None and locked.status in PAUSABLE:
            pause(tx, locked, PauseCause.BY_SILENCE)
            untold.note(tx, application_id, Told.PAUSED_BY_SILENCE)
    return len(due)


def heard(tx: Transaction, locked: Application) -> None:
    """Something was heard of the parents, or it is paused: the next silence begins at nothing."""
    tx.conn.execute(_FORGET, _of(locked.id))
    if locked.silent_periods:
        tx.conn.execute(_SET, _of(locked.id) | {"so_many": 0})


def _count(tx: Transaction, locked: Application, over: Any) -> None:
    if locked.status is not Status.AWAITING_PLACE or locked.paused_at is not None:
        return  # that was an answer, too, or there was nothing to answer
    if _heard(tx, locked.id, over.made_at, over.ends_at):
        heard(tx, locked)
        return
    silent = locked.silent_periods + 1
    tx.conn.execute(_SET, _of(locked.id) | {"so_many": silent})
    policy = policies.in_force(tx, locked.territory_id, tx.now)
    already = tx.conn.execute(_ASKED, _of(locked.id)).first() is not None
    if must_ask(silent, policy) and not already:
        until = pause_at(tx.now, policy)
        tx.conn.execute(_ASK, {"application_id": locked.id, "asked_at": tx.now, "pause_at": until})
        untold.note(tx, locked.id, Told.SILENCE_ASKED, until=until.isoformat())


def _heard(tx: Transaction, application_id: int, since: datetime, until: datetime) -> bool:
    asked = _of(application_id) | {"since": since, "until": until}
    return bool(tx.conn.execute(_HEARD, asked).scalar_one())


def _of(application_id: int) -> dict[str, Any]:
    return {"of_application": application_id}
