"""Letting others go ahead for a time, and taking part again: place and date stay [003, 004]."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import title
from bot.flows.mine import one
from bot.flows.mine.keeping import as_it_stands, told_and_noted
from bot.flows.mine.own import SURE, again, locked, name_of, own
from domain.application import LIVE, PauseCause, check_pausable
from domain.notice import Deed, Told
from storage import silence
from storage.application_changes import pause as write_pause
from storage.application_changes import resume as write_resume
from storage.look_up import Found


def pause(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """What a pause means, and then the pause."""
    found = own(turn, arguments)
    if arguments[1:] == (SURE,):
        return as_it_stands(turn, found, lambda: _pause(turn, found))
    return as_it_stands(turn, found, lambda: _ask(turn, found))


def take_part(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """One tap ends a pause, the parent's own or one by silence."""
    found = own(turn, arguments)
    return as_it_stands(turn, found, lambda: _resume(turn, found))


def wanted(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The answer to the question whether a seat is still wanted, in time or after the pause."""
    found = own(turn, arguments)
    if found.paused_at is not None:
        return take_part(turn, arguments)
    silence.heard(turn.tx, locked(turn, found))
    note = turn.t("Good. Seats are offered to it as before.")
    return one.present(turn, again(turn, found.id)).with_note(note)


def _ask(turn: Turn, found: Found) -> Screen:
    if found.paused_at is not None:
        return one.present(turn, found)
    check_pausable(found.status)
    t = turn.t
    text = t(
        "Pause the application? Place and date stay, and the queue goes on: nothing is lost. But no seat is "
        "offered and none can be taken meanwhile; others go ahead. One tap ends the pause at any time."
    )
    rows: tuple[Row, ...] = (
        (Button(t("Yes, pause it"), action("pause", found.id, SURE)),),
        (Button(t("Back"), action("own", found.id)),),
    )
    return Screen(
        "\n\n".join(filter(None, (name_of(turn, found), text))), title=title(turn, found), rows=rows
    )


def _pause(turn: Turn, found: Found) -> Screen:
    """Twice is once: two telephones press at the same time."""
    whole = locked(turn, found)
    if whole.paused_at is None:
        write_pause(turn.tx, whole, PauseCause.BY_PARENT)
        told_and_noted(turn, found, Told.PAUSED, Deed.PAUSED)
    note = turn.t("The application is paused.")
    return one.present(turn, again(turn, found.id)).with_note(note)


def _resume(turn: Turn, found: Found) -> Screen:
    whole = locked(turn, found)
    if whole.status not in LIVE:
        return one.present(turn, found)
    if whole.paused_at is not None:
        write_resume(turn.tx, whole)
        told_and_noted(turn, found, Told.RESUMED, Deed.RESUMED)
    note = turn.t("The application takes part again.")
    return one.present(turn, again(turn, found.id)).with_note(note)
