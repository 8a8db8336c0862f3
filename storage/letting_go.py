"""Letting an account go after an erasure: its messenger's address is forgotten, unless it began anew."""

from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import bindparam, exists, func, select, update

from storage.tables import contact, conversation, delivery, message
from storage.tables.delivery import PENDING
from storage.transaction import Transaction
from storage.types import Id

_CONVERSATION = bindparam("of_conversation", type_=Id)
_SINCE_THEN = (
    select(
        contact.c.id,
        contact.c.consent_version,
        conversation.c.last_message_at,
        exists().where(delivery.c.conversation_id == conversation.c.id, PENDING).label("waiting"),
    )
    .join_from(conversation, contact, contact.c.id == conversation.c.contact_id)
    .where(conversation.c.id == _CONVERSATION)
    .with_for_update(of=(conversation, contact))
)
_FORGET = (
    update(contact)
    .where(contact.c.id == bindparam("of_contact", type_=Id))
    .values(address=bindparam("nowhere"), language=None, territory_id=None)
)
_END_FORM = update(conversation).where(conversation.c.id == _CONVERSATION).values(session=None, screen=None)
_NEWEST = select(func.max(message.c.id)).where(message.c.conversation_id == _CONVERSATION)


class Went(str, Enum):
    """What became of an account."""

    IN_USE = "in_use"
    """Something is still to be sent there, or somebody has just written from it."""
    BEGAN_ANEW = "began_anew"
    """Somebody has agreed to the data policy again: what came since is kept by that."""
    GONE = "gone"
    """Nobody knows any more which account it was."""


def let_go(tx: Transaction, conversation_id: int, quiet: timedelta) -> Went:
    """Forget the address of an account from which nobody has written for so long."""
    asked = {"of_conversation": conversation_id}
    now = tx.conn.execute(_SINCE_THEN, asked).one()
    if now.consent_version is not None:
        return Went.BEGAN_ANEW
    if now.waiting or _written_lately(now.last_message_at, tx.now - quiet):
        return Went.IN_USE
    tx.conn.execute(_FORGET, {"of_contact": now.id, "nowhere": f"erased:{now.id}"})
    tx.conn.execute(_END_FORM, asked)
    return Went.GONE


def newest_message(tx: Transaction, conversation_id: int) -> int:
    """The number of a conversation's last message; 0 without one."""
    return tx.conn.execute(_NEWEST, {"of_conversation": conversation_id}).scalar_one() or 0


def _written_lately(last: datetime | None, since: datetime) -> bool:
    return last is not None and last > since
