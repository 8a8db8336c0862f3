"""Requests to be joined as a child's second parent, and invitations to it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from domain.joining import Joining, JoiningState
from storage.ids import new_id
from storage.tables import joining
from storage.transaction import Transaction
from storage.types import Instant

_COLUMNS = select(
    joining.c.id,
    joining.c.child_id,
    joining.c.parent_id,
    joining.c.state,
    joining.c.asked_at,
    joining.c.ends_at,
    joining.c.decided_by,
    joining.c.decided_at,
)
_ONE = _COLUMNS.where(joining.c.id == bindparam("joining"))
_NEWEST = joining.c.asked_at.desc(), joining.c.id.desc()
_LATEST = (
    _COLUMNS.where(joining.c.child_id == bindparam("child"), joining.c.parent_id == bindparam("parent"))
    .order_by(*_NEWEST)
    .limit(1)
)
_running = (
    joining.c.state.in_([JoiningState.ASKED.value, JoiningState.INVITED.value]),
    joining.c.ends_at > bindparam("now", type_=Instant()),
)
_OF_CHILD = _COLUMNS.where(joining.c.child_id == bindparam("child"), *_running).order_by(*_NEWEST)
_OF_NEWCOMER = _COLUMNS.where(joining.c.parent_id == bindparam("parent"), *_running).order_by(*_NEWEST)
_DECIDE = (
    update(joining)
    .where(
        joining.c.id == bindparam("joining"),
        joining.c.state.in_([JoiningState.ASKED.value, JoiningState.INVITED.value]),
    )
    .values(
        state=bindparam("new_state"),
        decided_by=bindparam("who"),
        decided_at=bindparam("at", type_=Instant()),
    )
)


def add(
    tx: Transaction,
    child_id: int,
    parent_id: int,
    state: JoiningState,
    at: datetime,
    ends_at: datetime,
    by: int | None = None,
) -> Joining:
    """Write down that the newcomer asks, or is invited `by` a parent."""
    made = Joining(new_id(), child_id, parent_id, state, at, ends_at, by)
    tx.conn.execute(insert(joining), asdict(made) | {"state": state.value})
    return made


def find(tx: Transaction, joining_id: int) -> Joining | None:
    """The request of that id."""
    return _one(tx, _ONE, joining=joining_id)


def latest(tx: Transaction, child_id: int, parent_id: int) -> Joining | None:
    """The newest request of a newcomer for a child, whatever became of it."""
    return _one(tx, _LATEST, child=child_id, parent=parent_id)


def running_of_child(tx: Transaction, child_id: int, now: datetime) -> list[Joining]:
    """The requests and invitations for a child that can still be answered, newest first."""
    return [_joining(row) for row in tx.conn.execute(_OF_CHILD, {"child": child_id, "now": now})]


def running_of_newcomer(tx: Transaction, parent_id: int, now: datetime) -> list[Joining]:
    """The same of a newcomer."""
    return [_joining(row) for row in tx.conn.execute(_OF_NEWCOMER, {"parent": parent_id, "now": now})]


def decide(tx: Transaction, joining_id: int, state: JoiningState, by: int | None, at: datetime) -> bool:
    """Write down what became of it; True only for the first to say so."""
    changed = {"joining": joining_id, "new_state": state.value, "who": by, "at": at}
    return tx.conn.execute(_DECIDE, changed).rowcount == 1


def _one(tx: Transaction, statement: Any, **asked: Any) -> Joining | None:
    row = tx.conn.execute(statement, asked).first()
    return None if row is None else _joining(row)


def _joining(row: Any) -> Joining:
    fields = row._asdict()
    return Joining(**fields | {"state": JoiningState(fields["state"])})
