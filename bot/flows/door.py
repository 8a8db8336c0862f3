"""What has to be shown before the cabinet opens: who it is, and its password where there is one."""

from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows import lock, sign_in, unlock


def door(turn: Turn) -> Screen | None:
    """The screen of what is missing; None when the cabinet is open, which it then stays for a while."""
    if turn.person.parent_id is None:
        return sign_in.begin(turn)
    if not lock.pass_through(turn):
        return unlock.begin(turn)
    return None
