"""The place over time as a picture: drawn in the background, shown with the same in words."""

from bot.conversation.actions import action
from bot.conversation.incoming import ErrandDone
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.turn import Turn
from bot.flows import lock
from bot.flows.mine.own import me, own
from bot.flows.tries import count
from bot.papers import place_errand
from domain.tries import PAPERS_PER_PARENT
from storage import exports, file_rows

NAME = "curve"
"""The button: `action(NAME, application_id)`."""

ERRAND = place_errand.PICTURE
SHOWN = "picture.png"
"""What a file's own address ends with where it is shown and not saved."""


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Have it drawn, if the application is the parent's own. Raises Outdated, TooManyTries."""
    found = own(turn, arguments)
    if not exports.under_way(turn.tx, me(turn), ERRAND):
        count(turn, ERRAND, str(me(turn)), PAPERS_PER_PARENT)
        place_errand.ask(turn, found.id)
    text = turn.t("The picture is being drawn. It comes here in a moment.")
    return Screen(text, rows=_ways(turn, found.id))


def drawn(turn: Turn, done: ErrandDone) -> Screen | None:
    """It is there: shown where its parent still sits with the cabinet open."""
    answer, t = done.answer, turn.t
    file = place_errand.file_of(answer) if answer is not None else None
    if file is not None:
        file_rows.add(turn.tx, file)
    if answer is None:
        text = t("The picture could not be drawn just now. The history tells the same in words.")
        return Screen(text, fresh=True, rows=((Button(t("My applications"), action("my")),),))
    if turn.person.parent_id != answer["parent"] or not lock.is_open(turn):
        return None
    ways = _ways(turn, int(str(answer["application"])))
    if file is None:
        return Screen(t("The place has not moved so far."), rows=ways, fresh=True)
    link = turn.book.file_link(file.id, t.language)
    save: Row = (Button(t("Save the picture"), url=link),)
    return Screen(
        str(answer["words"]),
        title=t("The place over time"),
        rows=(save, *ways),
        sensitivity=Sensitivity.PERSONAL,
        picture=f"{link.partition('?')[0]}/{SHOWN}",
        fresh=True,
    )


def _ways(turn: Turn, application_id: int) -> tuple[Row, ...]:
    t = turn.t
    return (
        (Button(t("History"), action("moves", application_id)),),
        (Button(t("Menu"), action("menu")),),
    )
