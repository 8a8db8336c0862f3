"""What a button means: an action's name and its arguments in at most 64 bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.reply import ACTION_BYTES
from storage.types import LARGEST_ID

SEPARATOR = ":"


class Outdated(Exception):
    """A button that means nothing any more: its action is gone, or what it names has changed."""


@dataclass(frozen=True, slots=True)
class Action:
    """A button's meaning, taken apart."""

    name: str
    arguments: tuple[str, ...]


def action(name: str, *arguments: object) -> str:
    """The string a button carries. Raises ValueError where it would not fit."""
    text = SEPARATOR.join((name, *map(str, arguments)))
    if len(text.encode()) > ACTION_BYTES:
        raise ValueError(f"an action of more than {ACTION_BYTES} bytes: {text!r}")
    return text


def parse(text: str) -> Action:
    """Take a button's string apart. Anything at all can come in: it is checked by who handles it.

    Raises Outdated for one that is too long to have been ours.
    """
    if len(text.encode()) > ACTION_BYTES:
        raise Outdated
    name, *arguments = text.split(SEPARATOR)
    return Action(name, tuple(arguments))


def number_in(arguments: Sequence[str], position: int = 0) -> int:
    """A whole number among the arguments. Raises Outdated when there is none that could be an id."""
    try:
        text = arguments[position]
    except IndexError:
        raise Outdated from None
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= LARGEST_ID):
        raise Outdated
    return int(text)
