"""After an operator has closed a question: did we help? One tap, once, also later."""

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Screen
from bot.conversation.turn import Turn
from bot.flows.kindergartens.opinions import star_line
from bot.texts import Texts
from domain.contact_line import STARS
from storage.centre import closing

NAME = "helped"


def question(t: Texts, request_id: int) -> Screen:
    """The question, five stars first."""
    rows = tuple((Button(star_line(each), action(NAME, request_id, each)),) for each in reversed(STARS))
    text = t("The operator has closed your question. Did we help? Five stars are the most.")
    return Screen(text, title=t("Operator"), rows=rows, fresh=True)


def rate(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Keep the stars. Raises Outdated for what is no question of this conversation that staff have closed."""
    request_id, stars = number_in(arguments), number_in(arguments, 1)
    conversation_id, t = turn.person.conversation_id, turn.t
    if stars not in STARS or not closing.can_be_rated(turn.tx, conversation_id, request_id):
        raise Outdated
    if closing.rate(turn.tx, conversation_id, request_id, stars, turn.now):
        text = t("Thank you! Your answer helps us to answer better.")
    else:
        text = t("Thank you! You have told us already.")
    again = (Button(t("Ask an operator"), action("operator")),)
    return Screen(text, title=t("Operator"), rows=(again, (Button(t("Menu"), action("menu")),)))
