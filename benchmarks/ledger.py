"""What the service's own database says of a run: was every message answered, and once."""

from dataclasses import dataclass

from sqlalchemy import case, func, select

from benchmarks.databases import read
from storage.tables import contact, conversation, delivery, message
from storage.tables.delivery import PENDING
from storage.transaction import Transaction

_COUNT = (
    select(
        contact.c.address,
        func.sum(case((message.c.direction == "in", 1), else_=0)),
        func.sum(case((message.c.direction == "out", 1), else_=0)),
        func.sum(case((PENDING, 1), else_=0)),
    )
    .join_from(message, conversation, conversation.c.id == message.c.conversation_id)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .outerjoin(delivery, delivery.c.message_id == message.c.id)
    .group_by(contact.c.address)
)


@dataclass(frozen=True, slots=True)
class Chat:
    """The log of one chat: messages in, messages out, and how many of those still wait to be sent."""

    taken: int
    answered: int
    waiting: int


def chats(url: str) -> dict[str, Chat]:
    """The log of every chat, by its address."""

    def count(tx: Transaction) -> dict[str, Chat]:
        return {address: Chat(*map(int, counts)) for address, *counts in tx.conn.execute(_COUNT)}

    return read(url, count)
