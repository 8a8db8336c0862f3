"""The buttons that the screens of this flow share, and the names that they go by."""

from collections.abc import Sequence

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.conversation.turn import Turn
from bot.flows.kindergartens.labels import labels_of
from storage.kindergartens import Listed

NAME, KEY = "housefind", "which"
"""The form in which one is looked for, and its question."""


def here(turn: Turn) -> int:
    """The territory that the person has chosen: nobody comes this far without."""
    assert turn.person.territory_id is not None
    return turn.person.territory_id


def chosen(found: Sequence[Listed]) -> tuple[Row, ...]:
    """A button for each."""
    labels = labels_of(found)
    return tuple(
        (Button(label, action("house", each.id)),) for each, label in zip(found, labels, strict=True)
    )


def whole_list(turn: Turn) -> Row:
    """The way to the list."""
    return (Button(turn.t("All kindergartens"), action("houses")),)


def passport_of(turn: Turn, kindergarten_id: int) -> Row:
    """The way back to one."""
    return (Button(turn.t("The kindergarten"), action("house", kindergarten_id)),)


def home(turn: Turn) -> Row:
    """The way to the menu."""
    return (Button(turn.t("Menu"), action("menu")),)
