"""Where an application stands: why its place moved, and the stretch of the queue around it."""

from datetime import timedelta

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import class_name, title
from bot.flows.mine import one
from bot.flows.mine.move_words import in_words
from bot.flows.mine.own import back_to, own
from storage import place_journal
from storage.queue_places import place_of
from storage.queue_stretch import stretch

LOOKS_BACK = timedelta(days=30)
_AROUND = 5


def why(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Why the place moved in the last thirty days, from the place journal.

    The weekly digest does not begin from here: the other parent has not seen it.
    """
    found = own(turn, arguments)
    explained = place_journal.explain_from(turn.tx, found.id, turn.now - LOOKS_BACK)
    text = in_words(turn.t, explained)
    rows: list[Row] = [(Button(turn.t("History"), action("moves", found.id)),)]
    if explained is not None:
        rows.append((Button(turn.t("Draw it"), action("curve", found.id)),))
    return Screen(text, title=title(turn, found), rows=(*rows, *back_to(turn, found)))


def around(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The stretch of the queue around the place: classes and dates only, no names."""
    found = own(turn, arguments)
    t = turn.t
    place = place_of(turn.tx, found.id)
    if place is None or place.place is None:
        return one.present(turn, found).with_note(t("No place in the queue at present"))
    lines = [
        t(
            "▸ {place} · {name} · {date} – you",
            place=row.place,
            name=class_name(t, row.queue_class),
            date=t.day(row.submitted_at),
        )
        if row.place == place.place
        else f"{row.place} · {class_name(t, row.queue_class)} · {t.day(row.submitted_at)}"
        for row in stretch(turn.tx, place, _AROUND)
    ]
    text = t("Place, class and date of the application; no names.") + "\n\n" + "\n".join(lines)
    return Screen(text, title=title(turn, found), rows=back_to(turn, found))
