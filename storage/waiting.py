"""Who waits for a place and was not heard of for a quarter, of those whose day it is.

Whatever a parent wrote or pressed was an answer, and so was signing in, applying and confirming a phone.
Who was asked late, when missed days were made up for, is not asked again on the own day that follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import BindParameter, bindparam, exists, or_, select

from domain.notice import Told
from domain.rounds import A_QUARTER, ASKED_LATELY
from storage.rounds import Step
from storage.tables import application, contact, conversation, guardian, notice, parent, phone
from storage.tables.queues import LIVE
from storage.transaction import Transaction
from storage.types import Id, Instant

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Waits:
    """An application that has not come to its end."""

    application_id: int
    number: int
    child_id: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the round found; `cursor`: up to whom, None when that was the last."""

    silent: Mapping[int, tuple[Waits, ...]]
    cursor: int | None


_SINCE: BindParameter[Any] = bindparam("since", type_=Instant())
_NEXT = (
    select(parent.c.id)
    .where(
        parent.c.id > bindparam("after", type_=Id),
        (parent.c.id % A_QUARTER).in_(bindparam("shares", expanding=True)),
        parent.c.erased_at.is_(None),
    )
    .order_by(parent.c.id)
    .limit(AT_ONCE)
)
_WROTE = exists().where(
    contact.c.parent_id == parent.c.id,
    or_(
        contact.c.signed_in_at >= _SINCE,
        exists().where(conversation.c.contact_id == contact.c.id, conversation.c.last_message_at >= _SINCE),
    ),
)
_APPLIED = exists().where(application.c.parent_id == parent.c.id, application.c.created_at >= _SINCE)
_CONFIRMED = exists().where(phone.c.parent_id == parent.c.id, phone.c.confirmed_at >= _SINCE)
_ASKED = exists().where(
    notice.c.parent_id == parent.c.id,
    notice.c.at > bindparam("asked_since", type_=Instant()),
    notice.c.kind == Told.STILL_WANTED.value,
)
_SILENT = select(parent.c.id).where(
    parent.c.id.in_(bindparam("ids", expanding=True)),
    parent.c.created_at < _SINCE,
    ~_WROTE,
    ~_APPLIED,
    ~_CONFIRMED,
    ~_ASKED,
)
_WAITING = (
    select(application.c.id, application.c.number, application.c.child_id)
    .where(
        LIVE,
        or_(
            application.c.parent_id == bindparam("of_parent", type_=Id),
            application.c.child_id.in_(
                select(guardian.c.child_id).where(guardian.c.parent_id == bindparam("of_parent", type_=Id))
            ),
        ),
    )
    .order_by(application.c.submitted_at, application.c.number)
)


def look(tx: Transaction, at: Step) -> Part:
    """Look at the next parents whose day it is. For the door for reading."""
    shares = at.days.shares(A_QUARTER)
    ids = list(tx.conn.execute(_NEXT, {"after": at.cursor or 0, "shares": shares}).scalars())
    since = tx.now - timedelta(days=A_QUARTER - 1)
    asked = {"ids": ids, "since": since, "asked_since": tx.now - timedelta(days=ASKED_LATELY)}
    silent = tx.conn.execute(_SILENT, asked).scalars().all()
    waiting = {each: _waiting(tx, each) for each in sorted(silent)}
    cursor = ids[-1] if len(ids) == AT_ONCE else None
    return Part({each: own for each, own in waiting.items() if own}, cursor)


def _waiting(tx: Transaction, parent_id: int) -> tuple[Waits, ...]:
    return tuple(Waits(*row) for row in tx.conn.execute(_WAITING, {"of_parent": parent_id}))
