"""A child with special needs has a class in the general queue, and a queue of its own: which one [003]."""

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, Press
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply import register
from bot.flows.apply.draft import NAME, applies
from domain.application import QueueKind

SPECIAL_NEEDS = "special_needs"


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "The state register says that the child has special needs. Which queue is better for you?\n\n"
        "General: first priority among all children, an ordinary group.\n"
        "Correctional: a queue of its own, groups with special help; a medical and pedagogical commission "
        "sends there."
    )
    rows: tuple[Row, ...] = (
        (Button(t("General queue"), answer(NAME, "which", QueueKind.GENERAL.value)),),
        (Button(t("Correctional queue"), answer(NAME, "which", QueueKind.CORRECTIONAL.value)),),
    )
    return Screen(text, title=t("Queue"), rows=rows)


def _read(turn: Turn, draft: Draft, content: Content) -> str:
    if not isinstance(content, Press):
        raise Again(_ask(turn, draft).with_note(turn.t("Please press one of the buttons.")))
    try:
        draft["kind"] = QueueKind(content.action).value
    except ValueError:
        raise Outdated from None
    return content.action


def _when(draft: Draft) -> bool:
    found = draft.get("cfound")
    special = register.is_known(found) and SPECIAL_NEEDS in (found or {}).get("privileges", ())
    undecided = draft.get("kind") == QueueKind.GENERAL.value or "which" in draft
    return special and undecided and applies(draft)


QUESTION = Question("which", _ask, _read, when=_when)
