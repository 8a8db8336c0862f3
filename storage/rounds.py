"""How far a round has come: many clockworks go through it together, each part done once, by one of them.

A part is found out in a reading transaction, which keeps nobody waiting, and written in a short one of its
own, if nobody else has written it meanwhile. What a crash left off is gone on with from there.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update

from domain.rounds import Days, Round, begins_after, latest_day
from storage.dialects import inserts
from storage.tables import round_
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Step:
    """Where a round that is due has come to: the next part begins after `cursor`, None at the beginning."""

    which: Round
    days: Days
    cursor: int | None


_ONE = select(round_).where(round_.c.name == bindparam("which"))
# Whoever finds it taken leaves the work to that one.
_LOCKED = _ONE.with_for_update(skip_locked=True)
_SET = update(round_).where(round_.c.name == bindparam("which"))
_GO_ON = _SET.values(cursor=bindparam("after"), through=bindparam("day"))
_FINISH = _SET.values(cursor=None, through=None, done_through=bindparam("day"), next_at=bindparam("again_at"))
_ARM = {dialect: statement.on_conflict_do_nothing() for dialect, statement in inserts(round_).items()}


def arm(tx: Transaction, which: Round) -> None:
    """Let it begin at its next hour, where it has never been heard of: nothing is told of the time before."""
    day = latest_day(which, tx.now)
    row = {"name": which.value, "next_at": begins_after(which, day), "done_through": day}
    tx.conn.execute(_ARM[tx.dialect], row)


def is_armed(tx: Transaction, which: Round) -> bool:
    """Whether it has a next hour."""
    return tx.conn.execute(_ONE, {"which": which.value}).first() is not None


def step(tx: Transaction, which: Round) -> Step | None:
    """Where it has come to; None where it is not due."""
    return _step(tx, which, tx.conn.execute(_ONE, {"which": which.value}).one_or_none())


def is_under_way(tx: Transaction, which: Round) -> bool:
    """Whether a part of it is done and another is not."""
    found = tx.conn.execute(_ONE, {"which": which.value}).one_or_none()
    return found is not None and found.cursor is not None


def take(tx: Transaction, at: Step) -> bool:
    """Whether it is still there; then nobody else goes on with it until this transaction ends."""
    found = tx.conn.execute(_LOCKED, {"which": at.which.value}).one_or_none()
    return _step(tx, at.which, found) == at


def hold(tx: Transaction, which: Round) -> bool:
    """Whether nobody else is at it; nobody will be until this transaction ends."""
    return tx.conn.execute(_LOCKED, {"which": which.value}).one_or_none() is not None


def go_on(tx: Transaction, at: Step, cursor: int | None) -> None:
    """A part is done, up to and with `cursor`; None: that was the last."""
    asked: dict[str, Any] = {"which": at.which.value, "day": at.days.through}
    if cursor is not None:
        tx.conn.execute(_GO_ON, asked | {"after": cursor})
    else:
        again_at = begins_after(at.which, at.days.through)
        tx.conn.execute(_FINISH, asked | {"again_at": again_at})


def _step(tx: Transaction, which: Round, row: Any) -> Step | None:
    if row is None or tx.now < row.next_at:
        return None
    through: date = row.through or latest_day(which, tx.now)
    return Step(which, Days(row.done_through, through), row.cursor)
