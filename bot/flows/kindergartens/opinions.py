"""What parents say of a kindergarten: the reviews that are shown, newest first, and the reader's own."""

from bot.conversation.actions import action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows import lock
from bot.flows.kindergartens import passport
from bot.flows.kindergartens.labels import cut, rating_line
from bot.flows.kindergartens.ways import home, passport_of, whole_list
from bot.flows.messages.paging import Page, Source, leafing, page_of
from bot.texts import Texts
from domain.review import STARS, ReviewState
from storage import reviews, shown_reviews
from storage.reviews import Review

PAGE = 3
"""As many as fit into one message with its buttons, each as long as it may be."""

_LONGEST_NAME = 60


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """A page of them."""
    return page(turn, number_in(arguments), arguments[1:])


def page(turn: Turn, kindergarten_id: int, which: tuple[str, ...] = ()) -> Screen:
    """A page of those of one. Raises Outdated where there is no such kindergarten, or page."""
    t, found = turn.t, passport.named(turn, kindergarten_id)
    shown = page_of(_source(turn, found.id), PAGE, which)
    rating = shown_reviews.ratings(turn.tx, [found.id]).get(found.id)
    me = lock.asker(turn)
    own = reviews.own(turn.tx, me, found.id) if me is not None else None
    parts = [rating_line(t, rating)] if rating is not None else []
    if own is not None and own.state is not ReviewState.SHOWN:
        parts.append(_own(t, own))
    parts += [_entry(t, each) for each in shown.entries]
    if not shown.entries:
        parts.append(
            t("No review is shown here yet. Parents whose child goes to this kindergarten can write one.")
        )
    title = t("Reviews: {kindergarten}", kindergarten=cut(found.name, _LONGEST_NAME))
    return Screen("\n\n".join(parts), title=title, rows=_rows(turn, found.id, shown, own))


def star_line(number: int) -> str:
    """So many of five."""
    return "★" * number + "☆" * (STARS[-1] - number)


def _rows(turn: Turn, kindergarten_id: int, shown: Page[Review], own: Review | None) -> tuple[Row, ...]:
    t = turn.t
    rows: list[Row] = [*leafing(t, action("housereviews", kindergarten_id), shown, lambda each: each.id)]
    label = t("Write a review") if own is None else t("Change my review")
    rows.append((Button(label, action("housereview", kindergarten_id)),))
    if own is not None:
        rows.append((Button(t("Take it away"), action("housedrop", kindergarten_id)),))
    return (*rows, passport_of(turn, kindergarten_id), whole_list(turn), home(turn))


def _source(turn: Turn, kindergarten_id: int) -> Source[Review]:
    def edge(name: str) -> Review | None:
        return shown_reviews.find(turn.tx, number_in((name,)), kindergarten_id)

    def before(name: str, limit: int) -> list[Review]:
        found = edge(name)
        return list(shown_reviews.newest(turn.tx, kindergarten_id, limit, found)) if found else []

    def after(name: str, limit: int) -> list[Review]:
        found = edge(name)
        return list(shown_reviews.newer(turn.tx, kindergarten_id, limit, found)) if found else []

    return Source(lambda limit: shown_reviews.newest(turn.tx, kindergarten_id, limit), before, after)


def _own(t: Texts, own: Review) -> str:
    """What became of the reader's own."""
    if own.state is ReviewState.REFUSED:
        state = t(
            "Your review was looked at and is not shown. You can change it; it is looked at again then."
        )
    else:
        state = t("Your review waits to be looked at. Until then only you see it.")
    return f"{state}\n{_entry(t, own)}"


def _entry(t: Texts, each: Review) -> str:
    return f"{star_line(each.stars)} · {t.day(each.written_at)}\n{each.text}".rstrip()
