"""Whose a conversation is."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from storage.tables import contact, conversation
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation: in which messenger, of which account, and of which parent if that is known."""

    channel: str
    contact_id: int
    parent_id: int | None


_CHAT = (
    select(contact.c.channel, contact.c.id, contact.c.parent_id)
    .join_from(conversation, contact, contact.c.id == conversation.c.contact_id)
    .where(conversation.c.id == bindparam("of_conversation", type_=Id))
)


def chat(tx: Transaction, conversation_id: int) -> Chat | None:
    """The conversation of that id."""
    row = tx.conn.execute(_CHAT, {"of_conversation": conversation_id}).first()
    return None if row is None else Chat(*row)
