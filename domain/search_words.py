"""Words as the search compares them: whole or by their beginning, with Kazakh letters or without."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from domain.spelling import folded

LONGEST_WORD = 40
"""Characters of a word that are compared; nobody types more of one."""
MOST_WORDS = 8
"""Of those that are looked for, the first."""
SHORTEST_BEGINNING = 3
"""A shorter word is looked for as a whole: a letter alone begins half of all words."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; `found`: it is one of the words looked for."""

    text: str
    found: bool


def words_of(text: str) -> list[str]:
    """The words of a text, each once, as they are compared."""
    found = _WORD.findall(normalize("NFC", text))
    return list(dict.fromkeys(_compared(each) for each in found))


def sought_in(typed: str) -> list[str]:
    """What somebody looks for; empty when there is no word in it."""
    return words_of(typed)[:MOST_WORDS]


def is_found(word: str, sought: Sequence[str]) -> bool:
    """Whether a word, as it is compared, is one of those looked for or begins with one."""
    return any(word == each or (is_beginning(each) and word.startswith(each)) for each in sought)


def is_beginning(word: str) -> bool:
    """Whether longer words are meant, too."""
    return len(word) >= SHORTEST_BEGINNING


def parts_of(text: str, sought: Sequence[str], around: int) -> list[Part]:
    """The text in pieces, the words that were looked for apart.

    A long text is cut to `around` characters before the first of them and twice as many from there on.
    """
    text = normalize("NFC", text)
    spans = [each.span() for each in _WORD.finditer(text) if is_found(_compared(each[0]), sought)]
    first = spans[0][0] if spans else 0
    start = _between_words(text, first - around) if first > around else 0
    end = min(len(text), first + 2 * around)
    return [each for each in _pieces(text, spans, start, end) if each.text]


def _pieces(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
    yield Part("…" if start else "", found=False)
    at = start
    for begins, ends in spans:
        if begins >= end:
            break
        yield Part(text[at:begins], found=False)
        yield Part(text[begins:ends], found=True)
        at = ends
    yield Part(text[at:end], found=False)
    yield Part("…" if max(at, end) < len(text) else "", found=False)


def _between_words(text: str, at: int) -> int:
    """The end of the nearest space before a place, or the place itself where there is none near."""
    near = max(at - LONGEST_WORD, 0)
    return next((place for place in range(at, near, -1) if text[place - 1].isspace()), at)


def _compared(word: str) -> str:
    return folded(word)[:LONGEST_WORD]
