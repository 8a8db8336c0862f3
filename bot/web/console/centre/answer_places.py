"""Where an answer kept ready may be offered: what there is to choose from, and what was chosen."""

from collections.abc import Iterator

from aiohttp import web

from bot.centre.writing_answers import may_write
from bot.web.console.visit import Visit
from domain.territory import TerritoryKind, Tree
from storage import territories
from storage.transaction import Transaction

_EVERYWHERE = ""
_TOO_SMALL = frozenset({TerritoryKind.SETTLEMENT, TerritoryKind.VILLAGE})


def places(visit: Visit, tx: Transaction, now: int | None = None) -> list[tuple[str, str]]:
    """Where an answer may be for; where the one that is looked at is for `now` among them."""
    reached = visit.territories(tx)
    everywhere = [(_EVERYWHERE, visit.t("Everywhere"))] if may_write(tx, None, reached) else []
    return [*everywhere, *_named(territories.tree(tx), reached, now, visit.t.language)]


def _named(tree: Tree, reached: frozenset[int], now: int | None, language: str) -> Iterator[tuple[str, str]]:
    """Each with what it lies in; villages only for those who have nothing larger."""
    for top in tree.roots():
        for each in tree.subtree(top.id):
            small = each.kind in _TOO_SMALL and each.parent_id in reached and each.id != now
            if each.id in reached and not small:
                path = (above.name(language) for above in tree.path(each.id))
                yield str(each.id), " · ".join(path)


def chosen_place(visit: Visit, tx: Transaction, now: int | None = None) -> int | None:
    """The one that was chosen. Raises HTTPNotFound for one that was not to choose from."""
    chosen = visit.form.raw("territory")
    if chosen not in {each for each, _ in places(visit, tx, now)}:
        raise web.HTTPNotFound
    return int(chosen) if chosen else None
