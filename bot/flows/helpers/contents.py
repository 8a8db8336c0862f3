"""What buttons may name here: "helper" is the parent's, "helping" the helper's own."""

from collections.abc import Mapping

from bot.conversation.actions import Outdated
from bot.conversation.book import Handler
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows.helpers import agreeing, looking, named, naming, one, stopping

FORMS = (naming.FORM, agreeing.FORM)


def helping(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """/helper: the families one helps; or to say yes to one."""
    match arguments:
        case () if looking.families(turn):
            return looking.show(turn)
        case () | ("new",):
            return agreeing.begin(turn)
        case ("of", *rest):
            return looking.family(turn, looking.of(turn, rest))
        case ("one", *rest):
            return one.one(turn, rest)
        case ("why", *rest):
            return one.why(turn, rest)
        case ("leave", *rest):
            return stopping.stop(turn, tuple(rest))
        case _:
            raise Outdated


def helper(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The parent's helper: to be seen, named, ended."""
    match arguments:
        case ():
            return named.show(turn)
        case ("name",):
            return naming.begin(turn)
        case ("end", *rest):
            return named.end_it(turn, tuple(rest))
        case _:
            raise Outdated


ACTIONS: Mapping[str, Handler] = {"helper": helper, "helping": helping}
CABINET = frozenset({"helper"})
"""Of these, for the signed-in parent alone."""
