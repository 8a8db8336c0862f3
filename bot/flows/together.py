"""Several notices as one message: numbered, each with its buttons, within what every messenger can show."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.flows.notice_words import buttons, in_words, screen_of
from bot.texts import LANGUAGES, Texts, texts_in
from domain.notice import Told

MOST_BUTTONS = 8
"""WhatsApp lists ten, and two lead on."""
MOST_CHARACTERS = 3500
"""Of text, with some room left to what every messenger takes under a list."""


class Said(NamedTuple):
    """A notice: its kind, and the facts that its words need."""

    kind: Told
    facts: Mapping[str, Any]


def things_in(some: Iterable[Said]) -> int:
    """How many things these tell: of a notice about several applications each counts."""
    return sum(max(len(each.facts.get("items", ())), 1) for each in some)


def screen(t: Texts, some: Sequence[Said]) -> Screen:
    """One as it is, several numbered, below each other."""
    if len(some) == 1:
        return screen_of(t, *some[0])
    # Two more at the least, so that there are four: then a label may be as long as in a list.
    ways_on: tuple[Row, ...] = (
        (Button(t("All messages"), action("messages")),),
        (Button(t("Menu"), action("menu")),),
    )
    return Screen(_text(t, some), rows=(*_numbered(t, some), *ways_on), fresh=True)


def parts(some: Iterable[Said]) -> Iterator[list[Said]]:
    """Cut so that each part fits into one message, whatever the messenger and the language."""
    part: list[Said] = []
    for each in some:
        if part and not _fits([*part, each]):
            yield part
            part = []
        part.append(each)
    if part:
        yield part


def _fits(some: Sequence[Said]) -> bool:
    longest = max(len(_text(texts_in(code), some)) for code in LANGUAGES)
    return longest <= MOST_CHARACTERS and len(_numbered(texts_in(None), some)) <= MOST_BUTTONS


def _text(t: Texts, some: Sequence[Said]) -> str:
    return "\n\n".join(f"{number}. {in_words(t, *each)}" for number, each in enumerate(some, start=1))


def _numbered(t: Texts, some: Sequence[Said]) -> tuple[Row, ...]:
    """What does the same stands there once; what only reads the same has its notice's number before it."""
    found: dict[str, tuple[int, str]] = {}
    for number, each in enumerate(some, start=1):
        for row in buttons(t, *each):
            for button in row:
                found.setdefault(button.action, (number, button.label))
    alike = Counter(label for _, label in found.values())
    return tuple(
        (Button(f"{number}. {label}" if alike[label] > 1 else label, pressed),)
        for pressed, (number, label) in found.items()
    )
