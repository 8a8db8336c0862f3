"""A helper does not want to go on: asked once, then it is so."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.helpers.ending import leave
from bot.flows.helpers.looking import NAME, names, of


def stop(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The helper does not want to go on; asked once."""
    helper, t = of(turn, arguments), turn.t
    [name] = names(turn, [helper])
    if arguments[1:] == ("sure",):
        leave(turn, helper)
        return turn.book.home(turn).with_note(t("You don't look on any more. The family has been told."))
    rows: tuple[Row, ...] = (
        (Button(t("Yes, stop helping"), action(NAME, "leave", helper.id, "sure")),),
        (Button(t("Back"), action(NAME, "of", helper.id)),),
    )
    return Screen(t("Then you see nothing more of this family. Stop helping?"), title=name, rows=rows)
