"""How often a parent is told that the place moved: every week and at the marks, at the marks alone, never."""

from bot.conversation.actions import Outdated, action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.profile import overview
from bot.flows.telling import noted
from bot.texts import Texts
from domain.notice import Deed
from domain.place_marks import MARKS
from domain.place_news import PlaceNews
from storage import profiles

NAME = "placenews"
_CHOICES = {each.value: each for each in PlaceNews}


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """What is chosen, and the choices; or one of them taken."""
    match arguments:
        case ():
            return _screen(turn)
        case (chosen,) if chosen in _CHOICES:
            _choose(turn, _CHOICES[chosen])
            return _screen(turn).with_note(turn.t("Saved."))
        case _:
            raise Outdated


def _screen(turn: Turn) -> Screen:
    t, chosen = turn.t, overview.own_profile(turn).place_news
    *others, last = MARKS
    said = (
        _in_words(t, chosen),
        t(
            "The marks are the first {others} and {last} of the queue; a place is looked at every morning.",
            others=", ".join(map(str, others)),
            last=last,
        ),
        t("At any time the place and its reasons stand under My applications."),
    )
    rows: list[Row] = [
        (Button(f"✓ {label}" if each is chosen else label, action(NAME, each.value)),)
        for each, label in often(t).items()
    ]
    ways: tuple[Row, ...] = ((Button(t("Notices"), action("notices")),), (Button(t("Menu"), action("menu")),))
    return Screen("\n\n".join(said), title=t("News of the place"), rows=(*rows, *ways))


def often(t: Texts) -> dict[PlaceNews, str]:
    """The choices, in a word or two."""
    return {
        PlaceNews.WEEKLY: t("Every week"),
        PlaceNews.MARKS: t("Only at the marks"),
        PlaceNews.OFF: t("Never"),
    }


def _in_words(t: Texts, chosen: PlaceNews) -> str:
    match chosen:
        case PlaceNews.WEEKLY:
            return t(
                "Once a week you are told how the place has moved and why, and whenever it comes to a mark."
            )
        case PlaceNews.MARKS:
            return t("You are told when the place comes to a mark, and not every week.")
        case PlaceNews.OFF:
            return t(
                "You are not told that the place has moved. Seats and referrals you are told of as ever."
            )


def _choose(turn: Turn, chosen: PlaceNews) -> None:
    own = overview.own_profile(turn)
    if own.place_news is not chosen:
        profiles.set_place_news(turn.tx, own.id, chosen)
        noted(turn, Deed.NOTICES_CHANGED, place=chosen.value)
