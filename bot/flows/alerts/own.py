"""The parent's alerts: made, listed, looked at and ended."""

from bot.conversation import form
from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.alerts import near
from bot.flows.alerts.words import described, view_of
from bot.flows.mine.own import me
from bot.flows.seats.places import listed
from bot.flows.seats.view import View, view_in
from domain.alerts import MOST, Alert
from storage import alerts
from storage.alerts import Kept, TooManyAlerts
from storage.kindergartens import passport

_SHOWN = 7


def add(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Be told when seats of this view come out: one tap, and the same one again changes nothing."""
    return _added(turn, _wanted(turn, view_in(turn, arguments)))


def add_house(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Be told when seats of this kindergarten come out."""
    found = passport(turn.tx, number_in(arguments))
    if found is None or found.closed_at is not None:
        raise Outdated
    return _added(turn, Alert(territory_id=found.territory_id, houses=frozenset({found.id})))


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """All of them; a page by number, from 0."""
    t = turn.t
    page = number_in(arguments) if arguments else 0
    own = alerts.of_parent(turn.tx, me(turn))
    begin = page * _SHOWN if page * _SHOWN < len(own) else 0
    shown = list(enumerate(own[begin : begin + _SHOWN], start=begin + 1))
    lines = [f"{number}. {described(turn, each.alert)}" for number, each in shown]
    said = t("You are told at 18:00 when such seats come out, and when they open to everyone:")
    if not own:
        lines = [
            t("Under Free places and on the page of a kindergarten one tap asks to be told of such seats.")
        ]
        said = t("You have no alerts.")
    rows: list[Row] = [
        (Button(t("Alert {number}", number=n), action("alert", each.id)),) for n, each in shown
    ]
    if len(own) > _SHOWN:
        rows.append((Button(t("More"), action("alerts", 0 if begin else 1)),))
    ways: tuple[Row, ...] = (
        (Button(t("Free places"), action("places")),),
        (Button(t("Menu"), action("menu")),),
    )
    return Screen("\n".join((said, *lines)), title=t("My alerts"), rows=(*rows, *ways))


def one(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """One of them; or what it is about, ended, or narrowed to what is near."""
    kept = alerts.find(turn.tx, me(turn), number_in(arguments))
    if kept is None:
        return show(turn, ()).with_note(turn.t("This alert is ended."))
    match arguments[1:]:
        case ():
            return _one(turn, kept)
        case ("seats",):
            return listed(turn, view_of(kept.alert))
        case ("end",):
            alerts.end(turn.tx, me(turn), kept.id)
            return show(turn, ()).with_note(turn.t("This alert is ended."))
        case ("near",):
            return form.begin(turn, near.FORM, {near.WHICH: kept.id})
        case _:
            raise Outdated


def _one(turn: Turn, kept: Kept) -> Screen:
    t = turn.t
    told = t("You are told at 18:00 when such seats come out, and when they open to everyone:")
    rows: list[Row] = [
        (Button(t("Show what is free"), action("alert", kept.id, "seats")),),
        (Button(t("Only within {km} km", km=near.KM), action("alert", kept.id, "near")),),
        (Button(t("End this alert"), action("alert", kept.id, "end")),),
        (Button(t("My alerts"), action("alerts")),),
        (Button(t("Menu"), action("menu")),),
    ]
    return Screen(f"{told}\n{described(turn, kept.alert)}", title=t("Alert"), rows=tuple(rows))


def _added(turn: Turn, wanted: Alert) -> Screen:
    t = turn.t
    try:
        alert_id, new = alerts.add(turn.tx, me(turn), wanted)
    except TooManyAlerts:
        note = t.many(
            "There can be {number} alert at most. Please end one first.",
            "There can be {number} alerts at most. Please end one first.",
            MOST,
        )
        return show(turn, ()).with_note(note)
    except LookupError:
        raise Outdated from None
    note = t("The alert is on.") if new else t("You have this alert already.")
    return _one(turn, Kept(alert_id, me(turn), wanted)).with_note(note)


def _wanted(turn: Turn, view: View) -> Alert:
    filters = view.filters
    house = filters.kindergarten_id
    return Alert(
        territory_id=filters.territory_id,
        queue_kind=filters.queue_kind,
        birth_year=filters.birth_year,
        languages=filters.languages,
        houses=None if house is None else frozenset({house}),
    )
