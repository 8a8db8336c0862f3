"""The messenger accounts of a parent: listed, signed out, asked for the password again; what lies in them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select, update

from storage.conversations import Reach
from storage.homes import NOWHERE
from storage.tables import contact, conversation
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Account:
    """One account: since when it is the parent's, and when it was last used. Instants in UTC."""

    contact_id: int
    conversation_id: int
    channel: str
    address: str
    language: str | None
    since: datetime
    last_used_at: datetime | None

    @property
    def reach(self) -> Reach:
        """Where this account is told something."""
        return Reach(self.conversation_id, self.contact_id, self.channel, self.address, self.language)


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What another conversation of the same parent remembers, sealed and bound to that conversation."""

    conversation_id: int
    channel: str
    last_used_at: datetime
    session: bytes = field(repr=False)


_since = func.coalesce(contact.c.signed_in_at, contact.c.created_at, type_=contact.c.created_at.type)
_OF_PARENT = (
    select(
        contact.c.id,
        conversation.c.id,
        contact.c.channel,
        contact.c.address,
        contact.c.language,
        _since,
        conversation.c.last_message_at,
    )
    .join_from(contact, conversation, conversation.c.contact_id == contact.c.id)
    .where(contact.c.parent_id == bindparam("parent"), contact.c.channel != NOWHERE)
    .order_by(conversation.c.last_message_at.desc().nulls_last(), contact.c.id)
)
_LEFT_BEHIND = (
    select(conversation.c.id, contact.c.channel, conversation.c.last_message_at, conversation.c.session)
    .join_from(contact, conversation, conversation.c.contact_id == contact.c.id)
    .where(
        contact.c.parent_id == bindparam("parent"),
        conversation.c.id != bindparam("here"),
        conversation.c.session.is_not(None),
        conversation.c.last_message_at.is_not(None),
    )
    .order_by(conversation.c.last_message_at.desc(), conversation.c.id)
)
_NOBODYS: dict[str, Any] = {
    each: literal_column("NULL") for each in ("parent_id", "signed_in_at", "unlocked_until")
}
_SIGN_OUT = (
    update(contact)
    .where(contact.c.id == bindparam("account"), contact.c.parent_id == bindparam("of_parent"))
    .values(_NOBODYS)
)
_ARE_OTHERS = (
    contact.c.parent_id == bindparam("of_parent"),
    contact.c.id != bindparam("this_one"),
    contact.c.channel != NOWHERE,
)
_DROP_DRAFTS = (
    update(conversation)
    .where(conversation.c.contact_id.in_(select(contact.c.id).where(*_ARE_OTHERS)))
    .values(session=None)
)
_OTHERS = update(contact).where(*_ARE_OTHERS)
_SIGN_OUT_OTHERS = _OTHERS.values(_NOBODYS)
_LOCK_OTHERS = _OTHERS.values(unlocked_until=None)


def of_parent(tx: Transaction, parent_id: int) -> list[Account]:
    """A parent's accounts, the one used last first."""
    return [Account(*row) for row in tx.conn.execute(_OF_PARENT, {"parent": parent_id})]


def left_behind(tx: Transaction, parent_id: int, here: int) -> list[LeftBehind]:
    """What the parent's other conversations remember, the newest first. Read without any lock."""
    return [LeftBehind(*row) for row in tx.conn.execute(_LEFT_BEHIND, {"parent": parent_id, "here": here})]


def sign_out(tx: Transaction, contact_id: int, parent_id: int) -> bool:
    """The account is nobody's again; False where it was not this parent's (any more)."""
    return tx.conn.execute(_SIGN_OUT, {"account": contact_id, "of_parent": parent_id}).rowcount == 1


def sign_out_others(tx: Transaction, parent_id: int, contact_id: int) -> int:
    """Sign out every account of a parent but this one, and drop what was being filled in; how many."""
    others = {"of_parent": parent_id, "this_one": contact_id}
    tx.conn.execute(_DROP_DRAFTS, others)
    return tx.conn.execute(_SIGN_OUT_OTHERS, others).rowcount


def lock_others(tx: Transaction, parent_id: int, contact_id: int) -> None:
    """Every account of a parent but this one needs the cabinet's password for its next step."""
    tx.conn.execute(_LOCK_OTHERS, {"of_parent": parent_id, "this_one": contact_id})
