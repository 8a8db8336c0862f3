"""Notices about what the education department has answered, in words.

`reason` is what its officer wrote; `child` the child it is about, `privilege` a privilege's code.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.privilege_words import name as privilege_name
from bot.texts import Texts
from domain.notice import Told

Facts = Mapping[str, Any]


def _answered(t: Texts, data: Facts) -> str:
    first = t("The education department answers: {reason}", reason=data["reason"])
    return "\n".join((first, *_child(t, data)))


def _objection_refused(t: Texts, data: Facts) -> str:
    return "\n".join(
        (
            t(
                "The education department does not agree to your objection: {privilege}.",
                privilege=privilege_name(t, data["privilege"]),
            ),
            t("Reason: {reason}", reason=data["reason"]),
            t("Application № {number} keeps its date.", number=data["number"]),
        )
    )


def _child(t: Texts, data: Facts) -> list[str]:
    return [t("Child: {name}", name=data["child"])] if data.get("child") else []


def _operator(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Operator"), action("operator")),),)


WORDS: Mapping[Told, Callable[[Texts, Facts], str]] = {
    Told.DEPARTMENT_ANSWERED: _answered,
    Told.OBJECTION_REFUSED: _objection_refused,
}
BUTTONS: Mapping[Told, Callable[[Texts, Facts], tuple[Row, ...]]] = dict.fromkeys(WORDS, _operator)
