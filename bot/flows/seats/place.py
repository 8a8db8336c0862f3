"""One bulletin: all its fields, its course, and what the asker can do now [004]."""

from collections.abc import Iterator, Sequence

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows import lock
from bot.flows.mine.own import offered
from bot.flows.seats import chances
from bot.flows.seats.bulletin_words import fields, state
from bot.flows.seats.chances import Chance
from bot.flows.seats.timetable import course, next_steps, rules_of, what_it_costs
from bot.flows.seats.view import PARTS, View, places_of, shut_out, view_in
from domain.local_time import local_date
from domain.seat_list import BulletinState
from storage.look_up import Found
from storage.seats import bulletins
from storage.seats.bulletins import Bulletin

_OVER = frozenset({BulletinState.FULL, BulletinState.RECALLED})


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """A bulletin by its id; behind it the view of the list that led here. Raises Outdated."""
    if (missing := shut_out(turn, "place", arguments)) is not None:
        return missing
    found = bulletin_named(turn, arguments)
    view = view_in(turn, arguments[1:]) if len(arguments) == 1 + PARTS else None
    return present(turn, found, view)


def bulletin_named(turn: Turn, arguments: Sequence[str]) -> Bulletin:
    """The bulletin that a button names first. Raises Outdated for one unknown or not published yet."""
    found = bulletins.find(turn.tx, number_in(arguments))
    if found is None:
        raise Outdated
    return found


def present(turn: Turn, bulletin: Bulletin, view: View | None = None) -> Screen:
    """The bulletin whole."""
    t = turn.t
    first: Found | None = view.found if view is not None else None
    told = chances.chances(turn, bulletin, first)
    parts = (
        "\n".join(fields(t, bulletin, local_date(turn.now))),
        "\n".join(_state(turn, bulletin)),
        "\n".join((t("What can be done now"), *_now(turn, bulletin, told))),
    )
    return Screen(
        "\n\n".join(parts), title=bulletin.kindergarten, rows=tuple(_rows(turn, bulletin, view, told))
    )


def _state(turn: Turn, bulletin: Bulletin) -> Iterator[str]:
    t = turn.t
    yield t("State: {state}", state=state(t, bulletin, turn.now))
    yield t("As of {moment}", moment=t.moment(turn.now))


def _now(turn: Turn, bulletin: Bulletin, told: Sequence[Chance]) -> Iterator[str]:
    t, rules = turn.t, rules_of(turn, bulletin)
    shown = bulletin.state(turn.now)
    if shown is BulletinState.RECALLED:
        yield t("The kindergarten has recalled these seats: nobody can take them.")
        return
    if shown is BulletinState.FULL:
        yield t("Every seat is taken. One that is held and not confirmed comes back here within minutes.")
    for each in told:
        yield from chances.lines(turn, each)
    if shown not in _OVER:
        yield from course(turn, bulletin)
    if not told or not all(each.reasons for each in told):
        yield from next_steps(t, rules)
    if not told:
        yield t("To take a seat, the child has to be in the queue and you signed in as its parent.")
    yield what_it_costs(t, rules)


def _rows(turn: Turn, bulletin: Bulletin, view: View | None, told: Sequence[Chance]) -> Iterator[Row]:
    t = turn.t
    yield from chances.buttons(turn, bulletin, told)
    if lock.asker(turn) is None:
        yield (Button(t("Sign in"), action("signin")),)
        yield from offered(turn, t("Join the queue"), "apply")
    yield from offered(turn, t("The kindergarten"), "house", bulletin.kindergarten_id)
    yield (Button(t("Look again"), action("place", bulletin.id, *(view.arguments if view else ()))),)
    yield (Button(t("Rules of the queue"), action("rules")),)
    back = places_of(view, bulletin.id) if view is not None else action("places")
    yield (Button(t("Free places"), back),)
    yield (Button(t("Menu"), action("menu")),)
