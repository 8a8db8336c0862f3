"""What the confirmed parent sees: class, reasons of a move, the stretch of the queue around."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import class_name, describe, title
from bot.flows.as_of_now import as_of_now
from bot.flows.move_words import in_words
from domain.application import COUNTED, QueueClass
from storage import look_up, place_journal
from storage.look_up import Found
from storage.queue_places import place_of
from storage.queue_stretch import stretch

LOOKS_BACK = timedelta(days=30)
_AROUND = 5
_LONGEST_LABEL = 20
_MOST_BUTTONS = 8


def overview(turn: Turn, own: Sequence[Found]) -> Screen:
    """All live applications of the parent's children; one is shown whole at once."""
    if len(own) == 1:
        return one(turn, own[0])
    t = turn.t
    text = "\n\n".join(f"{_name(turn, each)}\n{describe(turn, each)}" for each in own)
    rows: list[Row] = [
        (Button(_label(turn, each, own), action("own", each.id)),) for each in own[:_MOST_BUTTONS]
    ]
    rows += _ending(turn)
    return Screen(text, title=t("My children in the queue"), rows=tuple(rows))


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """One of the own applications."""
    return one(turn, _own(turn, arguments))


def one(turn: Turn, found: Found) -> Screen:
    """One application whole, with the ways to its reasons and its neighbours."""
    t = turn.t
    lines = [_name(turn, found), describe(turn, found, titled=True)]
    lines.append(t("Class: {name}", name=class_name(t, found.queue_class)))
    if found.queue_class is not QueueClass.GENERAL:
        lines.append(t("A confirmed privilege puts the application into this class."))
    rows: list[Row] = []
    if found.status in COUNTED:
        rows.append((Button(t("Why did it move?"), action("why", found.id)),))
        rows.append((Button(t("The queue around"), action("around", found.id)),))
    rows += _ending(turn)
    return Screen("\n".join(filter(None, lines)), title=title(turn, found), rows=tuple(rows))


def why(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Why the place moved in the last thirty days, from the place journal. The place counts as told now."""
    found = _own(turn, arguments)
    place = place_of(turn.tx, found.id)
    explained = place_journal.explain_from(turn.tx, found.id, turn.now - LOOKS_BACK)
    text = in_words(turn.t, explained)
    if place is not None:
        place_journal.told(turn.tx, found.id, place.sequence)
    return Screen(text, title=title(turn, found), rows=_back_to(turn, found))


def around(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The stretch of the queue around the place: classes and dates only, no names."""
    found = _own(turn, arguments)
    t = turn.t
    place = place_of(turn.tx, found.id)
    if place is None or place.place is None:
        return one(turn, found).with_note(t("No place in the queue at present"))
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
    return Screen(text, title=title(turn, found), rows=_back_to(turn, found))


def _own(turn: Turn, arguments: tuple[str, ...]) -> Found:
    """The application a button names, if it is the presser's own. Another's looks like none at all."""
    look = partial(look_up.by_id, turn.tx, number_in(arguments), turn.person.parent_id)
    found = as_of_now(turn, look)
    if not found or not found[0].own:
        raise Outdated
    return found[0]


def _name(turn: Turn, found: Found) -> str:
    return turn.private(found.child_name or "")


def _label(turn: Turn, found: Found, own: Sequence[Found]) -> str:
    """The child's name as far as there is room; the number where two look alike."""
    short = (found.child_name or "")[:_LONGEST_LABEL]
    alike = sum((each.child_name or "")[:_LONGEST_LABEL] == short for each in own)
    return turn.private(short) if short and alike == 1 else f"№ {found.number}"


def _back_to(turn: Turn, found: Found) -> tuple[Row, ...]:
    t = turn.t
    return ((Button(t("Back"), action("own", found.id)),), (Button(t("Menu"), action("menu")),))


def _ending(turn: Turn) -> tuple[Row, ...]:
    t = turn.t
    return ((Button(t("Check another"), action("check", "new")),), (Button(t("Menu"), action("menu")),))
