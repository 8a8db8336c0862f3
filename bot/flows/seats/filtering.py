"""The filters of the free places: what is set, and each changed by one tap [004]."""

from collections.abc import Callable, Iterator, Mapping

from bot.conversation import form
from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.form import Form
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import lock, territory
from bot.flows.apply.instruction import language_name
from bot.flows.mine.lists import labels_of
from bot.flows.mine.overview import own_live_ones
from bot.flows.seats.bulletin_words import numbered
from bot.flows.seats.places import alert_of, listed
from bot.flows.seats.view import OWN, PARTS, Show, View, of_child, places_of, shut_out, usual, view_in
from bot.flows.seats.view_words import kindergarten_name, language_in_words, whose
from storage import territories
from storage.seats import bulletin_pages

NAME = "placeswhere"
_PAGE = 6
_MANY = 7


def change(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The filters of a view, or the choices of one of them."""
    if (missing := shut_out(turn, "placeset", arguments)) is not None:
        return missing
    chooser = _CHOOSERS.get(arguments[0] if arguments else "")
    if chooser is None:
        raise Outdated
    view = view_in(turn, arguments[1 : PARTS + 1])
    page = arguments[PARTS + 1 :]
    return chooser(turn, view, number_in(page) if page else 0)


def _all(turn: Turn, view: View, _page: int) -> Screen:
    t = turn.t
    place = territories.name(turn.tx, view.territory_id, t.language)
    if not place:
        raise Outdated
    rows: list[Row] = [(Button(t("Show what is free"), places_of(view)),)]
    rows += [(Button(name, action("placeset", what, *view.arguments)),) for what, name in _names(turn)]
    rows += _shows(turn, view)
    rows.append(alert_of(turn, view))
    rows.append((Button(t("Menu"), action("menu")),))
    return Screen("\n".join(_set(turn, view, place)), title=t("Filters"), rows=tuple(rows))


def _set(turn: Turn, view: View, place: str) -> Iterator[str]:
    t, anything = turn.t, turn.t("any")
    yield from whose(turn, view)
    yield t("Territory: {territory}", territory=place)
    yield t("Birth year: {year}", year=view.birth_year or anything)
    yield t("Language: {language}", language=language_in_words(turn, view) or anything)
    yield t("Kindergarten: {name}", name=kindergarten_name(turn, view) or anything)


def _names(turn: Turn) -> Iterator[tuple[str, str]]:
    t = turn.t
    yield "t", t("Territory")
    yield "y", t("Birth year")
    yield "l", t("Language")
    yield "k", t("Kindergarten")
    if lock.asker(turn) is not None and own_live_ones(turn):
        yield "c", t("For my child")


def _shows(turn: Turn, view: View) -> Iterator[Row]:
    t = turn.t
    offered = [(Show.TO_EVERYONE, t("Open to everyone"))]
    if view.found is not None:
        offered.insert(0, (Show.TO_ME, t("Open to me")))
    for show, name in offered:
        on = view.show is show
        after = view.but(show=Show.ALL if on else show)
        yield (Button(f"{'✅' if on else '▫️'} {name}", places_of(after)),)


def _year(turn: Turn, view: View, _page: int) -> Screen:
    t = turn.t
    known = bulletin_pages.birth_years(turn.tx, view.territory_id)
    if view.found is not None:
        known = sorted({*known, view.found.birth_year}, reverse=True)
    rows: list[Row] = [(Button(str(year), places_of(view.but(birth_year=year))),) for year in known[:_MANY]]
    rows.append((Button(t("Any year"), places_of(view.but(birth_year=None))),))
    return _choice(turn, view, t("Which birth year?"), rows)


def _language(turn: Turn, view: View, _page: int) -> Screen:
    t = turn.t
    rows: list[Row] = []
    if view.found is not None:
        rows.append((Button(t("As applied for"), places_of(view.but(language=OWN))),))
    rows += [
        (Button(language_name(t, code), places_of(view.but(language=code))),)
        for code in bulletin_pages.languages(turn.tx, view.territory_id)[:_MANY]
    ]
    rows.append((Button(t("Any language"), places_of(view.but(language=None))),))
    return _choice(turn, view, t("Which language of the group?"), rows)


def _kindergarten(turn: Turn, view: View, page: int) -> Screen:
    t = turn.t
    houses = bulletin_pages.kindergartens(turn.tx, view.territory_id)
    begin = page * _PAGE if page * _PAGE < len(houses) else 0
    rows: list[Row] = []
    for number, house in enumerate(houses[begin : begin + _PAGE], start=begin + 1):
        rows.append((Button(numbered(house.name, number), places_of(view.but(kindergarten_id=house.id))),))
    if begin + _PAGE < len(houses):
        rows.append((Button(t("More"), action("placeset", "k", *view.arguments, page + 1)),))
    rows.append((Button(t("Any kindergarten"), places_of(view.but(kindergarten_id=None))),))
    lines = [t("Which kindergarten? These have free seats now:")]
    lines += [
        f"{number}. {house.name}"
        for number, house in enumerate(houses[begin : begin + _PAGE], start=begin + 1)
    ]
    return _choice(turn, view, "\n".join(lines), rows)


def _child(turn: Turn, view: View, _page: int) -> Screen:
    t = turn.t
    if lock.asker(turn) is None:
        raise Outdated
    own = own_live_ones(turn)[:_MANY]
    rows: list[Row] = [
        (Button(label, places_of(of_child(each))),)
        for each, label in zip(own, labels_of(turn, own), strict=True)
    ]
    rows.append((Button(t("For any child"), places_of(View(territory_id=view.territory_id))),))
    return _choice(turn, view, t("For whom?"), rows)


def _choice(turn: Turn, view: View, text: str, rows: list[Row]) -> Screen:
    t = turn.t
    back = (Button(t("Back"), action("placeset", "f", *view.arguments)),)
    return Screen(text, title=t("Filters"), rows=(*rows, back))


def _where(turn: Turn, _view: View, _page: int) -> Screen:
    return form.begin(turn, FORM)


def _shown_there(turn: Turn, draft: Draft) -> Screen:
    """Another territory is looked at whole, unless it is that of the child."""
    view, chosen = usual(turn), draft[territory.KEY]
    return listed(turn, view if view.territory_id == chosen else View(territory_id=chosen))


FORM = Form(NAME, (territory.question(NAME),), _shown_there)
_CHOOSERS: Mapping[str, Callable[[Turn, View, int], Screen]] = {
    "f": _all,
    "t": _where,
    "y": _year,
    "l": _language,
    "k": _kindergarten,
    "c": _child,
}
