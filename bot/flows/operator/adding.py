"""What somebody with an open question types and the bot does not understand: it may be for the operator."""

from bot.conversation.actions import Outdated, action
from bot.conversation.incoming import Text
from bot.conversation.reply import Button, Screen
from bot.conversation.turn import Turn
from bot.flows.operator import waiting
from storage.centre import line

NAME = "addword"


def guess(turn: Turn) -> Screen | None:
    """Offer to add it; None when nothing was typed, or no question is open."""
    if not isinstance(turn.incoming.content, Text):
        return None
    if line.live_of(turn.tx, turn.person.conversation_id) is None:
        return None
    t = turn.t
    return Screen(
        t("I did not understand that. Is it for the operator? Then add it to your question."),
        title=t("Operator"),
        rows=(
            (Button(t("Add to my question"), action(NAME)),),
            waiting.how_long(t),
            (Button(t("Menu"), action("menu")),),
        ),
    )


def add(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """It stands in the conversation, where operators read it: now somebody waits for an answer to it.

    Raises Outdated when no question is open any more.
    """
    live = line.waiting_again(turn.tx, turn.person.conversation_id, turn.now)
    if live is None:
        raise Outdated
    return waiting.screen(turn, live).with_note(turn.t("It is added to your question."))
