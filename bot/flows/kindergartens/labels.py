"""Kindergartens in lists: a label for each that fits every channel, a few lines for each in the text."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.conversation.limits import LONGEST_LABEL
from bot.conversation.turn import Turn
from bot.flows.kindergartens.numbers import decimal, distance
from bot.texts import Texts
from domain.distance import metres_between
from storage import free_seats, shown_reviews
from storage.kindergartens import Listed
from storage.shown_reviews import Rating

LONGEST_NAME = 100
_QUOTED = re.compile(r"[\"«“„](.+?)[\"»”“]")

Point = tuple[float, float]


def cut(text: str, longest: int) -> str:
    """The text, or its beginning where it is too long: files may bring anything."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def labels_of(found: Sequence[Listed]) -> list[str]:
    """A label for each, in this order; those that would be alike get their number in front."""
    short = [cut(own_name(each.name), LONGEST_LABEL) for each in found]
    alike = {label for label, number in Counter(short).items() if number > 1}
    return [
        cut(f"{number}. {label}", LONGEST_LABEL) if label in alike else label
        for number, label in enumerate(short, start=1)
    ]


def own_name(name: str) -> str:
    """What stands in quotes in a name, else all of it."""
    quoted = _QUOTED.search(name)
    return quoted[1].strip() or name if quoted else name


def entries(turn: Turn, found: Sequence[Listed], start: Point | None = None) -> str:
    """The lines of each: its name, how far it is from the start, its free seats, its rating."""
    ids = [each.id for each in found]
    free, ratings = free_seats.of_kindergartens(turn.tx, ids), shown_reviews.ratings(turn.tx, ids)
    return "\n\n".join(
        "\n".join((f"{number}. {cut(each.name, LONGEST_NAME)}", *_facts(turn.t, each, start, free, ratings)))
        for number, each in enumerate(found, start=1)
    )


def rating_line(t: Texts, rating: Rating) -> str:
    """The mean of the stars, and of how many reviews."""
    stars = decimal(t, rating.stars)
    return t.many("★ {stars}, {number} review", "★ {stars}, {number} reviews", rating.number, stars=stars)


def _facts(
    t: Texts, each: Listed, start: Point | None, free: dict[int, int], ratings: dict[int, Rating]
) -> list[str]:
    facts = [t("free seats: {number}", number=free.get(each.id, 0))]
    if start is not None and each.point is not None:
        facts.insert(0, distance(t, metres_between(*start, *each.point)))
    if each.id in ratings:
        facts.append(rating_line(t, ratings[each.id]))
    return [" · ".join(facts)]
