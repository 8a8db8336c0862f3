"""Taking everything along: a copy of all that is kept, made in the background, fetched by a link."""

from datetime import timedelta

from bot.conversation.actions import Outdated, action
from bot.conversation.incoming import ErrandDone
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.turn import Turn
from bot.flows import lock
from bot.flows.telling import noted, tell
from bot.flows.tries import count, forgive
from domain.errors import TooManyExports, TooManyTries
from domain.notice import Deed, Told
from domain.tries import EXPORTS_PER_PARENT
from storage import exports
from storage.exports import Export

NAME, MAKE, LINK = "export", "make", "link"
ERRAND = "export"
PATIENCE = timedelta(minutes=3)
"""How long it is tried: the store may be away for a moment."""


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """What is in it; the making; and a new link while it is there."""
    match arguments:
        case ():
            return _about(turn)
        case ("make",):
            return _make(turn)
        case ("link",):
            there = exports.newest(turn.tx, _me(turn))
            return _about(turn) if there is None else _links(turn, there)
        case _:
            raise Outdated


def _about(turn: Turn) -> Screen:
    t = turn.t
    there = exports.newest(turn.tx, _me(turn))
    text = t(
        "A copy of everything kept about you, as one ZIP: your profile, phones, children, applications with "
        "their places and documents, messages, the journal and our conversations. There is a page to read, "
        "and files for programs. Of other people there is nothing in it."
    )
    rows: list[Row] = []
    if there is not None:
        made = t.moment(there.made_at)
        until = _until(turn, there)
        text += "\n\n" + t("A copy was made on {made}; it is kept until {until}.", made=made, until=until)
        rows.append((Button(t("Get the copy"), action(NAME, LINK)),))
    rows.append((Button(t("Make a copy"), action(NAME, MAKE)),))
    rows.append((Button(t("Back"), action("mydata")),))
    return Screen(text, title=t("Get all my data"), rows=tuple(rows))


def _make(turn: Turn) -> Screen:
    """Begin, unless one is being made. Raises TooManyExports."""
    t, me = turn.t, _me(turn)
    menu: Row = (Button(t("Menu"), action("menu")),)
    if exports.under_way(turn.tx, me, ERRAND):
        return Screen(t("Your copy is being made already. It comes here by itself."), rows=(menu,))
    try:
        count(turn, ERRAND, str(me), EXPORTS_PER_PARENT)
    except TooManyTries as often:
        raise TooManyExports(often.again_at) from None
    turn.side_errand(ERRAND, patience=PATIENCE, parent=me, language=t.language, asked_at=turn.now.isoformat())
    return Screen(
        t("Your copy is being made. That may take a minute; it comes here by itself, go on meanwhile."),
        rows=(menu,),
    )


def made(turn: Turn, done: ErrandDone) -> Screen | None:
    """It is there: told to the parent, and handed out where the parent still sits with the cabinet open."""
    if done.answer is None:
        return _failed(turn)
    parent_id = int(str(done.answer["parent"]))
    there = exports.newest(turn.tx, parent_id)
    if there is None:
        return None
    here = turn.person.parent_id == parent_id
    tell(
        turn.tx,
        parent_id,
        Told.EXPORT_MADE,
        turn.now,
        but_not_in=turn.person.conversation_id if here else None,
        until=there.until.isoformat(),
    )
    noted(turn, Deed.EXPORTED, of=parent_id)
    if not here:
        return None
    return _links(turn, there) if lock.is_open(turn) else _closed(turn)


def _links(turn: Turn, there: Export) -> Screen:
    t = turn.t
    text = t(
        "Your copy is ready. The link is good for 15 minutes, and whoever has it can fetch the copy: keep it "
        "to yourself. The copy is kept until {until}, then it is deleted.",
        until=_until(turn, there),
    )
    rows: list[Row] = [
        (Button(_label(turn, number, len(there.files)), url=turn.book.file_link(file_id, t.language)),)
        for number, file_id in enumerate(there.files, start=1)
    ]
    rows.append((Button(t("Make a new link"), action(NAME, LINK)),))
    rows.append((Button(t("Menu"), action("menu")),))
    title = t("Get all my data")
    return Screen(text, title=title, rows=tuple(rows), sensitivity=Sensitivity.PERSONAL, fresh=True)


def _label(turn: Turn, number: int, parts: int) -> str:
    t = turn.t
    return t("Save the copy") if parts == 1 else t("Save part {number}", number=number)


def _closed(turn: Turn) -> Screen:
    """The cabinet has fallen shut meanwhile: the link waits behind its door."""
    t = turn.t
    rows: tuple[Row, ...] = ((Button(t("Get the copy"), action(NAME, LINK)),),)
    return Screen(t("Your copy is ready. Open the cabinet to get it."), rows=rows, fresh=True)


def _failed(turn: Turn) -> Screen | None:
    """Said to the parent; it was no try of theirs."""
    t = turn.t
    if turn.person.parent_id is None:
        return None
    forgive(turn, ERRAND, str(_me(turn)))
    rows: tuple[Row, ...] = (
        (Button(t("Try again"), action(NAME, MAKE)),),
        (Button(t("Menu"), action("menu")),),
    )
    text = t(
        "The copy could not be made just now, and nothing of it was kept. Please try again a little later."
    )
    return Screen(text, title=t("Get all my data"), rows=rows, fresh=True)


def _until(turn: Turn, there: Export) -> str:
    return turn.t.moment(there.until)


def _me(turn: Turn) -> int:
    """The parent who is signed in here: the door is before this flow."""
    assert turn.person.parent_id is not None
    return turn.person.parent_id
