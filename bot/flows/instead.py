"""Other answers to a question that is typed: each by a button of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.form import always, answer
from bot.conversation.reply import Button, Row
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.texts import Texts


def nothing(_turn: Turn, _draft: Draft) -> None:
    """Nothing is to be done when the button is pressed."""


@dataclass(frozen=True, slots=True)
class Instead:
    """One such answer: its name in the draft, its label, when it is offered, what is done at once."""

    name: str
    label: Callable[[Texts], str]
    when: Callable[[Draft], bool] = always
    then: Callable[[Turn, Draft], None] = nothing


@dataclass(frozen=True, slots=True)
class Others:
    """All of them, of one question of a form."""

    form: str
    key: str
    each: tuple[Instead, ...]

    def rows(self, t: Texts, draft: Draft) -> list[Row]:
        """The buttons that are offered."""
        return [
            (Button(other.label(t), answer(self.form, self.key, other.name)),)
            for other in self.each
            if other.when(draft)
        ]

    def chosen(self, turn: Turn, draft: Draft, pressed: str) -> str | None:
        """The one whose button was pressed; None when it is none of those offered."""
        for other in self.each:
            if other.name == pressed and other.when(draft):
                other.then(turn, draft)
                return other.name
        return None
