"""Which part of the profile a button changes."""

from bot.conversation.actions import Outdated
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows.profile import address, mail, name, photo


def begin(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Ask for what is to stand there."""
    match arguments:
        case ("address",):
            return address.begin(turn)
        case ("email",):
            return mail.begin(turn)
        case ("email", "confirm"):
            return mail.confirm(turn)
        case ("name",):
            return name.begin(turn)
        case ("photo",):
            return photo.begin(turn)
        case _:
            raise Outdated
