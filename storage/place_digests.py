"""Whose places have moved since they were told, family by family, for those whose day it is."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from domain.place_history import Move
from domain.place_news import PlaceNews
from domain.rounds import A_WEEK
from storage import place_journal
from storage.families import Family, families_of
from storage.place_journal import Untold
from storage.rounds import Step
from storage.tables import application, parent
from storage.tables.queues import COUNTED
from storage.transaction import Transaction
from storage.types import Id

AT_ONCE = 20
"""So many parents are looked at in one transaction: each can lead to an explanation or two."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An application whose place has moved."""

    application_id: int
    number: int
    child_id: int
    untold: Untold

    @property
    def move(self) -> Move:
        """From where to where, and why."""
        return self.untold.move


@dataclass(frozen=True, slots=True)
class Digest:
    """What a family is told: the parents who want it, and what each of them is told of."""

    moved: tuple[Moved, ...]
    readers: dict[int, tuple[Moved, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the round found; `cursor`: up to whom, None when that was the last."""

    digests: tuple[Digest, ...]
    cursor: int | None


_SHARE = parent.c.id % A_WEEK
_NEXT = (
    select(parent.c.id)
    .where(
        parent.c.id > bindparam("after", type_=Id),
        _SHARE.in_(bindparam("shares", expanding=True)),
        parent.c.erased_at.is_(None),
    )
    .order_by(parent.c.id)
    .limit(AT_ONCE)
)
_READERS = select(parent.c.id).where(
    parent.c.id.in_(bindparam("ids", expanding=True)), parent.c.place_news == PlaceNews.WEEKLY.value
)
_STANDING = (
    select(application.c.id, application.c.number, application.c.child_id)
    .where(application.c.child_id.in_(bindparam("children", expanding=True)), COUNTED)
    .order_by(application.c.submitted_at, application.c.number)
)


def look(tx: Transaction, at: Step) -> Part:
    """Look at the next parents whose day it is. For the door for reading."""
    shares = at.days.shares(A_WEEK)
    ids = list(tx.conn.execute(_NEXT, {"after": at.cursor or 0, "shares": shares}).scalars())
    own = [each for each in families_of(tx, ids) if each.first in ids]
    found = (_digest(tx, each) for each in own)
    cursor = ids[-1] if len(ids) == AT_ONCE else None
    return Part(tuple(each for each in found if each is not None), cursor)


def _digest(tx: Transaction, family: Family) -> Digest | None:
    readers = list(tx.conn.execute(_READERS, {"ids": list(family.children)}).scalars())
    if not readers or not family.all_children:
        return None
    standing = tx.conn.execute(_STANDING, {"children": sorted(family.all_children)}).all()
    moved = tuple(each for row in standing if (each := _moved(tx, row)) is not None)
    own = {
        reader: tuple(each for each in moved if each.child_id in family.children[reader])
        for reader in sorted(readers)
    }
    told = {reader: each for reader, each in own.items() if each}
    return Digest(moved, told) if told else None


def _moved(tx: Transaction, row: Any) -> Moved | None:
    """None where it stands where it stood: what moved it to and fro waits until it has moved."""
    untold = place_journal.untold(tx, row.id)
    if untold is None or untold.move.after in (None, untold.move.before):
        return None
    return Moved(row.id, row.number, row.child_id, untold)
