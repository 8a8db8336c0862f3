"""The accounts and children of a parent who is erased, and the signing out."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, union, update

from domain.notice import Deed
from storage.tables import (
    application,
    code,
    contact,
    conversation,
    errand,
    guardian,
    helper,
    parent_journal,
)
from storage.transaction import Transaction
from storage.types import Id

_MOST_SIGN_INS = 200
_PARENT = bindparam("of_parent", type_=Id)
_MANY = bindparam("many", type_=Id, expanding=True)


@dataclass(frozen=True, slots=True)
class Account:
    """A messenger account of the parent, with its conversation."""

    contact_id: int
    conversation_id: int


_ACCOUNTS = (
    select(contact.c.id, conversation.c.id)
    .join_from(contact, conversation, conversation.c.contact_id == contact.c.id)
    .where(contact.c.parent_id == _PARENT)
    .order_by(contact.c.id)
    .with_for_update(key_share=True)
)
_CHILDREN_OF = union(
    select(guardian.c.child_id).where(guardian.c.parent_id == _PARENT),
    select(application.c.child_id).where(application.c.parent_id == _PARENT),
)
_HELPED_IN = (
    select(conversation.c.id)
    .join(helper, helper.c.contact_id == conversation.c.contact_id)
    .where(helper.c.parent_id == _PARENT)
    .distinct()
)
_SIGN_INS = (
    select(parent_journal.c.data)
    .where(parent_journal.c.parent_id == _PARENT, parent_journal.c.what == Deed.SIGNED_IN.value)
    .order_by(parent_journal.c.id.desc())
    .limit(bindparam("limit"))
)
_NOBODYS = (
    select(conversation.c.id)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .where(contact.c.id.in_(_MANY), contact.c.parent_id.is_(None))
)
# The consent goes with the rest: whoever writes again is asked anew.
_OF_CONTACT = (
    "parent_id",
    "consent_version",
    "consent_at",
    "unlocked_until",
    "vouched_phone_index",
    "vouched_phone",
    "vouched_at",
)
_SIGN_OUT = update(contact).where(contact.c.id.in_(_MANY)).values(dict.fromkeys(_OF_CONTACT))
_END_FORMS = update(conversation).where(conversation.c.id.in_(_MANY)).values(session=None, screen=None)
_END_ERRANDS = (
    update(errand)
    .where(errand.c.conversation_id.in_(_MANY), errand.c.state == "pending")
    .values(state="failed", error="erased")
)
_VOID_CODES = delete(code).where(code.c.contact_id.in_(_MANY))


def lock_accounts(tx: Transaction, parent_id: int) -> list[Account]:
    """The parent's accounts, none of which begins a turn before this transaction ends."""
    return [Account(*row) for row in tx.conn.execute(_ACCOUNTS, {"of_parent": parent_id})]


def children_of(tx: Transaction, parent_id: int) -> list[int]:
    """The children whom the parent cares for, or has applied for."""
    return sorted(tx.conn.execute(_CHILDREN_OF, {"of_parent": parent_id}).scalars())


def once_signed_in(tx: Transaction, parent_id: int) -> list[int]:
    """The conversations of accounts that were the parent's before, and are nobody's now."""
    signed_in = tx.conn.execute(_SIGN_INS, {"of_parent": parent_id, "limit": _MOST_SIGN_INS}).scalars()
    accounts = {data["account"] for data in signed_in if data and "account" in data}
    return list(tx.conn.execute(_NOBODYS, {"many": sorted(accounts)}).scalars())


def helped_in(tx: Transaction, parent_id: int) -> list[int]:
    """The conversations in which somebody has ever helped the parent: they were told of the children."""
    return list(tx.conn.execute(_HELPED_IN, {"of_parent": parent_id}).scalars())


def sign_out(tx: Transaction, accounts: Sequence[Account]) -> None:
    """From now on nobody is known at these accounts; what was filled in or waited for there is void."""
    contacts = [each.contact_id for each in accounts]
    conversations = [each.conversation_id for each in accounts]
    for statement in (_SIGN_OUT, _VOID_CODES):
        tx.conn.execute(statement, {"many": contacts})
    for statement in (_END_FORMS, _END_ERRANDS):
        tx.conn.execute(statement, {"many": conversations})
