"""Which queue: the place, and general or correctional [001, 003]."""

from bot.conversation.actions import Outdated, action
from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, Press
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply.draft import NAME
from bot.texts import Texts
from domain.application import QueueKind
from storage import territories

KEY = "kind"


def _ask(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    place = territories.name(turn.tx, draft["t"], t.language)
    text = t(
        "{territory}: one queue for all its kindergartens, by the child's birth year.\n\n"
        "The general queue is for most children. The correctional one is for groups with special help: "
        "a medical and pedagogical commission sends there.",
        territory=place,
    )
    rows: tuple[Row, ...] = (
        (Button(t("General queue"), answer(NAME, KEY, QueueKind.GENERAL.value)),),
        (Button(t("Correctional queue"), answer(NAME, KEY, QueueKind.CORRECTIONAL.value)),),
        (Button(t("Another place"), action(NAME, "elsewhere")),),
    )
    return Screen(text, title=t("Join the queue"), rows=rows)


def _read(turn: Turn, draft: Draft, content: Content) -> str:
    if not isinstance(content, Press):
        raise Again(_ask(turn, draft).with_note(turn.t("Please press one of the buttons.")))
    try:
        return QueueKind(content.action).value
    except ValueError:
        raise Outdated from None


def kind_name(t: Texts, kind: str) -> str:
    """The queue in words."""
    return t("correctional queue") if kind == QueueKind.CORRECTIONAL.value else t("general queue")


QUESTION = Question(
    KEY,
    _ask,
    _read,
    name=lambda t: t("Queue"),
    show=lambda turn, kind: kind_name(turn.t, kind),
)
