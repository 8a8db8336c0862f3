"""Who helps a parent with a telephone: named, confirmed by whoever holds it, ended."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from domain.helping import HELPS_FOR, NAMED_FOR, Helper
from domain.phone import Phone
from storage.conversations import Reach
from storage.dialects import inserts
from storage.ids import new_id
from storage.tables import contact, conversation, helper
from storage.transaction import Transaction
from storage.types import Instant

_COLUMNS = select(
    helper.c.id,
    helper.c.parent_id,
    helper.c.contact_id,
    helper.c.created_at,
    helper.c.confirmed_at,
    helper.c.ended_at,
    helper.c.phone,
    helper.c.name,
).order_by(helper.c.created_at, helper.c.id)
_named_since = bindparam("named_since", type_=Instant())
_confirmed_since = bindparam("confirmed_since", type_=Instant())
_HELPS = helper.c.ended_at.is_(None) & (helper.c.confirmed_at > _confirmed_since)
_WAITS = helper.c.ended_at.is_(None) & helper.c.confirmed_at.is_(None) & (helper.c.created_at > _named_since)

_ONE = _COLUMNS.where(helper.c.id == bindparam("helper"))
_OF_PARENT = _COLUMNS.where(helper.c.parent_id == bindparam("parent"), or_(_HELPS, _WAITS))
_OF_CONTACT = _COLUMNS.where(helper.c.contact_id == bindparam("contact"), _HELPS)
_WAITING = _COLUMNS.where(helper.c.phone_index.in_(bindparam("blinds", expanding=True)), _WAITS)
_FAMILIES = (
    select(helper.c.parent_id)
    .where(helper.c.contact_id == bindparam("contact"), _HELPS)
    .order_by(helper.c.confirmed_at, helper.c.id)
)
_REACH = (
    select(
        helper.c.parent_id,
        conversation.c.id,
        contact.c.id,
        contact.c.channel,
        contact.c.address,
        contact.c.language,
    )
    .join_from(helper, contact, contact.c.id == helper.c.contact_id)
    .join(conversation, conversation.c.contact_id == contact.c.id)
    .where(
        helper.c.parent_id.in_(bindparam("parents", expanding=True)),
        _HELPS,
        contact.c.unreachable_at.is_(None),
    )
)
_ADD = {dialect: insert.on_conflict_do_nothing() for dialect, insert in inserts(helper).items()}
_END_WHAT_IS_OVER = (
    update(helper)
    .where(
        helper.c.parent_id == bindparam("of_parent"),
        helper.c.ended_at.is_(None),
        or_(
            helper.c.confirmed_at <= _confirmed_since,
            helper.c.confirmed_at.is_(None) & (helper.c.created_at <= _named_since),
        ),
    )
    .values(ended_at=bindparam("at", type_=Instant()))
)
_CONFIRM = (
    update(helper)
    .where(helper.c.id == bindparam("helper"), _WAITS)
    .values(confirmed_at=bindparam("at", type_=Instant()), contact_id=bindparam("by_contact"))
)
_END = (
    update(helper)
    .where(helper.c.id == bindparam("helper"), helper.c.ended_at.is_(None))
    .values(ended_at=bindparam("at", type_=Instant()))
)
_END_SINCE = (
    update(helper)
    .where(
        helper.c.parent_id == bindparam("of_parent"),
        helper.c.created_at >= bindparam("since", type_=Instant()),
        helper.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("at", type_=Instant()))
)


def name(tx: Transaction, parent_id: int, phone: Phone, called: str, at: datetime) -> int | None:
    """Write down whom a parent has named; the id. None where the parent has a helper: one is enough."""
    tx.conn.execute(_END_WHAT_IS_OVER, {"of_parent": parent_id, "at": at, **_spans(at)})
    helper_id = new_id()
    row = {
        "id": helper_id,
        "parent_id": parent_id,
        "phone_index": tx.vault.blind("phone", phone.e164),
        "phone": tx.vault.seal("helper", helper_id, "phone", phone.e164),
        "name": tx.vault.seal("helper", helper_id, "name", called) if called else None,
        "created_at": at,
    }
    return helper_id if tx.conn.execute(_ADD[tx.dialect], row).rowcount == 1 else None


def find(tx: Transaction, helper_id: int) -> Helper | None:
    """The helper of that id, whatever became of it."""
    found = _all(tx, _ONE, helper=helper_id)
    return found[0] if found else None


def of_parent(tx: Transaction, parent_id: int, now: datetime) -> Helper | None:
    """The parent's helper, or the one who was named and can still say yes."""
    found = _all(tx, _OF_PARENT, parent=parent_id, **_spans(now))
    return found[0] if found else None


def waiting_for(tx: Transaction, phone: Phone, now: datetime) -> list[Helper]:
    """Where whoever holds this phone was named and can still say yes."""
    return _all(tx, _WAITING, blinds=list(tx.vault.blinds("phone", phone.e164)), **_spans(now))


def helping(tx: Transaction, contact_id: int, now: datetime) -> list[Helper]:
    """Where this account helps now, the longest first."""
    return _all(tx, _OF_CONTACT, contact=contact_id, **_spans(now))


def families_of(tx: Transaction, contact_id: int, now: datetime) -> list[int]:
    """The parents whom this account helps now: what they see of their applications it may see, too."""
    asked = {"contact": contact_id, **_spans(now)}
    return list(tx.conn.execute(_FAMILIES, asked).scalars())


def reached_for(tx: Transaction, parent_id: int, now: datetime) -> Reach | None:
    """The conversation in which the parent's helper is told."""
    return reached_for_each(tx, [parent_id], now).get(parent_id)


def reached_for_each(tx: Transaction, parent_ids: Collection[int], now: datetime) -> dict[int, Reach]:
    """The same for each of several parents, in one statement; who has no helper is not in it."""
    asked = {"parents": list(parent_ids), **_spans(now)}
    return {parent_id: Reach(*of_account) for parent_id, *of_account in tx.conn.execute(_REACH, asked)}


def confirm(tx: Transaction, helper_id: int, contact_id: int, at: datetime) -> bool:
    """Whoever holds the phone says yes, with this account; True only for the first, and in time."""
    changed = {"helper": helper_id, "by_contact": contact_id, "at": at, "named_since": at - NAMED_FOR}
    return tx.conn.execute(_CONFIRM, changed).rowcount == 1


def end(tx: Transaction, helper_id: int, at: datetime) -> bool:
    """It is over; True only for the first to say so."""
    return tx.conn.execute(_END, {"helper": helper_id, "at": at}).rowcount == 1


def end_since(tx: Transaction, parent_id: int, since: datetime, at: datetime) -> int:
    """End the help of everybody who was named at that instant or later; how many."""
    return tx.conn.execute(_END_SINCE, {"of_parent": parent_id, "since": since, "at": at}).rowcount


def _spans(now: datetime) -> dict[str, datetime]:
    """What was confirmed, or named, at or before these instants is over by itself."""
    return {"confirmed_since": now - HELPS_FOR, "named_since": now - NAMED_FOR}


def _all(tx: Transaction, statement: Any, **asked: Any) -> list[Helper]:
    return [_opened(tx, row) for row in tx.conn.execute(statement, asked)]


def _opened(tx: Transaction, row: Any) -> Helper:
    return Helper(
        id=row.id,
        parent_id=row.parent_id,
        contact_id=row.contact_id,
        named_at=row.created_at,
        confirmed_at=row.confirmed_at,
        ended_at=row.ended_at,
        phone=Phone(tx.vault.open("helper", row.id, "phone", row.phone)),
        name=tx.vault.open("helper", row.id, "name", row.name) if row.name else "",
    )
