"""Whom it concerns: the parents who are told what becomes of a child's applications."""

from collections.abc import Iterable, Sequence

from storage import guardians
from storage.applications import Application
from storage.guardians import Guardian
from storage.transaction import Transaction


def parents_of(tx: Transaction, child_id: int, of: Iterable[Application]) -> list[int]:
    """The child's parents, the first to be joined first, and whoever applied."""
    return _in_order(guardians.guardians_of(tx, child_id), of)


def parents_of_each(tx: Transaction, some: Sequence[Application]) -> dict[int, list[int]]:
    """The same for each of several applications, by their ids, in one statement."""
    joined = guardians.guardians_of_each(tx, {each.child_id for each in some})
    return {each.id: _in_order(joined[each.child_id], [each]) for each in some}


def _in_order(joined: Iterable[Guardian], of: Iterable[Application]) -> list[int]:
    return list(dict.fromkeys([*(each.parent_id for each in joined), *(each.parent_id for each in of)]))
