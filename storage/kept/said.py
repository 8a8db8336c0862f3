"""What was said: notices, the journal, and the log of the conversations as it is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from storage.homes import NOWHERE
from storage.tables import contact, conversation, message
from storage.transaction import Transaction

CHUNK = 500
"""Messages that are read at once."""

_CONVERSATIONS = (
    select(conversation.c.id)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .where(contact.c.parent_id == bindparam("parent"))
    # After those of the accounts, which are numbered.
    .order_by(contact.c.channel == NOWHERE, contact.c.created_at, contact.c.id)
)
_MESSAGES = (
    select(message.c.id, message.c.at, message.c.channel, message.c.direction, message.c.kind, message.c.text)
    .where(message.c.conversation_id == bindparam("conversation"), message.c.id > bindparam("after"))
    .order_by(message.c.id)
    .limit(CHUNK)
)


@dataclass(frozen=True, slots=True)
class Line:
    """A message of the log. `text` is masked: so it was written down, and there is no other."""

    id: int
    at: datetime
    channel: str
    direction: str
    kind: str
    text: str


def conversations(tx: Transaction, parent_id: int) -> list[int]:
    """The conversations with the parent's accounts, in the order of the accounts."""
    return list(tx.conn.execute(_CONVERSATIONS, {"parent": parent_id}).scalars())


def messages(tx: Transaction, conversation_id: int, after: int) -> list[Line]:
    """The next messages of a conversation after one; empty at the end."""
    asked: dict[str, Any] = {"conversation": conversation_id, "after": after}
    return [Line(*row) for row in tx.conn.execute(_MESSAGES, asked)]
