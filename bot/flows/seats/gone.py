"""The seat is gone: said at once, with the nearest equal ones, each a tap away (ours)."""

from collections.abc import Iterator

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.seats.bulletin_words import numbered, seats
from bot.flows.seats.view import of_child, places_of
from storage.look_up import Found
from storage.seats.alike import nearest_equal
from storage.seats.bulletins import Bulletin


def offer(turn: Turn, bulletin: Bulletin, found: Found, why: str = "", *, wanted: int = 1) -> Screen:
    """Why it is gone (others were quicker, if nothing else is said), and where else so many are free."""
    t = turn.t
    equal = nearest_equal(turn.tx, bulletin, found.wish, found.id, found.child_id, wanted)
    parts = [why or t("The last seat was taken a moment ago: somebody was quicker. This costs you nothing.")]
    if equal:
        parts.append("\n".join((t("Free now, for the same year and language:"), *_lines(turn, equal))))
    else:
        parts.append(t("No equal seat is free at present. When one comes, you are told."))
    return Screen("\n\n".join(parts), title=bulletin.kindergarten, rows=tuple(_rows(turn, found, equal)))


def _lines(turn: Turn, equal: tuple[Bulletin, ...]) -> Iterator[str]:
    for number, each in enumerate(equal, start=1):
        yield f"{number}. {each.kindergarten} · {each.group}, {seats(turn.t, each)}"


def _rows(turn: Turn, found: Found, equal: tuple[Bulletin, ...]) -> Iterator[Row]:
    t = turn.t
    for number, each in enumerate(equal, start=1):
        yield (Button(numbered(each.kindergarten, number), action("place", each.id)),)
    yield (Button(t("Free places"), places_of(of_child(found))),)
    yield (Button(t("The application"), action("own", found.id)),)
    yield (Button(t("Menu"), action("menu")),)
