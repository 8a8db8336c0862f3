"""The conversations of people who were found: those within somebody's reach, the latest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from domain.phone import Phone
from storage.centre.within import IN_REACH
from storage.tables import contact, conversation
from storage.transaction import Transaction
from storage.types import Id

MOST = 20


@dataclass(frozen=True, slots=True)
class FoundChat:
    """A conversation: in which messenger, whose if that is known, where, and when something was said last."""

    id: int
    channel: str
    parent_id: int | None
    territory_id: int | None
    last_message_at: datetime | None


_CHATS = (
    select(
        conversation.c.id,
        contact.c.channel,
        contact.c.parent_id,
        conversation.c.territory_id,
        conversation.c.last_message_at,
    )
    .join_from(contact, conversation, conversation.c.contact_id == contact.c.id)
    .where(IN_REACH)
    .order_by(conversation.c.last_message_at.desc().nulls_last(), conversation.c.id)
    .limit(MOST)
)
_OF_PARENTS = _CHATS.where(contact.c.parent_id.in_(bindparam("parents", type_=Id, expanding=True)))
_VOUCHED = _CHATS.where(
    contact.c.vouched_phone_index.in_(bindparam("blinds", expanding=True)), contact.c.parent_id.is_(None)
)


def of_parents(tx: Transaction, parent_ids: Collection[int], within: Collection[int]) -> list[FoundChat]:
    """The chats of these parents."""
    asked = {"parents": list(parent_ids), "territories": within}
    return [FoundChat(*row) for row in tx.conn.execute(_OF_PARENTS, asked)]


def vouched(tx: Transaction, number: Phone, within: Collection[int]) -> list[FoundChat]:
    """The chats of nobody's yet, for whose account a messenger vouched with this number."""
    asked = {"blinds": list(tx.vault.blinds("phone", number.e164)), "territories": within}
    return [FoundChat(*row) for row in tx.conn.execute(_VOUCHED, asked)]
