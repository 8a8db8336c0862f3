"""Conversations and the messenger accounts they are held with.

Statements are built once: these run in every turn.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, literal_column, select, update

from domain.assisting import CHANNEL
from storage.dialects import inserts, parameters
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables import contact, conversation, delivery
from storage.tables.delivery import PENDING
from storage.transaction import SERVER_TIME, Transaction
from storage.types import EPOCH


@dataclass(slots=True)
class Entered:
    """A conversation with its contact, locked until the end of the transaction.

    `session` is as it was left. `waiting`: an earlier answer still waits to be leased for
    delivery, so that a reply leased at once would overtake it. `new`: the contact was unknown.
    `driven_by`: who of the staff talks in the bot's stead until `driven_until`.
    """

    conversation_id: int
    contact_id: int
    channel: str
    address: str
    parent_id: int | None
    language: str | None
    territory_id: int | None
    consent_version: str | None
    consent_at: datetime | None
    session: bytes | None
    screen: Any
    step_token: int
    vouched_phone_index: bytes | None
    vouched_at: datetime | None
    unlocked_until: datetime | None
    unreachable_at: datetime | None
    driven_by: int | None
    driven_until: datetime | None
    waiting: bool
    new: bool = False


_FIND = (
    select(
        conversation.c.id.label("conversation_id"),
        contact.c.id.label("contact_id"),
        contact.c.channel,
        contact.c.address,
        contact.c.parent_id,
        contact.c.language,
        contact.c.territory_id,
        contact.c.consent_version,
        contact.c.consent_at,
        conversation.c.session,
        conversation.c.screen,
        conversation.c.step_token,
        contact.c.vouched_phone_index,
        contact.c.vouched_at,
        contact.c.unlocked_until,
        contact.c.unreachable_at,
        conversation.c.driven_by,
        conversation.c.driven_until,
    )
    .join_from(contact, conversation, conversation.c.contact_id == contact.c.id)
    .where(contact.c.channel == bindparam("channel"), contact.c.address == bindparam("address"))
)


def _waits(conversation_id: Any, channel: Any) -> Any:
    return exists().where(
        delivery.c.conversation_id == conversation_id,
        delivery.c.channel == channel,
        PENDING,
        delivery.c.urgency == literal_column("0"),
        delivery.c.leased_by.is_(None),
    )


def _locking() -> Select[Any]:
    """The same under a lock on both rows, and the server's time read *after* the wait for it.

    The locking part stands in a subquery: above a lock PostgreSQL would compute its columns,
    and so the time, before waiting. Without a lock on the contact a turn that waited would see
    the language or the parent as they were before the other turn changed them.
    """
    locked = _FIND.with_for_update(key_share=True).subquery()
    return select(locked, _waits(locked.c.conversation_id, locked.c.channel), SERVER_TIME)


_ENTER = Prepared(
    {
        "sqlite": _FIND.add_columns(_waits(conversation.c.id, contact.c.channel), literal_column("NULL")),
        "postgresql": _locking(),
    }
)
_ADD_CONTACT = {
    dialect: insert.values(
        parameters(contact, "id", "channel", "address", "created_at")
    ).on_conflict_do_nothing(index_elements=["channel", "address"])
    for dialect, insert in inserts(contact).items()
}
_ADD_CONVERSATION = {
    dialect: insert.from_select(
        ["id", "contact_id", "step_token"],
        select(bindparam("id", type_=conversation.c.id.type), contact.c.id, literal_column("0")).where(
            contact.c.channel == bindparam("channel"), contact.c.address == bindparam("address")
        ),
    ).on_conflict_do_nothing(index_elements=["contact_id"])
    for dialect, insert in inserts(conversation).items()
}
_DATE_CONTACT = (
    update(contact).where(contact.c.id == bindparam("contact_id")).values(created_at=bindparam("created_at"))
)
_AT_TERRITORY = (
    update(conversation)
    .where(conversation.c.contact_id == bindparam("of_contact"))
    .values(territory_id=bindparam("at_territory"))
)
_LEAVE = Prepared(
    update(conversation)
    .where(conversation.c.id == bindparam("conversation_id"))
    .values(parameters(conversation, "session", "screen", "step_token", "last_message_at"))
)
_OF_PARENTS = (
    select(
        contact.c.parent_id,
        conversation.c.id,
        contact.c.id,
        contact.c.channel,
        contact.c.address,
        contact.c.language,
        contact.c.unreachable_at.is_(None),
    )
    .join_from(contact, conversation, conversation.c.contact_id == contact.c.id)
    # Where staff help on the telephone nobody of the family reads what is said.
    .where(contact.c.parent_id.in_(bindparam("parents", expanding=True)), contact.c.channel != CHANNEL)
    .order_by(contact.c.created_at, contact.c.id)
)
_OF_ONE = (
    select(
        conversation.c.id,
        contact.c.id,
        contact.c.channel,
        contact.c.address,
        contact.c.language,
        contact.c.unreachable_at.is_(None),
    )
    .join_from(conversation, contact, contact.c.id == conversation.c.contact_id)
    .where(conversation.c.id == bindparam("of_conversation"))
)
_UNREACHABLE = (
    update(contact)
    .where(contact.c.id == bindparam("contact_id"), contact.c.unreachable_at.is_(None))
    .values(unreachable_at=bindparam("at"))
)


def enter(tx: Transaction, channel: str, address: str) -> Entered:
    """The conversation with that account, locked; made if it is unknown.

    Call it first in a turn: it also supplies `tx.now`, as of the moment the lock was got.
    """
    who = {"channel": channel, "address": address}
    row = _ENTER.first(tx, who)
    if row is None:
        return _make(tx, who)
    *fields, server_time = row
    tx.now_from(server_time)
    return Entered(*fields)


def _make(tx: Transaction, who: dict[str, str]) -> Entered:
    # Two first messages at once: the later one waits here, then finds what the other has made.
    # created_at is set below, for `now` is not to be read before that wait is over.
    made = tx.conn.execute(_ADD_CONTACT[tx.dialect], {**who, "id": new_id(), "created_at": EPOCH})
    tx.conn.execute(_ADD_CONVERSATION[tx.dialect], {**who, "id": new_id()})
    *fields, server_time = _ENTER.first(tx, who)
    tx.now_from(server_time)
    entered = Entered(*fields)
    entered.new = made.rowcount == 1
    if entered.new:
        tx.conn.execute(_DATE_CONTACT, {"contact_id": entered.contact_id, "created_at": tx.now})
    return entered


def leave(
    tx: Transaction,
    conversation_id: int,
    *,
    session: bytes | None,
    screen: Any,
    step_token: int,
    at: datetime,
) -> None:
    """Write down how the turn leaves the conversation."""
    _LEAVE.run(
        tx,
        {
            "conversation_id": conversation_id,
            "session": session,
            "screen": screen,
            "step_token": step_token,
            "last_message_at": at,
        },
    )


def update_contact(tx: Transaction, contact_id: int, **changed: Any) -> None:
    """Set columns of a contact by their names (language, territory_id, consent_version, …)."""
    tx.conn.execute(update(contact).where(contact.c.id == contact_id).values(**changed))
    if "territory_id" in changed:
        # Operators read the list of their conversations by it.
        moved = {"of_contact": contact_id, "at_territory": changed["territory_id"]}
        tx.conn.execute(_AT_TERRITORY, moved)


@dataclass(frozen=True, slots=True)
class Reach:
    """A conversation in which a parent can be told something."""

    conversation_id: int
    contact_id: int
    channel: str
    address: str
    language: str | None
    reached: bool = True


def reach_of(tx: Transaction, conversation_id: int) -> Reach | None:
    """The conversation of that id, to say something in it outside of a turn."""
    row = tx.conn.execute(_OF_ONE, {"of_conversation": conversation_id}).first()
    return None if row is None else Reach(*row)


def of_parent(tx: Transaction, parent_id: int) -> list[Reach]:
    """The conversations with a parent's reachable accounts, the oldest account first."""
    return of_parents(tx, [parent_id])[parent_id]


def of_parents(tx: Transaction, parent_ids: Collection[int]) -> dict[int, list[Reach]]:
    """The same for each of several parents, in one statement."""
    every = accounts_of_each(tx, parent_ids)
    return {parent_id: [each for each in accounts if each.reached] for parent_id, accounts in every.items()}


def accounts_of_each(tx: Transaction, parent_ids: Collection[int]) -> dict[int, list[Reach]]:
    """The same with those that nothing reaches any more (`reached` is False)."""
    accounts: dict[int, list[Reach]] = {each: [] for each in parent_ids}
    for parent_id, *of_account in tx.conn.execute(_OF_PARENTS, {"parents": list(accounts)}):
        accounts[parent_id].append(Reach(*of_account))
    return accounts


def found_unreachable(tx: Transaction, contact_id: int) -> bool:
    """Nothing reaches this account any more; whether that is news."""
    asked = {"contact_id": contact_id, "at": tx.now}
    return tx.conn.execute(_UNREACHABLE, asked).rowcount == 1
