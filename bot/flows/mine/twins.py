"""Twins: two children of one parent and one birth date. They are shown together, and may take seats so."""

from collections.abc import Mapping

from domain import twins
from storage import children
from storage.children import Child
from storage.transaction import Transaction


def twins_of(tx: Transaction, parent_id: int, child_id: int) -> list[Child]:
    """The other children of the parent that are the child's twins."""
    ours = children.of_parent(tx, parent_id)
    return [
        other
        for each in ours
        if each.id == child_id
        for other in ours
        if twins.are_twins(_of(parent_id, each), _of(parent_id, other))
    ]


def twins_among(tx: Transaction, parent_id: int) -> Mapping[int, int]:
    """For each child of the parent that is a twin, by its id: what it has in common with its twins alone."""
    ours = children.of_parent(tx, parent_id)
    together: dict[int, int] = {}
    for each in ours:
        alike = [other.id for other in ours if twins.are_twins(_of(parent_id, each), _of(parent_id, other))]
        if alike:
            together[each.id] = min(each.id, *alike)
    return together


def _of(parent_id: int, child: Child) -> twins.Child:
    return twins.Child(child.id, frozenset({parent_id}), child.birth_date)
