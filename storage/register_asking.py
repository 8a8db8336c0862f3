"""Who is to be asked about at the state register: claimed by one worker at a time, put off, asked anew.

A claim is a due time put ahead: whoever died with it is followed when that time has come, and an
answer counts only while the row still carries the very time that its claim has set.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    union,
    update,
)

from domain.iin import Iin
from domain.privilege import FRESH_FOR, PrivilegeState
from storage.register_subjects import TABLES, Subject, Whose
from storage.tables import application, child, guardian, parent, privilege
from storage.tables.queues import LIVE
from storage.transaction import Transaction
from storage.types import Instant
from storage.vault import VaultError


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody claimed to be asked about. `until` is the claim's mark, `tries` the outages in a row.

    `iin` is None where it can't be opened.
    """

    subject: Subject
    iin: Iin | None
    until: datetime
    tries: int


_LIVE_CHILDREN = select(application.c.child_id).where(LIVE)
_other = child.alias("unconfirmed")
_UNVERIFIED_CHILDREN = _LIVE_CHILDREN.join(_other, _other.c.id == application.c.child_id).where(
    application.c.unverified.is_(True), _other.c.verified_at.is_(None)
)
_OF_REGISTER = _LIVE_CHILDREN.join(privilege, privilege.c.application_id == application.c.id).where(
    # In the very words of the index.
    privilege.c.proof.in_([literal_column("'register'")])
)
_CLAIMED = _OF_REGISTER.where(privilege.c.state == PrivilegeState.UNDER_REVIEW.value)
_STALE = _OF_REGISTER.where(
    privilege.c.state == PrivilegeState.CONFIRMED.value,
    privilege.c.asked_at < bindparam("fresh_since", type_=Instant()),
)
_PARENT_WAITS = (
    parent.c.verified_at.is_(None),
    parent.c.iin.is_not(None),
    parent.c.erased_at.is_(None),
    or_(
        exists(literal_column("1")).where(application.c.parent_id == parent.c.id, LIVE),
        exists(literal_column("1")).where(
            guardian.c.parent_id == parent.c.id, application.c.child_id == guardian.c.child_id, LIVE
        ),
    ),
)
# One list, and not "in this or in that": then SQLite goes through the list and not through all children.
_CHILD_WAITS = (child.c.id.in_(union(_UNVERIFIED_CHILDREN, _CLAIMED, _STALE)),)


def _due(table: Table, waits: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    due_at = table.c.register_due_at
    return (
        select(table.c.id, table.c.iin, table.c.register_tries)
        .where(*waits, or_(due_at.is_(None), due_at <= bindparam("real_now", type_=Instant())))
        .order_by(due_at.is_not(None), due_at, table.c.id)
        .limit(bindparam("limit"))
        .with_for_update(of=table, skip_locked=True, key_share=True)
    )


DUE = {
    Whose.PARENT: _due(parent, _PARENT_WAITS),
    Whose.CHILD: _due(child, _CHILD_WAITS),
}
"""Whom to ask about, of each kind: those who waited longest first."""
_CLAIM = {
    whose: update(table)
    .where(table.c.id.in_(bindparam("ids", expanding=True)))
    .values(register_due_at=bindparam("until", type_=Instant()))
    for whose, table in TABLES.items()
}
_SETTLE = {
    whose: update(table)
    .where(
        table.c.id == bindparam("of_row"),
        table.c.register_due_at == bindparam("claimed_until", type_=Instant()),
    )
    .values(register_due_at=bindparam("due_at", type_=Instant()), register_tries=bindparam("tries"))
    for whose, table in TABLES.items()
}
_ANEW = {
    whose: update(table)
    .where(table.c.id == bindparam("of_row"))
    .values(register_due_at=None, register_tries=None)
    for whose, table in TABLES.items()
}

_FORGET = {
    whose: update(table)
    .where(table.c.register_due_at.is_not(None))
    .values(register_due_at=None, register_tries=None)
    for whose, table in TABLES.items()
}


def claim(tx: Transaction, real_now: datetime, until: datetime, limit: int) -> list[Asked]:
    """Up to `limit` people to be asked about, who are nobody else's until the real instant `until`.

    Parents with an IIN who stand behind a live application and whom the register has not confirmed;
    children of live applications that are unverified, or whose privileges the register has yet to
    answer for: claimed while it was down, or confirmed over 90 days ago.
    """
    found: list[Asked] = []
    for whose, statement in DUE.items():
        asked = {"real_now": real_now, "limit": limit - len(found), "fresh_since": tx.now - FRESH_FOR}
        rows = tx.conn.execute(statement, asked).all()
        if rows:
            tx.conn.execute(_CLAIM[whose], {"ids": [row.id for row in rows], "until": until})
        found += [
            Asked(Subject(whose, row.id), _iin(tx, whose, row), until, row.register_tries or 0)
            for row in rows
        ]
    return found


def settle(tx: Transaction, asked: Asked, due_at: datetime, tries: int = 0) -> bool:
    """Not again before the real instant `due_at`; False when the claim was lost to another meanwhile.

    The row stays locked to the end of the transaction: of two that bring an answer one is told False.
    """
    changed = {"of_row": asked.subject.id, "claimed_until": asked.until, "due_at": due_at, "tries": tries}
    return tx.conn.execute(_SETTLE[asked.subject.whose], changed).rowcount == 1


def ask_anew(tx: Transaction, subject: Subject) -> None:
    """Ask about somebody at the next occasion, however lately that was done: something was corrected."""
    tx.conn.execute(_ANEW[subject.whose], {"of_row": subject.id})


def forget_pauses(tx: Transaction) -> None:
    """Let everybody be asked about at once, claimed or paused: for whoever moves a demo's clock."""
    for statement in _FORGET.values():
        tx.conn.execute(statement)


def _iin(tx: Transaction, whose: Whose, row: Any) -> Iin | None:
    try:
        return Iin(tx.vault.open(whose.value, row.id, "iin", row.iin))
    except VaultError:
        # One that can't be opened must not keep the others from being asked about.
        return None
