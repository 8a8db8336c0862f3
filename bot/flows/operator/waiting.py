"""Whoever waits for an operator sees the place in the line, and may leave it."""

from bot.conversation.actions import Outdated, action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.texts import Texts
from storage.centre import closing, line
from storage.centre.contact_centres import centre_of
from storage.centre.line import HelpRequest

NAME, NO_ANSWER = "line", "noanswer"


def show(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """How long still: the place as it is now. Raises Outdated when no question is open."""
    return screen(turn, _live(turn))


def no_answer(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """The parent needs no answer any more: the question is closed. Raises Outdated when none is open."""
    closing.close(turn.tx, _live(turn), closing.BY_PARENT)
    t = turn.t
    return Screen(
        t("Your question is closed: nobody will answer it. You can ask again at any time."),
        title=t("Operator"),
        rows=((Button(t("Ask an operator"), action("operator")),), _menu(t)),
    )


def screen(turn: Turn, live: HelpRequest) -> Screen:
    """How a question stands, and what can be done about it."""
    t = turn.t
    rows = (how_long(t), (Button(t("Add to my question"), action("operator")),), enough(t), _menu(t))
    return Screen(standing(turn, live), title=t("Operator"), rows=rows)


def standing(turn: Turn, live: HelpRequest) -> str:
    """The place in the line and, while the contact centre is closed, when it opens."""
    t = turn.t
    if live.waits_since is None:
        return t("An operator has answered you. Write again if that was not all.")
    centre = centre_of(turn.tx, live.territory_id, turn.now)
    number = line.ahead_of(turn.tx, live, centre) + 1
    lines = [t("You are number {number} in the line.", number=number)]
    if not centre.opening.is_open(turn.now):
        opens = t.moment(centre.opening.opens_at(turn.now))
        lines.append(t("The contact centre is closed now and opens at {moment}.", moment=opens))
        lines.append(t("Your question is kept until then."))
    return "\n".join(lines)


def how_long(t: Texts) -> Row:
    """The button that shows the place as it is then."""
    return (Button(t("How long do I still wait?"), action(NAME)),)


def enough(t: Texts) -> Row:
    """The button for whoever needs no answer any more."""
    return (Button(t("No answer needed"), action(NO_ANSWER)),)


def _menu(t: Texts) -> Row:
    return (Button(t("Menu"), action("menu")),)


def _live(turn: Turn) -> HelpRequest:
    live = line.lock_live(turn.tx, turn.person.conversation_id)
    if live is None:
        raise Outdated
    return live
