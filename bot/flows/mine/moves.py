"""The place over time, day by day, with the reasons; a page at a time, back to where the journal can tell."""

from bot.conversation.actions import action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import title
from bot.flows.mine.move_words import reasons_in_words
from bot.flows.mine.own import back_to, own
from bot.texts import Texts
from domain.place_days import DayMove, by_day
from storage import place_journal
from storage.look_up import Found

PAGE = 5
_MOST_REASONS = 3
_WINDOWS = (400, 1600, 3000)
"""So many events are replayed at first, more only where they tell too little; all of them together cost no
more than one explanation may (`place_journal.MOST_EVENTS`)."""


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """A page of the history, by its number from 0: the newest days first."""
    found = own(turn, arguments)
    t = turn.t
    page = number_in(arguments, 1) if len(arguments) > 1 else 0
    days, whole = _days(turn, found, (page + 1) * PAGE)
    page = page if page * PAGE < len(days) else 0
    shown = days[page * PAGE : (page + 1) * PAGE]
    lines = [_in_words(t, each) for each in shown] or [t("The place has not moved so far.")]
    rows: list[Row] = []
    if len(days) > (page + 1) * PAGE:
        rows.append((Button(t("Earlier"), action("moves", found.id, page + 1)),))
    elif not whole:
        lines.append(t("What was before that is too far back to be listed here."))
    if shown:
        rows.append((Button(t("Draw it"), action("curve", found.id)),))
    return Screen("\n\n".join(lines), title=title(turn, found), rows=(*rows, *back_to(turn, found)))


def _days(turn: Turn, found: Found, wanted: int) -> tuple[list[DayMove], bool]:
    """The newest days on which the place moved, more than are wanted if there are; whether that is all."""
    for window in _WINDOWS:
        recent = place_journal.recent(turn.tx, found.id, window)
        days = by_day(recent.steps)[::-1]
        if recent.whole:
            break
        days = days[:-1]  # the oldest day of a window may have begun before it
        if len(days) > wanted:
            break
    return days, recent.whole


def _in_words(t: Texts, move: DayMove) -> str:
    moved = t(
        "{date}: {before} → {after}",
        date=t.day(move.day),
        before="–" if move.before is None else move.before,
        after="–" if move.after is None else move.after,
    )
    reasons = reasons_in_words(t, move.reasons)
    more = ["…"] if len(reasons) > _MOST_REASONS else []
    return "\n".join((moved, *reasons[:_MOST_REASONS], *more))
