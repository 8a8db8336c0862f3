"""An alert in words, and as a view of the free places."""

from collections.abc import Iterator

from bot.conversation.turn import Turn
from bot.flows.apply.instruction import names
from bot.flows.seats.bulletin_words import years
from bot.flows.seats.view import View
from domain.alerts import NEAR_METRES, Alert
from domain.application import QueueKind
from storage import territories
from storage.seats import bulletin_pages

_METRES_IN_KM = 1000


def described(turn: Turn, alert: Alert) -> str:
    """What is wanted, in a line."""
    return " · ".join(_parts(turn, alert))


def _parts(turn: Turn, alert: Alert) -> Iterator[str]:
    t = turn.t
    yield territories.name(turn.tx, alert.territory_id, t.language)
    if alert.queue_kind is QueueKind.CORRECTIONAL:
        yield t("Correctional queue")
    if alert.birth_year is not None:
        yield years(t, (alert.birth_year,))
    if alert.languages:
        yield names(t, sorted(alert.languages))
    match sorted(alert.houses or ()):
        case [only]:
            yield bulletin_pages.kindergarten_name(turn.tx, only) or ""
        case [_, *_] as several:
            yield t.many(
                "{number} kindergarten within {distance} km",
                "{number} kindergartens within {distance} km",
                len(several),
                distance=NEAR_METRES // _METRES_IN_KM,
            )
    if (alert.birth_year, alert.languages, alert.houses) == (None, frozenset(), None):
        yield t("any seat")


def view_of(alert: Alert) -> View:
    """The free places that it is about, as far as one view can show them."""
    [language] = alert.languages if len(alert.languages) == 1 else (None,)
    [house] = alert.houses if alert.houses is not None and len(alert.houses) == 1 else (None,)
    return View(
        territory_id=alert.territory_id,
        birth_year=alert.birth_year,
        language=language,
        kindergarten_id=house,
    )
