"""Changes of parents' phones, and what takes them back within 72 hours (ours)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from domain.phone import Phone
from domain.phone_addition import PhoneHistory, PhoneRecord
from domain.phone_change import PhoneChange, Undo, Undoable
from storage.phones import confirm_phone, opened, phones_of
from storage.tables import guardian, phone
from storage.transaction import Transaction

_REPLACED = (
    select(phone.c.parent_id)
    .where(phone.c.phone_index.in_(bindparam("blinds", expanding=True)), phone.c.undo_until.is_not(None))
    .distinct()
    .order_by(phone.c.parent_id)
)
_new = phone.alias("newer")
_CHANGES = (
    select(phone.c.id, phone.c.phone, _new.c.id, _new.c.phone, phone.c.replaced_at, phone.c.undone_at)
    .join_from(phone, _new, _new.c.id == phone.c.replaced_by)
    .where(phone.c.parent_id == bindparam("parent_id"), phone.c.undo_until.is_not(None))
    .order_by(phone.c.replaced_at, phone.c.id)
)
_RECORDS = (
    select(phone.c.id, phone.c.phone, phone.c.confirmed_at, phone.c.replaced_at, phone.c.replaced_by)
    .where(phone.c.parent_id == bindparam("parent_id"), phone.c.confirmed_at.is_not(None))
    .order_by(phone.c.confirmed_at, phone.c.id)
)
_FAMILY_SINCE = select(func.min(guardian.c.since)).where(guardian.c.parent_id == bindparam("parent_id"))
_DROP = update(phone).where(phone.c.id == bindparam("old_id")).values(replaced_at=bindparam("at"))
_MARK_UNDONE = (
    update(phone)
    .where(
        phone.c.parent_id == bindparam("of_parent"),
        phone.c.replaced_at == bindparam("changed_at"),
        phone.c.undo_until.is_not(None),
        phone.c.undone_at.is_(None),
    )
    .values(undone_at=bindparam("at"))
)


def find_replaced(tx: Transaction, number: Phone) -> list[int]:
    """The parents for whom this phone was replaced in a way that could be undone, however long ago."""
    asked = {"blinds": list(tx.vault.blinds("phone", number.e164))}
    return list(tx.conn.execute(_REPLACED, asked).scalars())


def history_of(tx: Transaction, parent_id: int) -> PhoneHistory:
    """All phones that a parent has or had, and since when the parent has a child here."""
    asked = {"parent_id": parent_id}
    rows = tx.conn.execute(_RECORDS, asked).all()
    before = {row.replaced_by: row.id for row in rows if row.replaced_by is not None}
    records = [
        PhoneRecord(
            row.id,
            opened(tx, row.id, row.phone),
            row.confirmed_at,
            counts=row.replaced_at is None,
            instead_of=before.get(row.id),
        )
        for row in rows
    ]
    return PhoneHistory(records, tx.conn.execute(_FAMILY_SINCE, asked).scalar())


def undoable_of(tx: Transaction, parent_id: int) -> list[Undoable]:
    """What happened to a parent's phones that could be undone once: what bars withdrawing while it can."""
    return [*changes_of(tx, parent_id), *history_of(tx, parent_id).additions()]


def drop(tx: Transaction, parent_id: int, numbers: Collection[Phone], at: datetime) -> None:
    """Take present phones away, with nobody in their place."""
    for each in phones_of(tx, parent_id):
        if each.number in numbers:
            tx.conn.execute(_DROP, {"old_id": each.id, "at": at})


def changes_of(tx: Transaction, parent_id: int) -> list[PhoneChange]:
    """The changes of a parent's phones that could be undone once, oldest first."""
    return [
        PhoneChange(opened(tx, old_id, old), opened(tx, newer_id, newer), at, undone_at)
        for old_id, old, newer_id, newer, at, undone_at in tx.conn.execute(_CHANGES, {"parent_id": parent_id})
    ]


def undo(tx: Transaction, parent_id: int, decided: Undo, at: datetime) -> None:
    """Put a replaced phone back as the domain has decided."""
    for each in phones_of(tx, parent_id):
        if each.number == decided.taken_away:
            confirm_phone(tx, parent_id, each.position, decided.put_back, at)
    for change in decided.undoes:
        tx.conn.execute(_MARK_UNDONE, {"of_parent": parent_id, "changed_at": change.at, "at": at})
