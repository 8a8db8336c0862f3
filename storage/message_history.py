"""Reading the log of a conversation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from storage.tables import contact, conversation, delivery, message
from storage.transaction import Transaction
from storage.types import Id

SEALED_AS = "payload"
"""The field to which a sealed payload is bound; its row id is the message's dedup_key."""


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message of the log.

    `text` is masked. `external_id` is the channel's name of what came in. `payload` is None for what came
    in, and for what is sealed unless it was asked for. `state`, `operation` and the channel's other ids
    belong to what goes out.
    """

    id: int
    conversation_id: int
    direction: str
    at: datetime
    channel: str
    kind: str
    text: str
    cause: str | None
    answers: int | None
    external_id: str | None
    dedup_key: int | None
    operation: str | None
    state: str | None
    sent_external_id: str | None
    target_external_id: str | None
    payload: bytes | None
    personal: bool


_STORED = select(
    message.c.id,
    message.c.conversation_id,
    message.c.direction,
    message.c.at,
    message.c.channel,
    message.c.kind,
    message.c.text,
    message.c.cause,
    message.c.answers,
    message.c.external_id,
    message.c.dedup_key,
    delivery.c.operation,
    delivery.c.state,
    delivery.c.external_id.label("sent_external_id"),
    delivery.c.target_external_id,
    message.c.payload,
    message.c.sealed,
).outerjoin_from(message, delivery, delivery.c.message_id == message.c.id)

_asked = message.alias("asked")
_ANSWERS = (
    _STORED.join(_asked, _asked.c.id == message.c.answers)
    .where(_asked.c.channel == bindparam("channel"), _asked.c.external_id == bindparam("external_id"))
    .order_by(message.c.id)
)
_OF_CONVERSATION = _STORED.where(message.c.conversation_id == bindparam("conversation_id"))
_LATEST = _OF_CONVERSATION.order_by(message.c.id.desc()).limit(bindparam("limit"))
_BEFORE = _LATEST.where(message.c.id < bindparam("before_id"))
_AFTER = (
    _OF_CONVERSATION.where(message.c.id > bindparam("after_id"))
    .order_by(message.c.id)
    .limit(bindparam("limit"))
)


_CONVERSATION = (
    select(conversation.c.id)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .where(contact.c.channel == bindparam("channel"), contact.c.address == bindparam("address"))
)


def conversation_of(tx: Transaction, channel: str, address: str) -> int | None:
    """The conversation with an account; None where nobody ever wrote from it."""
    found: int | None = tx.conn.execute(_CONVERSATION, {"channel": channel, "address": address}).scalar()
    return found


def answers_to(tx: Transaction, channel: str, external_id: str) -> list[StoredMessage]:
    """The logged reply to a message that came again, opened, in its order."""
    asked = {"channel": channel, "external_id": external_id}
    return _stored(tx, _ANSWERS, asked, opened=True)


def history(
    tx: Transaction,
    conversation_id: int,
    *,
    before_id: int | None = None,
    after_id: int | None = None,
    limit: int = 50,
    opened: bool = False,
) -> list[StoredMessage]:
    """At most `limit` messages, oldest first: those right before or after an id, or the latest.

    `opened`: with the sealed payloads, for the parent's own eyes.
    """
    asked = {"conversation_id": conversation_id, "limit": limit}
    if after_id is not None:
        return _stored(tx, _AFTER, {**asked, "after_id": after_id}, opened=opened)
    if before_id is not None:
        found = _stored(tx, _BEFORE, {**asked, "before_id": before_id}, opened=opened)
    else:
        found = _stored(tx, _LATEST, asked, opened=opened)
    return found[::-1]


def _stored(
    tx: Transaction, statement: Select[Any], asked: dict[str, Any], *, opened: bool
) -> list[StoredMessage]:
    return [_one(tx, row, opened=opened) for row in tx.conn.execute(statement, asked)]


def _one(tx: Transaction, row: Any, *, opened: bool) -> StoredMessage:
    payload, personal = payload_of(tx, row, opened=opened), row.sealed is not None
    fields: tuple[Any, ...] = (*row[:-2], payload, personal)
    return StoredMessage(*fields)


_PAYLOAD = select(message.c.payload, message.c.sealed, message.c.dedup_key).where(
    message.c.id == bindparam("of_message", type_=Id)
)


def payload(tx: Transaction, message_id: int) -> bytes | None:
    """What a message was sent as, opened; None for one that has nothing of that."""
    row = tx.conn.execute(_PAYLOAD, {"of_message": message_id}).first()
    return None if row is None else payload_of(tx, row)


def payload_of(tx: Transaction, row: Any, *, opened: bool = True) -> bytes | None:
    """The payload of a row with `payload`, `sealed` and `dedup_key`; None if it stays sealed."""
    if row.sealed is None or not opened:
        plain: bytes | None = row.payload
        return plain
    return tx.vault.open_bytes("message", row.dedup_key, SEALED_AS, row.sealed)
