"""What is looked at, in words."""

from collections.abc import Iterator

from bot.conversation.turn import Turn
from bot.flows.apply.instruction import language_name, names
from bot.flows.mine.own import name_of
from bot.flows.seats.bulletin_words import years
from bot.flows.seats.view import OWN, Show, View
from storage.seats import bulletin_pages


def described(turn: Turn, view: View, place: str) -> str:
    """The filters in a line, the child that they are filled in from in one before it."""
    return "\n".join((*whose(turn, view), " · ".join(_parts(turn, view, place))))


def whose(turn: Turn, view: View) -> tuple[str, ...]:
    """The child that they are filled in from, in a line; none where there is no such child."""
    name = name_of(turn, view.found) if view.found is not None else ""
    return (turn.t("For: {name}", name=name),) if name else ()


def _parts(turn: Turn, view: View, place: str) -> Iterator[str]:
    t = turn.t
    yield place
    if view.birth_year is not None:
        yield years(t, (view.birth_year,))
    if (spoken := language_in_words(turn, view)) is not None:
        yield spoken
    if (house := kindergarten_name(turn, view)) is not None:
        yield house
    match view.show:
        case Show.TO_ME:
            yield t("open to me")
        case Show.TO_EVERYONE:
            yield t("open to everyone")
        case Show.ALL:
            pass


def language_in_words(turn: Turn, view: View) -> str | None:
    """The language or languages; None where any will do."""
    if view.language is None:
        return None
    if view.language == OWN and view.found is not None:
        return names(turn.t, sorted(view.found.languages))
    return language_name(turn.t, view.language)


def kindergarten_name(turn: Turn, view: View) -> str | None:
    """The one kindergarten; None where any will do, or there is none of that id."""
    if view.kindergarten_id is None:
        return None
    return bulletin_pages.kindergarten_name(turn.tx, view.kindergarten_id)
