"""The kindergartens around a point, the nearest first.

The point is kept in the draft, which is sealed, and not on the buttons: it may be somebody's home.
"""

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.form import answer
from bot.conversation.reply import Ask, Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.kindergartens.labels import Point, entries
from bot.flows.kindergartens.numbers import distance
from bot.flows.kindergartens.ways import KEY, NAME, chosen, here, home, whole_list
from domain.distance import metres_between
from storage import kindergartens, territories
from storage.kindergartens import Listed

AT, NEAR = "at", "near"
PAGE = 5
FAR_METRES = 30_000
"""Nobody goes that far every morning: it is another place that is meant (ours)."""


def ask(turn: Turn) -> Screen:
    """Ask for a location."""
    t = turn.t
    text = t("Share your location: I will show the kindergartens nearest to it.")
    rows = (whole_list(turn),)
    return Screen(text, rows=rows, ask=Ask.LOCATION, ask_label=t("Share my location"), typing=True)


def around(turn: Turn, draft: Draft, start: Point) -> Screen:
    """The nearest to a point, which is remembered while one is looked for."""
    draft[AT] = list(start)
    return _page(turn, start, 0)


def onward(turn: Turn, draft: Draft, pressed: str) -> Screen:
    """A further page. Raises Outdated for what is no such button, or once the point is forgotten."""
    match pressed.split(":"):
        case ["near", skipped] if AT in draft:
            latitude, longitude = draft[AT]
            return _page(turn, (latitude, longitude), number_in([skipped]))
        case _:
            raise Outdated


def _page(turn: Turn, start: Point, skipped: int) -> Screen:
    t, territory_id = turn.t, here(turn)
    found = kindergartens.nearest(turn.tx, territory_id, *start, PAGE + 1, min(skipped, _MOST_SKIPPED))
    if not found:
        return _nowhere(turn)
    page = found[:PAGE]
    rows: list[Row] = [*chosen(page)]
    if len(found) > PAGE:
        rows.append((Button(t("Farther away"), answer(NAME, KEY, NEAR, skipped + PAGE)),))
    screen = Screen(
        entries(turn, page, start), title=t("Kindergartens near you"), rows=tuple(rows), typing=True
    )
    note = _far(turn, page[0], start) if not skipped else None
    if note is not None:
        another = (Button(t("Another place"), action("territory")),)
        screen = screen.with_rows([another]).with_note(note)
    return screen.with_rows([whole_list(turn), home(turn)])


def _far(turn: Turn, nearest: Listed, start: Point) -> str | None:
    """What is said when even the nearest is out of reach."""
    t = turn.t
    assert nearest.point is not None
    metres = metres_between(*start, *nearest.point)
    if metres < FAR_METRES:
        return None
    return t(
        "The nearest one in {territory} is {distance} from there. If your queue is in another place, "
        "choose that one.",
        territory=territories.name(turn.tx, here(turn), t.language),
        distance=distance(t, metres),
    )


def _nowhere(turn: Turn) -> Screen:
    """None is known with its place on the map."""
    t = turn.t
    text = t(
        "I don't know yet where the kindergartens of this place are on the map. Here is the way to the list."
    )
    return Screen(text, title=t("Kindergartens near you"), rows=(whole_list(turn), home(turn)), typing=True)


_MOST_SKIPPED = 100_000
