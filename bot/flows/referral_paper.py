"""The referral on paper: printed in the background, fetched by a link. The message itself counts, too."""

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.incoming import ErrandDone
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.turn import Turn
from bot.flows import lock
from bot.flows.tries import count
from bot.papers import referral_errand
from domain.tries import PAPERS_PER_PARENT
from storage import exports, file_rows
from storage.referral_papers import paper

NAME = "paper"
"""The button: `action(NAME, referral_id)`."""

ERRAND = referral_errand.PAPER


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Have it printed, if it is the parent's own and valid. Raises Outdated, TooManyTries."""
    t, referral_id = turn.t, number_in(arguments)
    parent_id = turn.person.parent_id
    found = None if parent_id is None else paper(turn.tx, parent_id, referral_id)
    if parent_id is None or found is None:
        raise Outdated
    if found.end is not None:
        return _over(turn)
    menu: Row = (Button(t("Menu"), action("menu")),)
    if exports.under_way(turn.tx, parent_id, ERRAND):
        return Screen(t("Your referral is being printed already. It comes here by itself."), rows=(menu,))
    count(turn, ERRAND, str(parent_id), PAPERS_PER_PARENT)
    referral_errand.ask(turn, referral_id)
    return Screen(t("Your referral is being printed. It comes here in a moment."), rows=(menu,))


def printed(turn: Turn, done: ErrandDone) -> Screen | None:
    """It is there: handed out where its parent still sits with the cabinet open."""
    if done.answer is None:
        return _failed(turn)
    file = referral_errand.file_of(done.answer)
    if file is not None:
        file_rows.add(turn.tx, file)
    if turn.person.parent_id != done.answer["parent"]:
        return None
    if file is None:
        return _over(turn)
    again = action(NAME, done.answer["referral"])
    return _link(turn, file.id, again) if lock.is_open(turn) else _closed(turn, again)


def _link(turn: Turn, file_id: int, again: str) -> Screen:
    t = turn.t
    text = t(
        "Your referral as a PDF, in Kazakh and Russian. The link is good for 15 minutes, and whoever has it "
        "can fetch the paper. You need not print it: the message with the referral counts as well."
    )
    rows: tuple[Row, ...] = (
        (Button(t("Save the PDF"), url=turn.book.file_link(file_id, t.language)),),
        (Button(t("Make a new link"), again),),
        (Button(t("Menu"), action("menu")),),
    )
    return Screen(text, title=t("Referral"), rows=rows, sensitivity=Sensitivity.PERSONAL, fresh=True)


def _closed(turn: Turn, again: str) -> Screen:
    """The cabinet has fallen shut meanwhile: the link waits behind its door."""
    t = turn.t
    rows: tuple[Row, ...] = ((Button(t("Get the PDF"), again),),)
    return Screen(t("Your referral is printed. Open the cabinet to get it."), rows=rows, fresh=True)


def _over(turn: Turn) -> Screen:
    t = turn.t
    text = t("This referral is not valid any more, so it is not printed.")
    return Screen(text, title=t("Referral"), rows=_menu(turn))


def _failed(turn: Turn) -> Screen | None:
    t = turn.t
    if turn.person.parent_id is None:
        return None
    text = t(
        "The referral could not be printed just now. It counts without the paper, too; please try again a "
        "little later."
    )
    return Screen(text, title=t("Referral"), rows=_menu(turn), fresh=True)


def _menu(turn: Turn) -> tuple[Row, ...]:
    return ((Button(turn.t("Menu"), action("menu")),),)
