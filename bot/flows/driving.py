"""The parent wants the bot back from the operator; where the bot answers anyway, the present state."""

from bot.conversation import driven
from bot.conversation.drive_screens import BACK as NAME
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.conversation.understand import resume
from domain.steering import Steered
from storage.centre import steering

__all__ = ["NAME", "back"]


def back(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """What was begun goes on where it was left."""
    wheel = steering.wheel_in(turn.person)
    if wheel is None:
        return resume(turn)
    driven.end(turn, wheel, Steered.TAKEN_BY_PARENT)
    return resume(turn).with_note(turn.t("The bot answers you again."))
