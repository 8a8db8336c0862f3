"""The log of a conversation as operators read it: what was said, where the bot stood, what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, literal_column, select

from storage.tables import delivery, message
from storage.transaction import Transaction
from storage.types import Id

OPERATOR = "operator"
"""The kind of a message that an operator has written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message, masked as it was logged.

    `stand` is where the bot stood: before what came in, after what went out. `answers` is the message that
    it answers. What follows is of what goes out alone: `sent` is pending, sent, delivered, read, failed or
    given_up, and `error` says why of the last two.
    """

    id: int
    direction: str
    at: datetime
    channel: str
    kind: str
    text: str
    cause: str | None
    answers: int | None
    stand: str | None
    operation: str | None
    sent: str | None
    error: str | None
    tries: int | None
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None


_LINES = (
    select(
        message.c.id,
        message.c.direction,
        message.c.at,
        message.c.channel,
        message.c.kind,
        message.c.text,
        message.c.cause,
        message.c.answers,
        message.c.state.label("stand"),
        delivery.c.operation,
        delivery.c.state.label("sent"),
        delivery.c.error,
        delivery.c.tries,
        delivery.c.sent_at,
        delivery.c.delivered_at,
        delivery.c.read_at,
    )
    .outerjoin_from(message, delivery, delivery.c.message_id == message.c.id)
    .where(message.c.conversation_id == bindparam("of_conversation", type_=Id))
    .limit(bindparam("most"))
)
_ANSWERED = (
    select(message.c.id)
    .where(
        message.c.conversation_id == bindparam("of_conversation", type_=Id),
        message.c.id > bindparam("edge", type_=Id),
        message.c.kind == literal_column(f"'{OPERATOR}'"),
        message.c.cause != bindparam("own"),
    )
    .limit(1)
)
_LATEST = _LINES.order_by(message.c.id.desc())
_BEFORE = _LATEST.where(message.c.id < bindparam("edge", type_=Id))
_AFTER = _LINES.where(message.c.id > bindparam("edge", type_=Id)).order_by(message.c.id)


def latest(tx: Transaction, conversation_id: int, most: int) -> list[Line]:
    """The newest lines, oldest first."""
    return _read(tx, _LATEST, conversation_id, most)[::-1]


def before(tx: Transaction, conversation_id: int, message_id: int, most: int) -> list[Line]:
    """The lines right before one, oldest first."""
    return _read(tx, _BEFORE, conversation_id, most, edge=message_id)[::-1]


def after(tx: Transaction, conversation_id: int, message_id: int, most: int) -> list[Line]:
    """The first lines after one, oldest first."""
    return _read(tx, _AFTER, conversation_id, most, edge=message_id)


def is_answered_since(tx: Transaction, conversation_id: int, message_id: int, own: str) -> bool:
    """Whether somebody of the staff has answered after a line, other than `own` (the name in `cause`)."""
    asked = {"of_conversation": conversation_id, "edge": message_id, "own": own}
    return tx.conn.execute(_ANSWERED, asked).first() is not None


def _read(tx: Transaction, statement: Any, conversation_id: int, most: int, **edge: int) -> list[Line]:
    asked = {"of_conversation": conversation_id, "most": most, **edge}
    return [Line(**row) for row in tx.conn.execute(statement, asked).mappings()]
