"""Whom it concerns: the parents who are told what becomes of a child's applications."""

from collections.abc import Iterable

from storage import guardians
from storage.applications import Application
from storage.transaction import Transaction


def parents_of(tx: Transaction, child_id: int, of: Iterable[Application]) -> list[int]:
    """The child's parents, the first to be joined first, and whoever applied."""
    joined = [each.parent_id for each in guardians.guardians_of(tx, child_id)]
    return list(dict.fromkeys([*joined, *(each.parent_id for each in of)]))
