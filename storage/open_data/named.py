"""Territories as open data name them: by code, with their names, and what lies in them."""

from dataclasses import dataclass

from sqlalchemy import select

from domain.territory import Territory, Tree
from storage import territories
from storage.tables import territory
from storage.transaction import Transaction


@dataclass(frozen=True)
class NamedTerritories:
    """All territories. Their ids stay in here: outside they go by codes."""

    tree: Tree
    codes: dict[int, str]
    ids: dict[str, int]

    def leaves(self, code: str) -> tuple[int, ...]:
        """Where the queues of a territory are. Raises KeyError for a code that is none."""
        return tuple(each.id for each in self.tree.leaves(self.ids[code]))

    def upper(self) -> list[tuple[int, str, Territory]]:
        """The upper two levels to choose from: how deep, code, territory; each before what lies in it."""
        return [
            (depth, self.codes[each.id], each)
            for root in self.tree.roots()
            for each in self.tree.subtree(root.id)
            if (depth := len(self.tree.path(each.id)) - 1) < _LEVELS
        ]


_LEVELS = 2


def named(tx: Transaction) -> NamedTerritories:
    """As they are now."""
    codes = {row.id: row.code for row in tx.conn.execute(select(territory.c.id, territory.c.code))}
    return NamedTerritories(territories.tree(tx), codes, {code: each for each, code in codes.items()})
