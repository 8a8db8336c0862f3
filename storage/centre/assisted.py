"""Families that staff help on the telephone: the conversations held for them, and their end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select, update

from domain.assisting import CHANNEL, OVER, Helping, helping_at, prefix, session_mark
from storage.staff_sessions import IS_OPEN, open_at
from storage.tables import application, contact, conversation, errand, staff_session
from storage.transaction import Transaction
from storage.types import Id, Instant


@dataclass(frozen=True, slots=True)
class Helped:
    """One that is open: its conversation, who helps, and how far it has come."""

    conversation_id: int
    contact_id: int
    parent_id: int | None
    territory_id: int | None
    consent_at: datetime | None
    helping: Helping


_FOUND = (
    select(
        conversation.c.id,
        contact.c.id.label("contact_id"),
        contact.c.parent_id,
        contact.c.territory_id,
        contact.c.consent_at,
        contact.c.address,
    )
    .join_from(contact, conversation, conversation.c.contact_id == contact.c.id)
    # By the index of addresses; those that are over come after all of them.
    .where(contact.c.channel == CHANNEL, contact.c.address < OVER)
)
_BY_ID = _FOUND.where(conversation.c.id == bindparam("of_conversation", type_=Id))
_BEGINNING_SO = _FOUND.where(
    contact.c.address >= bindparam("first"), contact.c.address < bindparam("behind")
).order_by(contact.c.address.desc())
_HOW_MANY = (
    select(func.count())
    .select_from(contact)
    .where(
        contact.c.channel == CHANNEL,
        contact.c.address < OVER,
        contact.c.territory_id.in_(bindparam("territories", type_=Id, expanding=True)),
    )
)
_AWAITS = select(
    exists().where(errand.c.conversation_id == bindparam("of_conversation"), errand.c.state == "pending")
)
_END = (
    update(contact)
    .where(contact.c.id == bindparam("of_contact", type_=Id), contact.c.address == bindparam("now_at"))
    .values(
        address=bindparam("over"),
        parent_id=None,
        signed_in_at=None,
        unlocked_until=None,
        unreachable_at=bindparam("at", type_=Instant()),
    )
)
_FORGET = (
    update(conversation)
    .where(conversation.c.contact_id == bindparam("of_contact", type_=Id))
    .values(session=None, screen=None)
)
_APPLIED = (
    select(application.c.id)
    .where(
        application.c.parent_id == bindparam("of_parent", type_=Id),
        application.c.created_at >= bindparam("since", type_=Instant()),
    )
    .order_by(application.c.id)
)
_SESSIONS = select(staff_session.c.id_hash).where(
    staff_session.c.staff_id == bindparam("of_staff", type_=Id), IS_OPEN
)


def find(tx: Transaction, conversation_id: int) -> Helped | None:
    """One that is open, by its conversation."""
    row = tx.conn.execute(_BY_ID, {"of_conversation": conversation_id}).first()
    return None if row is None else _helped(row)


def of_session(tx: Transaction, staff_id: int, session_hash: bytes) -> Sequence[Helped]:
    """Those that somebody has open in one session of the console, the newest first."""
    begins = prefix(staff_id, session_mark(session_hash))
    asked = {"first": begins, "behind": f"{begins[:-1]}/"}
    found = (_helped(row) for row in tx.conn.execute(_BEGINNING_SO, asked))
    return [each for each in found if each is not None]


def every_one(tx: Transaction) -> Sequence[Helped]:
    """All that are open, whoever helps."""
    return [each for row in tx.conn.execute(_FOUND) if (each := _helped(row)) is not None]


def how_many(tx: Transaction, territory_ids: Collection[int]) -> int:
    """How many are open in these territories."""
    found: int = tx.conn.execute(_HOW_MANY, {"territories": list(territory_ids)}).scalar_one()
    return found


def awaits(tx: Transaction, conversation_id: int) -> bool:
    """Whether an answer from outside is on its way."""
    return bool(tx.conn.execute(_AWAITS, {"of_conversation": conversation_id}).scalar_one())


def end(tx: Transaction, helped: Helped) -> bool:
    """Sign it out of the parent's cabinet for good; False where somebody has done that already.

    A turn that waits for it finds nothing under its address any more.
    """
    over = {"over": f"{OVER}.{helped.contact_id}", "now_at": helped.helping.address, "at": tx.now}
    if tx.conn.execute(_END, {"of_contact": helped.contact_id, **over}).rowcount != 1:
        return False
    tx.conn.execute(_FORGET, {"of_contact": helped.contact_id})
    return True


def applied(tx: Transaction, helped: Helped) -> list[int]:
    """The applications that were sent in the parent's name since it began, by their ids."""
    asked = {"of_parent": helped.parent_id, "since": helped.helping.since}
    return list(tx.conn.execute(_APPLIED, asked).scalars())


def has_session(tx: Transaction, helping: Helping, really: datetime) -> bool:
    """Whether the session in which it was begun still is; `really` by the machine's own clock."""
    asked = {"of_staff": helping.staff_id} | open_at(really)
    return any(session_mark(each) == helping.session for each in tx.conn.execute(_SESSIONS, asked).scalars())


def _helped(row: Any) -> Helped | None:
    helping = helping_at(row.address)
    if helping is None:
        return None
    return Helped(row.id, row.contact_id, row.parent_id, row.territory_id, row.consent_at, helping)
