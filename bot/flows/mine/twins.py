"""Twins: two children of one parent and one birth date. They are shown together, and may take seats so."""

from collections.abc import Mapping

from domain import twins
from storage import children
from storage.transaction import Transaction


def twins_of(tx: Transaction, parent_id: int, child_id: int) -> list[int]:
    """The other children of the parent that are the child's twins, by their ids."""
    ours = _ours(tx, parent_id)
    return [
        other.child_id
        for each in ours
        if each.child_id == child_id
        for other in ours
        if twins.are_twins(each, other)
    ]


def twins_among(tx: Transaction, parent_id: int) -> Mapping[int, int]:
    """For each child of the parent that is a twin, by its id: what it has in common with its twins alone."""
    ours = _ours(tx, parent_id)
    together: dict[int, int] = {}
    for each in ours:
        alike = [other.child_id for other in ours if twins.are_twins(each, other)]
        if alike:
            together[each.child_id] = min(each.child_id, *alike)
    return together


def _ours(tx: Transaction, parent_id: int) -> list[twins.Child]:
    born = children.birth_dates(tx, parent_id)
    return [twins.Child(child_id, frozenset({parent_id}), date) for child_id, date in born.items()]
