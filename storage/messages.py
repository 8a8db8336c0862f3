"""The log of a conversation: every message in and out, which is inbox and outbox in one.

Statements are built once: these run in every turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, bindparam, func, insert, literal_column, select

from storage.dialects import inserts, parameters
from storage.ids import new_id
from storage.message_history import SEALED_AS, StoredMessage, answers_to, history
from storage.prepared import Prepared
from storage.tables import contact, conversation, delivery, message
from storage.transaction import Dialect, Transaction

__all__ = [
    "Addressed",
    "OutgoingDraft",
    "StoredMessage",
    "answers_to",
    "find_incoming",
    "history",
    "log_addressed",
    "log_incoming",
    "log_outgoing",
]

Operation = Literal["send", "edit", "delete"]


@dataclass(slots=True)
class OutgoingDraft:
    """A message to be sent, edited or deleted.

    `text` is masked: what staff see and search. `payload` is what the channel renders; it is
    sealed when `personal`. `lease_until` and `leased_by` are given when the writer of the draft
    sends it by itself right after the commit. `due_at` None: at once. `notice_id`: of which notice it
    is; `useful_until`, on the service's clock: since then it is dropped and not sent.
    `next_way_after`: so long after it was written it goes by the next way, too, unless it was read.
    `state`: where the bot stands then.
    """

    operation: Operation
    kind: str
    text: str
    payload: bytes
    personal: bool = False
    target_external_id: str | None = None
    answers: int | None = None
    cause: str | None = None
    due_at: datetime | None = None
    urgency: int = 0
    lease_until: datetime | None = None
    leased_by: str | None = None
    notice_id: int | None = None
    useful_until: datetime | None = None
    next_way_after: timedelta | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Addressed:
    """A draft with the conversation and the channel it is for."""

    conversation_id: int
    channel: str
    draft: OutgoingDraft


_MESSAGE = parameters(
    message,
    *("conversation_id", "direction", "at", "channel", "kind", "text"),
    *("payload", "sealed", "dedup_key", "cause", "answers", "state"),
)
_DELIVERY = parameters(
    delivery,
    *("conversation_id", "channel", "operation", "target_external_id", "due_at"),
    *("urgency", "lease_until", "leased_by", "notice_id", "useful_until", "next_way_at"),
)
_SHARE = (
    select(contact.c.territory_id)
    .join_from(conversation, contact, contact.c.id == conversation.c.contact_id)
    .where(conversation.c.id == bindparam("conversation_id", type_=conversation.c.id.type))
    .scalar_subquery()
)
_FRESH: dict[str, ColumnElement[Any]] = {
    "state": literal_column("'pending'"),
    "tries": literal_column("0"),
    "share": func.coalesce(_SHARE, literal_column("0")),
}

_INCOMING: dict[Dialect, Any] = {
    dialect: insert_.values(
        parameters(message, "conversation_id", "at", "channel", "external_id", "kind", "text", "state")
        | {"direction": literal_column("'in'")}
    ).on_conflict_do_nothing()
    for dialect, insert_ in inserts(message).items()
}
# SQLite's driver tells the number of the row anyway, for less than a RETURNING costs.
_LOG_INCOMING = Prepared(_INCOMING | {"postgresql": _INCOMING["postgresql"].returning(message.c.id)})
_FIND_INCOMING = select(message.c.id).where(
    message.c.channel == bindparam("channel"), message.c.external_id == bindparam("external_id")
)
_LOG_MESSAGE = Prepared(insert(message).values(_MESSAGE))
_LOG_DELIVERY = Prepared(insert(delivery).values(parameters(delivery, "message_id") | _DELIVERY | _FRESH))


def _log_both() -> Any:
    """Message and delivery in one statement, where an INSERT may stand in a WITH."""
    logged = insert(message).values(_MESSAGE).returning(message.c.id).cte("logged")
    columns = _DELIVERY | _FRESH
    return (
        insert(delivery)
        .from_select(["message_id", *columns], select(logged.c.id, *columns.values()))
        .returning(delivery.c.message_id)
    )


_LOG_BOTH = Prepared(_log_both())
_LOG_MANY = insert(message).returning(message.c.id, sort_by_parameter_order=True)


def log_incoming(
    tx: Transaction,
    conversation_id: int,
    channel: str,
    external_id: str,
    kind: str,
    text: str,
    at: datetime,
    state: str | None = None,
) -> int | None:
    """Log what came in; its id, or None when it was there already.

    `text` is masked. `state`: where the bot stood before.
    """
    row = {
        "conversation_id": conversation_id,
        "channel": channel,
        "external_id": external_id,
        "kind": kind,
        "text": text,
        "at": at,
        "state": state,
    }
    if tx.dialect == "sqlite":
        logged = _LOG_INCOMING.run(tx, row)
        return logged.last_id if logged.rowcount else None
    found = _LOG_INCOMING.first(tx, row)
    return None if found is None else int(found.id)


def find_incoming(tx: Transaction, channel: str, external_id: str) -> int | None:
    """The id under which a message was logged when it came first; None if it never came."""
    found: int | None = tx.conn.execute(
        _FIND_INCOMING, {"channel": channel, "external_id": external_id}
    ).scalar()
    return found


def log_outgoing(
    tx: Transaction,
    conversation_id: int,
    channel: str,
    drafts: Sequence[OutgoingDraft],
    at: datetime,
) -> list[int]:
    """Log what goes out, to be delivered in this order; the ids, in the order of the drafts."""
    return log_addressed(tx, [Addressed(conversation_id, channel, each) for each in drafts], at)


def log_addressed(tx: Transaction, many: Sequence[Addressed], at: datetime) -> list[int]:
    """The same for what goes to several conversations, in as many statements as for one."""
    rows = [_row(tx, each, at) for each in many]
    if not rows:
        return []
    if any(each.draft.leased_by is None for each in many):
        tx.ring()
    if tx.dialect == "sqlite":
        # Statements cost no round trip here, and one by one is cheaper than SQLAlchemy's many.
        ids = [_LOG_MESSAGE.run(tx, row).last_id for row in rows]
    elif len(rows) == 1:
        return [_LOG_BOTH.first(tx, rows[0]).message_id]
    else:
        only_message = [{name: row[name] for name in _MESSAGE} for row in rows]
        ids = list(tx.conn.execute(_LOG_MANY, only_message).scalars())
    for row, message_id in zip(rows, ids, strict=True):
        row["message_id"] = message_id
    _LOG_DELIVERY.run_many(tx, rows)
    return ids


def _row(tx: Transaction, addressed: Addressed, at: datetime) -> dict[str, Any]:
    draft = addressed.draft
    key, personal = new_id(), draft.personal
    return {
        "conversation_id": addressed.conversation_id,
        "direction": "out",
        "at": at,
        "channel": addressed.channel,
        "kind": draft.kind,
        "text": draft.text,
        "payload": None if personal else draft.payload,
        "sealed": tx.vault.seal_bytes("message", key, SEALED_AS, draft.payload) if personal else None,
        "dedup_key": key,
        "cause": draft.cause,
        "answers": draft.answers,
        "state": draft.state,
        "operation": draft.operation,
        "target_external_id": draft.target_external_id,
        "due_at": draft.due_at or at,
        "urgency": draft.urgency,
        "lease_until": draft.lease_until,
        "leased_by": draft.leased_by,
        "notice_id": draft.notice_id,
        "useful_until": draft.useful_until,
        "next_way_at": None if draft.next_way_after is None else at + draft.next_way_after,
    }
