"""The phones of parents: confirmed, and replaced."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from domain.phone import Phone
from storage.ids import new_id
from storage.tables import phone
from storage.transaction import Transaction

_current = (phone.c.confirmed_at.is_not(None), phone.c.replaced_at.is_(None))

_CONFIRMED = (
    select(phone.c.id, phone.c.position, phone.c.phone, phone.c.confirmed_at)
    .where(phone.c.parent_id == bindparam("parent_id"), *_current)
    .order_by(phone.c.position)
)
_FIRST = (
    select(phone.c.parent_id, phone.c.id, phone.c.phone)
    .where(
        phone.c.parent_id.in_(bindparam("parents", expanding=True)),
        *_current,
        phone.c.unreachable_at.is_(None),
    )
    .order_by(phone.c.position.desc())
)
_OF_EACH = select(phone.c.parent_id, phone.c.id, phone.c.phone).where(
    phone.c.parent_id.in_(bindparam("parents", expanding=True)), *_current
)
_BY_PHONE = (
    select(phone.c.parent_id)
    .where(phone.c.phone_index.in_(bindparam("blinds", expanding=True)), *_current)
    .distinct()
    .order_by(phone.c.parent_id)
)
_ADD = insert(phone)
_REPLACE = (
    update(phone)
    .where(phone.c.id == bindparam("old_id"))
    .values(
        replaced_at=bindparam("at"),
        replaced_by=bindparam("new_id"),
        undo_until=bindparam("until"),
    )
)
_DEAD = (
    update(phone)
    .where(
        phone.c.phone_index.in_(bindparam("blinds", expanding=True)),
        *_current,
        phone.c.unreachable_at.is_(None),
    )
    .values(unreachable_at=bindparam("at"))
    .returning(phone.c.parent_id)
)
_ANSWERS = (
    update(phone)
    .where(phone.c.phone_index.in_(bindparam("indexes", expanding=True)), phone.c.unreachable_at.is_not(None))
    .values(unreachable_at=None)
)
CONTACT_PHONE, SECOND_PHONE = 1, 2
"""The positions."""


@dataclass(frozen=True, slots=True)
class ConfirmedPhone:
    """A phone that counts now: where it stands, since when."""

    id: int
    position: int
    number: Phone
    since: datetime


def confirmed_phones(tx: Transaction, parent_id: int) -> list[Phone]:
    """A parent's confirmed phones, the contact phone before the second."""
    return [each.number for each in phones_of(tx, parent_id)]


def of_each(tx: Transaction, parent_ids: Collection[int]) -> dict[int, set[Phone]]:
    """The confirmed phones of each of several parents; who has none is not in it. Raises VaultError."""
    found: dict[int, set[Phone]] = {}
    for row in tx.conn.execute(_OF_EACH, {"parents": sorted(parent_ids)}):
        found.setdefault(row.parent_id, set()).add(opened(tx, row.id, row.phone))
    return found


def phones_of(tx: Transaction, parent_id: int) -> list[ConfirmedPhone]:
    """The same with their positions and since when they are confirmed."""
    return [
        ConfirmedPhone(row.id, row.position, opened(tx, row.id, row.phone), row.confirmed_at)
        for row in tx.conn.execute(_CONFIRMED, {"parent_id": parent_id})
    ]


def first_reached(tx: Transaction, parent_ids: Collection[int]) -> dict[int, Phone]:
    """The first confirmed phone that SMS reach, of each of several parents; who has none is not in it."""
    rows = {row.parent_id: row for row in tx.conn.execute(_FIRST, {"parents": list(parent_ids)})}
    return {parent_id: opened(tx, row.id, row.phone) for parent_id, row in rows.items()}


def found_dead(tx: Transaction, number: Phone) -> list[int]:
    """No SMS reaches this number; the parents for whom that is news."""
    asked = {"blinds": list(tx.vault.blinds("phone", number.e164)), "at": tx.now}
    return sorted(set(tx.conn.execute(_DEAD, asked).scalars()))


def found_alive(tx: Transaction, indexes: Collection[bytes]) -> None:
    """Somebody holds the number of these blind indexes: an SMS to it arrived, or its code was typed."""
    tx.conn.execute(_ANSWERS, {"indexes": list(indexes)})


def find_by_phone(tx: Transaction, number: Phone) -> list[int]:
    """The parents for whom this phone is confirmed now."""
    asked = {"blinds": list(tx.vault.blinds("phone", number.e164))}
    return list(tx.conn.execute(_BY_PHONE, asked).scalars())


def confirm_phone(
    tx: Transaction,
    parent_id: int,
    position: int,
    number: Phone,
    at: datetime,
    *,
    undo_until: datetime | None = None,
    vouched_by: int | None = None,
    vouched_at: datetime | None = None,
) -> int:
    """Write down a confirmed phone, in the place (1 contact, 2 second) of the one there; its id.

    With `undo_until` the one replaced can undo it so long. `vouched_by`: the contact whose
    messenger vouched for it. The same number again changes nothing.
    """
    there = {each.position: each for each in phones_of(tx, parent_id)}
    replaced = there.get(position)
    if replaced is not None and replaced.number == number:
        return replaced.id
    phone_id = new_id()
    if replaced is not None:
        changed = {"old_id": replaced.id, "new_id": phone_id, "at": at, "until": undo_until}
        tx.conn.execute(_REPLACE, changed)
    row: dict[str, Any] = {
        "id": phone_id,
        "parent_id": parent_id,
        "position": position,
        "phone_index": tx.vault.blind("phone", number.e164),
        "phone": tx.vault.seal("phone", phone_id, "phone", number.e164),
        "confirmed_at": at,
        "vouched_by": vouched_by,
        "vouched_at": vouched_at,
        "created_at": at,
    }
    tx.conn.execute(_ADD, row)
    return phone_id


def forget_phones(tx: Transaction, parent_id: int) -> None:
    """A parent has no phone any more, and the IIN is free for whoever confirms one."""
    tx.conn.execute(delete(phone).where(phone.c.parent_id == parent_id))


def opened(tx: Transaction, phone_id: int, sealed: bytes) -> Phone:
    """The number in a row of the table."""
    return Phone(tx.vault.open("phone", phone_id, "phone", sealed))
