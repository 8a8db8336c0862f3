"""The answer to the question of each quarter: a place is still wanted, and the number still right.

It opens nothing of the cabinet, so that one tap is enough; that it came is all that is kept of it.
"""

from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows import menu

NAME = "still"


def yes(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Thank for it."""
    return menu.home(turn).with_note(turn.t("Thank you. Everything stays as it is."))
