"""Who has come to a mark and is yet to be told, family by family."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, select

from domain.place_news import TOLD_OF_MARKS
from storage.families import Family, family_of_child
from storage.tables import application, parent, place_crossing
from storage.tables.queues import COUNTED
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Reached:
    """An application that has come to a mark."""

    application_id: int
    number: int
    child_id: int
    place: int
    mark: int


@dataclass(frozen=True, slots=True)
class FamilyAtMarks:
    """What a family is told: the parents who want it, and what each of them is told of."""

    reached: tuple[Reached, ...]
    readers: dict[int, tuple[Reached, ...]]


_CHILD_OF_OLDEST = (
    select(application.c.child_id, place_crossing.c.id)
    .join(application, application.c.id == place_crossing.c.application_id)
    .order_by(place_crossing.c.id)
    .limit(1)
)
_OF_CHILDREN = (
    select(
        place_crossing.c.id.label("crossing_id"),
        application.c.id,
        application.c.number,
        application.c.child_id,
        place_crossing.c.place,
        place_crossing.c.mark,
        COUNTED.label("counted"),
    )
    .join(application, application.c.id == place_crossing.c.application_id)
    .where(application.c.child_id.in_(bindparam("children", expanding=True)))
    .order_by(application.c.submitted_at, application.c.number, place_crossing.c.id)
)
_TAKE = delete(place_crossing).where(place_crossing.c.id.in_(bindparam("ids", expanding=True)))
_WANT = select(parent.c.id).where(
    parent.c.id.in_(bindparam("ids", expanding=True)),
    parent.c.place_news.in_([each.value for each in TOLD_OF_MARKS]),
    parent.c.erased_at.is_(None),
)


def take(tx: Transaction, most: int) -> list[FamilyAtMarks]:
    """The next families: whoever takes them tells them in the same transaction, and nobody else does.

    The caller holds the round of the marks.
    """
    found: list[FamilyAtMarks] = []
    for _ in range(most):
        oldest = tx.conn.execute(_CHILD_OF_OLDEST).first()
        if oldest is None:
            break
        family = family_of_child(tx, oldest.child_id)
        children = {oldest.child_id} if family is None else family.all_children
        rows = tx.conn.execute(_OF_CHILDREN, {"children": sorted(children)}).all()
        tx.conn.execute(_TAKE, {"ids": [row.crossing_id for row in rows]})
        found.append(_family_at_marks(tx, family, rows))
    return found


def _family_at_marks(tx: Transaction, family: Family | None, rows: Any) -> FamilyAtMarks:
    # Who has left the queue since the round is not told of a place in it. The newest crossing counts.
    newest = {
        row.id: Reached(row.id, row.number, row.child_id, row.place, row.mark) for row in rows if row.counted
    }
    reached = tuple(newest.values())
    if family is None or not reached:
        return FamilyAtMarks((), {})
    want = sorted(tx.conn.execute(_WANT, {"ids": list(family.children)}).scalars())
    own = {
        reader: tuple(each for each in reached if each.child_id in family.children[reader]) for reader in want
    }
    return FamilyAtMarks(reached, {reader: each for reader, each in own.items() if each})
