"""What has to be shown before the cabinet opens: who it is, and its password where there is one."""

from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows import lock, sign_in, unlock
from storage import helpers


def door(turn: Turn) -> Screen | None:
    """The screen of what is missing; None when the cabinet is open, which it then stays for a while."""
    if turn.person.parent_id is None:
        return _sign_in(turn)
    if not lock.pass_through(turn):
        return unlock.begin(turn)
    return None


def _sign_in(turn: Turn) -> Screen:
    """The question who it is; a helper is told why: to look on is all that this account may."""
    screen = sign_in.begin(turn)
    if not helpers.families_of(turn.tx, turn.person.contact_id, turn.now):
        return screen
    return screen.with_note(
        turn.t(
            "As a helper you can look on, but not act for the family. That takes the parent's own sign-in."
        )
    )
