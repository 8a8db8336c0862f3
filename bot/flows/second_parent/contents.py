"""What buttons may name here. All of it is the signed-in parent's alone."""

from collections.abc import Mapping

from bot.conversation.actions import Outdated, number_in
from bot.conversation.book import Handler
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows.second_parent import inviting, overview
from bot.flows.second_parent.answering import answer_request

FORMS = (inviting.FORM,)


def second(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The child's second parent: to be seen, to be added, an invitation to be taken back."""
    child_id = number_in(arguments)
    match arguments[1:]:
        case ():
            return overview.show(turn, child_id)
        case ("add",):
            return inviting.begin(turn, child_id)
        case ("back", *rest):
            return overview.take_back(turn, child_id, tuple(rest))
        case _:
            raise Outdated


ACTIONS: Mapping[str, Handler] = {"second": second, "joining": answer_request}
CABINET = frozenset({*ACTIONS, *(form.name for form in FORMS)})
