"""Leafing through what only grows at its newest end.

A page is named by the entry it stands next to, so that "Older" and "Newer" lead on from what is on the
screen, however much has come meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.conversation.actions import Outdated, action
from bot.conversation.reply import Button, Row
from bot.texts import Texts

OLDER, NEWER = "o", "n"
Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Page(Generic[Entry]):
    """Some entries, newest first, and whether there are others on either side."""

    entries: Sequence[Entry]
    older: bool = False
    newer: bool = False


@dataclass(frozen=True, slots=True)
class Source(Generic[Entry]):
    """Where entries come from, newest first: so many of the newest, of those before or after one."""

    newest: Callable[[int], Sequence[Entry]]
    before: Callable[[str, int], Sequence[Entry]]
    after: Callable[[str, int], Sequence[Entry]]


def page_of(source: Source[Entry], size: int, arguments: tuple[str, ...]) -> Page[Entry]:
    """The page that a button names. Raises Outdated for one that none of ours can have named."""
    match arguments:
        case ():
            return _newest(source, size)
        case ("o", edge):
            found = source.before(edge, size + 1)
            return Page(found[:size], len(found) > size, newer=True) if found else _newest(source, size)
        case ("n", edge):
            found = source.after(edge, size + 1)
            # The newest page is always a full one: what few are left come with those before them.
            return Page(found[1:], older=True, newer=True) if len(found) > size else _newest(source, size)
        case _:
            raise Outdated


def _newest(source: Source[Entry], size: int) -> Page[Entry]:
    found = source.newest(size + 1)
    return Page(found[:size], older=len(found) > size)


def leafing(t: Texts, name: str, page: Page[Entry], edge: Callable[[Entry], int]) -> tuple[Row, ...]:
    """A row with the ways on; none where there is only this page. `edge` names an entry on a button."""
    row: list[Button] = []
    if page.older:
        row.append(Button(t("Older"), action(name, OLDER, edge(page.entries[-1]))))
    if page.newer:
        row.append(Button(t("Newer"), action(name, NEWER, edge(page.entries[0]))))
    return (tuple(row),) if row else ()
