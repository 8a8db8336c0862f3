"""What an erasure leaves behind, gone a few rows at a time: inbox, journal, what was said.

Each step may be done again after a crash. A message's row stays, empty: a number that was given to a
message is never given again, or a page that has seen it would take the new one for the old.
"""

from sqlalchemy import bindparam, delete, select, update

from storage.centre import typed_words
from storage.tables import (
    delivery,
    errand,
    help_request,
    label,
    message,
    note,
    notice,
    parent_journal,
    presence,
    stated_reason,
    whisper,
)
from storage.tables.delivery import PENDING
from storage.transaction import Transaction
from storage.types import Id, Instant

CHUNK = 200
"""Rows a transaction."""

ERASED = "erased"
"""The kind of a message of which nothing is left."""

_PARENT = bindparam("of_parent", type_=Id)
_CONVERSATION = bindparam("of_conversation", type_=Id)
_AFTER, _UP_TO = bindparam("after", type_=Id), bindparam("up_to", type_=Id)
_IDS = bindparam("ids", type_=Id, expanding=True)

_OWN = tuple(
    delete(table).where(table.c.id.in_(select(table.c.id).where(table.c.parent_id == _PARENT).limit(CHUNK)))
    # The journal tells the reasons, so it goes before them.
    for table in (notice, parent_journal, stated_reason)
)
_BESIDE = tuple(
    delete(table).where(
        table.c.id.in_(select(table.c.id).where(table.c.conversation_id == _CONVERSATION).limit(CHUNK))
    )
    for table in (errand, label, note, whisper)
)
_NOBODY_LOOKS = delete(presence).where(presence.c.conversation_id == _CONVERSATION)
_CLOSE_QUESTIONS = (
    update(help_request)
    .where(help_request.c.conversation_id == _CONVERSATION, help_request.c.closed_at.is_(None))
    .values(state="closed", closed_at=bindparam("when", type_=Instant()), waits_since=None, alarm_at=None)
)
_MESSAGES = (
    select(message.c.id)
    .where(message.c.conversation_id == _CONVERSATION, message.c.id > _AFTER, message.c.id <= _UP_TO)
    .order_by(message.c.id)
    .limit(CHUNK)
)
_EMPTY = {"text": "", "payload": None, "sealed": None}
_WIPE = update(message).where(message.c.id.in_(_IDS)).values(**_EMPTY, kind=ERASED, cause=None, state=None)
_SEALED = select(message.c.id).where(message.c.id.in_(_IDS), message.c.sealed.is_not(None))
_NOT_SENT = (
    update(delivery)
    .where(delivery.c.message_id.in_(_IDS), PENDING)
    .values(state="given_up", error=ERASED, lease_until=None, leased_by=None)
)
_WIPE_NAMES = update(message).where(message.c.id.in_(_IDS)).values(external_id=None)
_WIPE_SENT_NAMES = (
    update(delivery).where(delivery.c.message_id.in_(_IDS)).values(external_id=None, target_external_id=None)
)


def wipe_own(tx: Transaction, parent_id: int) -> bool:
    """Some of the parent's inbox and journal; False: there was nothing any more."""
    return any(tx.conn.execute(each, {"of_parent": parent_id}).rowcount for each in _OWN)


def wipe_beside(tx: Transaction, conversation_id: int) -> bool:
    """Some of what staff and the machinery kept beside a conversation; False: there was nothing any more."""
    asked = {"of_conversation": conversation_id}
    tx.conn.execute(_CLOSE_QUESTIONS, asked | {"when": tx.now})
    tx.conn.execute(_NOBODY_LOOKS, asked)
    return any(tx.conn.execute(each, asked).rowcount for each in _BESIDE)


def wipe_said(
    tx: Transaction, conversation_id: int, after: int, up_to: int, *, sealed_only: bool = False
) -> int | None:
    """Empty the next messages after one, up to another; the last one done, None at the end.

    What still waits to be sent is not sent, and nothing of them is found by words. `sealed_only`: only what
    named somebody.
    """
    # Whoever fills the index now would take in what goes here.
    typed_words.hold(tx)
    ids = _next(tx, conversation_id, after, up_to)
    wiped = list(tx.conn.execute(_SEALED, {"ids": ids}).scalars()) if sealed_only else ids
    if wiped:
        for each in (_WIPE, _NOT_SENT):
            tx.conn.execute(each, {"ids": wiped})
        typed_words.forget(tx, wiped)
    return ids[-1] if len(ids) == CHUNK else None


def wipe_message_names(tx: Transaction, conversation_id: int, after: int, up_to: int) -> int | None:
    """Empty the messenger's own names of the next messages, which may hold a phone; as `wipe_said`."""
    ids = _next(tx, conversation_id, after, up_to)
    if ids:
        for each in (_WIPE_NAMES, _WIPE_SENT_NAMES):
            tx.conn.execute(each, {"ids": ids})
    return ids[-1] if len(ids) == CHUNK else None


def _next(tx: Transaction, conversation_id: int, after: int, up_to: int) -> list[int]:
    asked = {"of_conversation": conversation_id, "after": after, "up_to": up_to}
    return list(tx.conn.execute(_MESSAGES, asked).scalars())
