"""Doing something to an application that may have changed since its button was shown."""

from collections.abc import Callable
from typing import Any

from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows.mine import one
from bot.flows.mine.own import again, me
from bot.flows.telling import noted, tell
from domain.errors import Refused
from domain.notice import Deed, Told
from storage import applications, guardians
from storage.applications import ApplicationChanged, ApplicationExists
from storage.look_up import Found


def as_it_stands(turn: Turn, found: Found, act: Callable[[], Screen]) -> Screen:
    """Act; where that is refused, say why and show the application as it stands now.

    What can be refused is refused before anything is written.
    """
    t = turn.t
    try:
        return act()
    except Refused as refusal:
        why = turn.book.words(t, refusal)
    except ApplicationExists as refusal:
        other = applications.find(turn.tx, refusal.application_id)
        number = other.number if other is not None else ""
        why = t(
            "The child has another application in this queue: № {number}. "
            "Only when that one is withdrawn can this one come back.",
            number=number,
        )
    except ApplicationChanged:
        why = t("The application has changed meanwhile. Here is how it stands now.")
    return one.present(turn, again(turn, found.id)).with_note(why)


def told_and_noted(turn: Turn, found: Found, kind: Told, deed: Deed, **facts: Any) -> None:
    """Both parents are told, and both journals have a line: who, what, when, from where."""
    child = found.child_name or ""
    for each in guardians.guardians_of(turn.tx, found.child_id):
        other = {"other": True} if each.parent_id != me(turn) else {}
        tell(
            turn.tx,
            each.parent_id,
            kind,
            turn.now,
            application_id=found.id,
            but_not_in=turn.person.conversation_id,
            number=found.number,
            child=child,
            **facts,
            **other,
        )
        noted(turn, deed, of=each.parent_id, application_id=found.id, number=found.number)
