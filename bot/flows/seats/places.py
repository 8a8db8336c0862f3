"""Free places (Бос орындар): the bulletins of a view, page by page; no account is needed [003, 004]."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.conversation.actions import Outdated, action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.apply.instruction import language_name
from bot.flows.as_of_now import policy_now
from bot.flows.seats.bulletin_words import numbered, seats, state, years
from bot.flows.seats.short_ids import long
from bot.flows.seats.view import PARTS, View, places_of, shut_out, view_in
from bot.flows.seats.view_words import described
from domain.seat_list import list_for
from storage import territories
from storage.seats import bulletin_pages
from storage.seats.bulletins import Bulletin

PAGE = 5
_MOST_ROWS = 10
"""Of the narrowest channel."""


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """A page of a view; without arguments the first page of what fits the asker's child."""
    if (missing := shut_out(turn, "places", arguments)) is not None:
        return missing
    view = view_in(turn, arguments[:PARTS])
    first = arguments[PARTS:]
    if len(first) > 1:
        raise Outdated
    return listed(turn, view, long(first[0]) if first else None)


def listed(turn: Turn, view: View, first_id: int | None = None) -> Screen:
    """That page, from a bulletin on."""
    t = turn.t
    place = territories.name(turn.tx, view.territory_id, t.language)
    if not place:
        raise Outdated
    page = bulletin_pages.page(turn.tx, view.filters, PAGE, first_id)
    heads = (described(turn, view, place), t("As of {moment}", moment=t.moment(turn.now)))
    entries = list(_entries(turn, page.shown, _access(turn, view))) or list(_nothing(turn, view))
    rows: list[Row] = [
        (Button(numbered(each.kindergarten, number), action("place", each.id, *view.arguments)),)
        for number, each in enumerate(page.shown, start=1)
    ]
    if page.next_id is not None:
        rows.append((Button(t("More"), places_of(view, page.next_id)),))
    elif first_id is not None:
        rows.append((Button(t("To the beginning"), places_of(view)),))
    rows.append((Button(t("Change the filters"), action("placeset", "f", *view.arguments)),))
    rows += _open_data(turn)
    rows.append((Button(t("Menu"), action("menu")),))
    if len(rows) < _MOST_ROWS:
        # A full page has no room for it; it stands among the filters, too.
        rows.insert(-4, alert_of(turn, view))
    return Screen("\n\n".join(("\n".join(heads), *entries)), title=t("Free places"), rows=tuple(rows))


def alert_of(turn: Turn, view: View) -> Row:
    """To be told when seats of this view come out."""
    return (Button(turn.t("Tell me of new ones"), action("alertadd", *view.arguments)),)


def _access(turn: Turn, view: View) -> Mapping[int, datetime]:
    return bulletin_pages.access_of(turn.tx, view.found.id) if view.found is not None else {}


def _entries(turn: Turn, shown: tuple[Bulletin, ...], access: Mapping[int, datetime]) -> Iterator[str]:
    t = turn.t
    for number, each in enumerate(shown, start=1):
        offer = each.offer
        what = (language_name(t, offer.language), years(t, offer.birth_years), seats(t, each))
        to_whom = state(t, each, turn.now, access.get(each.list_id))
        yield f"{number}. {each.kindergarten} · {each.group}\n{', '.join(what)}\n{to_whom}"


def _nothing(turn: Turn, view: View) -> Iterator[str]:
    t = turn.t
    yield t("Nothing is free with these filters at present.")
    coming = list_for(turn.now, policy_now(turn.tx, view.territory_id))
    yield t("What kindergartens report until then comes out {moment}.", moment=t.moment(coming.publish_at))
    yield t("One tap, and you are told when such seats come out.")


def _open_data(turn: Turn) -> tuple[Row, ...]:
    """Statistics, and the protocols for whoever wants to check."""
    t, site = turn.t, turn.book.public_url
    of_language = f"?lang={t.language}"
    return (
        (Button(t("Statistics"), url=f"{site}/open-data/statistics.html{of_language}"),),
        (Button(t("Open data"), url=f"{site}/open-data/{of_language}"),),
    )
