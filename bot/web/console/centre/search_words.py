"""What was said with some words in it: the form that asks, and a page of what was found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from bot.indexing import take_in_the_newest
from bot.web.console.fields import FieldFault, FieldWrong
from bot.web.console.ids import id_in
from bot.web.console.period import period_in
from bot.web.console.visit import Visit
from domain.search_words import Part, parts_of, sought_in
from storage import territories
from storage.centre.typed_search import ANYBODY, Hit, Sought, search
from storage.centre.typed_words import BY_PARENT, BY_STAFF
from storage.transaction import Transaction

LONGEST = 200
PER_PAGE = 50
AROUND = 80
_BY = (ANYBODY, BY_PARENT, BY_STAFF)


@dataclass(frozen=True, slots=True)
class Line:
    """A message that was found: its text in parts, the words looked for apart."""

    hit: Hit
    parts: Sequence[Part] = field(repr=False)


@dataclass(frozen=True, slots=True)
class WordsFound:
    """A page. `before`: where the next begins; `looked_to`: it ends there for want of patience."""

    lines: Sequence[Line]
    before: int | None
    looked_to: datetime | None


async def find(visit: Visit) -> WordsFound:
    """Look for what the form asks. Raises FieldWrong, HTTPNotFound for a territory out of reach."""
    words = sought_in(visit.form.text("words", LONGEST))
    if not words:
        raise FieldWrong("words", FieldFault.MISSING)
    period, by = period_in(visit.form), visit.form.raw("by")
    if not visit.form.raw("before"):
        await take_in_the_newest(visit.house.console.database)

    def work(tx: Transaction) -> WordsFound:
        within, nowhere = _within(visit, tx)
        sought = Sought(
            words,
            within,
            nowhere=nowhere,
            by=by if by in _BY else ANYBODY,
            since=period.begins_at,
            until=period.ends_at,
            before=_number(visit, "before"),
        )
        found = search(tx, sought, PER_PAGE)
        lines = [Line(each, parts_of(each.text, words, AROUND)) for each in found.hits]
        return WordsFound(lines, found.before, found.looked_to)

    return await visit.read(work)


def _within(visit: Visit, tx: Transaction) -> tuple[frozenset[int], bool]:
    """The territories, and whether chats of none count."""
    reach = visit.territories(tx)
    chosen = _number(visit, "territory")
    if chosen is None:
        return reach, True
    if chosen not in reach:
        raise web.HTTPNotFound
    inside = {each.id for each in territories.tree(tx).subtree(chosen)}
    return reach & inside, False


def _number(visit: Visit, name: str) -> int | None:
    typed = visit.form.raw(name)
    found = id_in(typed)
    if typed and found is None:
        raise web.HTTPNotFound
    return found
