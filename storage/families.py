"""Families: parents and children who belong together, so that one message tells of all of them.

Whoever shares a child is one family, and so is who shares one with them. A family is met once in a walk
through the parents, at the one with the lowest id.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, select, union

from storage.tables import application, guardian
from storage.tables.queues import LIVE
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Family:
    """Who belongs together; `children` by parent: their own, and those for whom they applied."""

    children: Mapping[int, frozenset[int]]

    @property
    def first(self) -> int:
        """The parent at whom it is met."""
        return min(self.children)

    @property
    def all_children(self) -> frozenset[int]:
        """The children of them all."""
        return frozenset().union(*self.children.values())


_PARENTS: BindParameter[int] = bindparam("parents", expanding=True)
_CHILDREN: BindParameter[int] = bindparam("children", expanding=True)
_CARES = select(guardian.c.parent_id, guardian.c.child_id)
_APPLIED = select(application.c.parent_id, application.c.child_id).where(LIVE)
_BY_PARENTS = union(
    _CARES.where(guardian.c.parent_id.in_(_PARENTS)),
    _APPLIED.where(application.c.parent_id.in_(_PARENTS)),
)
_BY_CHILDREN = union(
    _CARES.where(guardian.c.child_id.in_(_CHILDREN)),
    _APPLIED.where(application.c.child_id.in_(_CHILDREN)),
)


def families_of(tx: Transaction, parent_ids: Iterable[int]) -> list[Family]:
    """The families of these parents, each once, by their first parent."""
    children, parents = _ties(tx, parent_ids)
    found: list[Family] = []
    seen: set[int] = set()
    for parent_id in sorted(children):
        if parent_id in seen:
            continue
        together = _together(parent_id, children, parents)
        seen |= together
        found.append(Family({each: frozenset(children[each]) for each in sorted(together)}))
    return found


def family_of_child(tx: Transaction, child_id: int) -> Family | None:
    """The family of a child; None where nobody cares for it any more."""
    rows = tx.conn.execute(_BY_CHILDREN, {"children": [child_id]}).all()
    return next(iter(families_of(tx, {row.parent_id for row in rows})), None)


def _ties(tx: Transaction, parent_ids: Iterable[int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """The children of each parent and the parents of each child, as far as they lead."""
    children: dict[int, set[int]] = {}
    parents: dict[int, set[int]] = {}
    unseen = set(parent_ids)
    while unseen:
        children |= {each: set() for each in unseen}
        met = tx.conn.execute(_BY_PARENTS, {"parents": sorted(unseen)}).all()
        for row in met:
            children[row.parent_id].add(row.child_id)
        new = {row.child_id for row in met} - parents.keys()
        parents |= {each: set() for each in new}
        for row in tx.conn.execute(_BY_CHILDREN, {"children": sorted(new)}).all() if new else ():
            parents[row.child_id].add(row.parent_id)
        unseen = {each for child in new for each in parents[child]} - children.keys()
    return children, parents


def _together(parent_id: int, children: dict[int, set[int]], parents: dict[int, set[int]]) -> set[int]:
    together, unseen = {parent_id}, {parent_id}
    while unseen:
        unseen = {other for each in unseen for child in children[each] for other in parents[child]} - together
        together |= unseen
    return together
