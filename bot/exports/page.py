"""A page to be read: sections of facts and tables, in a file that needs nothing else and runs nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.texts import Texts

Fact = tuple[str, str | None]
HERE = (("⁂",),)
"""The rows of a table that is filled in later."""


@dataclass(frozen=True, slots=True)
class Link:
    """A file beside the page, by its path there."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first column is narrow: a date."""

    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Facts about one thing. What is unknown (None) is left out."""

    facts: Sequence[Fact]
    name: str | None = None
    links: Sequence[Link] = ()
    tables: Sequence[Table] = ()

    @property
    def known(self) -> list[tuple[str, str]]:
        """The facts that there are."""
        return [(name, text) for name, text in self.facts if text]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page; `nothing` is said where it is empty."""

    name: str
    cards: Sequence[Card] = ()
    tables: Sequence[Table] = ()
    note: str | None = None
    links: Sequence[Link] = ()
    nothing: str | None = None

    @property
    def empty(self) -> bool:
        return not (self.cards or self.tables or self.links)


@dataclass(frozen=True, slots=True)
class Page:
    """The whole."""

    title: str
    lines: Sequence[str]
    sections: Sequence[Section] = field(repr=False)


def render(t: Texts, page: Page) -> str:
    """The page as HTML."""
    return _templates().get_template("page.html").render(page=page, lang=t.language)


def rows(cells: Iterable[Sequence[str]]) -> str:
    """Rows of a table as HTML: for one that is too long to be rendered at once."""
    return _templates().get_template("rows.html").render(rows=cells)


def around(t: Texts, page: Page) -> tuple[str, str]:
    """What stands on a page before and after the rows of its table `HERE`."""
    before, after = render(t, page).split(rows(HERE))
    return before, after


@cache
def _templates() -> Environment:
    return Environment(
        # Names and addresses may hold anything: it is shown as it was typed.
        autoescape=True,
        loader=PackageLoader("bot.exports", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
