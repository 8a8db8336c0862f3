"""What the inbox's page shows, read in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.web.console.capped import capped
from bot.web.console.centre.inbox_query import Asked, Tab, asked, within
from bot.web.console.centre.row_view import Shown, shown
from bot.web.console.visit import Visit
from domain.territory import Territory, Tree
from storage import territories
from storage.centre import duty, inbox, inbox_people, news
from storage.centre.inbox import Found
from storage.centre.inbox_people import MOST_COUNTED, Within
from storage.centre.inbox_rows import rows
from storage.transaction import Transaction

ON_TOP = 10
"""So many of those who wait stand above the newest."""


@dataclass(frozen=True, slots=True)
class Known:
    """`waiting` stand above `rest`; `mark`: how far the logs were read; `next`: where the next page is."""

    wanted: Asked
    waiting: Sequence[Shown]
    rest: Sequence[Shown]
    next: str | None
    counts: Mapping[Tab, str]
    places: Sequence[tuple[Territory, int]]
    covered: Sequence[str]
    now: datetime
    mark: str
    on_duty: bool

    def names(self, language: str) -> dict[str, str]:
        """The territories within reach, by their ids."""
        return {str(each.id): each.name(language) for each, _ in self.places}


def known(visit: Visit, tx: Transaction) -> Known:
    """Read it."""
    reach, tree = visit.territories(tx), territories.tree(tx)
    mark = news.ends(tx)  # first: what comes meanwhile is told by the feed once more
    wanted = asked(visit.request.query, reach)
    limits = within(wanted, reach, tree)
    found = _found(tx, visit.who.staff_id, wanted, limits)
    ids = list(dict.fromkeys((*_on_top(tx, wanted, limits), *found.ids)))
    seen = rows(tx, ids, visit.house.console.real_now())
    every = [shown(seen[each]) for each in ids if each in seen]
    return Known(
        wanted=wanted,
        waiting=sorted((each for each in every if each["waits"]), key=lambda each: each["waits"]),
        rest=[each for each in every if not each["waits"]],
        next=wanted.path(key=found.next) if found.next else None,
        counts=_counts(tx, visit.who.staff_id, reach),
        places=list(places_of(tree, reach)),
        covered=_covered(wanted, tree),
        now=tx.now,
        mark=str(mark),
        on_duty=duty.on_duty_since(tx, visit.who.staff_id) is not None,
    )


def _found(tx: Transaction, staff_id: int, wanted: Asked, limits: Within) -> Found:
    match wanted.tab:
        case Tab.WAITING:
            return inbox_people.waiting(tx, limits, wanted.filters, wanted.key)
        case Tab.MINE:
            return inbox_people.mine(tx, limits, staff_id, wanted.filters, wanted.key)
        case Tab.FAILED:
            return inbox_people.failed(tx, limits, wanted.filters, wanted.key)
        case Tab.TEAM:
            return inbox.of_territories(
                tx, limits.territories, wanted.filters, wanted.key, with_nowhere=limits.with_nowhere
            )


def _on_top(tx: Transaction, wanted: Asked, limits: Within) -> Sequence[int]:
    if wanted.tab is not Tab.TEAM or wanted.key is not None:
        return ()
    return inbox_people.waiting(tx, limits, wanted.filters, most=ON_TOP).ids


def _counts(tx: Transaction, staff_id: int, reach: frozenset[int]) -> dict[Tab, str]:
    whole = Within(reach)
    return {
        Tab.WAITING: capped(inbox_people.how_many_wait(tx, whole), MOST_COUNTED),
        Tab.MINE: capped(inbox_people.how_many_mine(tx, whole, staff_id), MOST_COUNTED),
    }


def places_of(tree: Tree, reach: frozenset[int]) -> list[tuple[Territory, int]]:
    """The territories within reach in the order of the tree, with how deep each lies."""
    every = [each for root in tree.roots() for each in tree.subtree(root.id)]
    return [(each, len(tree.path(each.id)) - 1) for each in every if each.id in reach]


def _covered(wanted: Asked, tree: Tree) -> list[str]:
    return [] if wanted.territory is None else [str(each.id) for each in tree.subtree(wanted.territory)]
