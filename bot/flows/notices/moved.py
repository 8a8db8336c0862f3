"""Notices of a place that moved, in words: once a week with the reasons, and at the marks.

The facts: `items`, one for each application that is told of, with `application`, `number` and `child`;
`since` (an ISO instant), `before`, `after` and `reasons` (`bot.rounds.facts`), or `place` and `mark`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.mine.move_words import reasons_in_words
from bot.flows.notices.parts import Facts, Notice, child, lines, which
from bot.texts import Texts
from domain.application import QueueClass
from domain.notice import Told
from domain.place_history import EventKind, Reason

MOST = 4
"""So many applications are told of one by one: a message has to fit the narrowest messenger."""
_MOST_REASONS, _MOST_OF_SEVERAL = 4, 2


def _moved(t: Texts, data: Facts) -> str:
    items = data["items"]
    most = _MOST_REASONS if len(items) == 1 else _MOST_OF_SEVERAL
    said = [_move(t, each, most) for each in items[:MOST]]
    legend = t("▲ is nearer to the front, ▼ further back, by so many places.")
    return "\n\n".join((t("How the place in the queue has moved"), *said, *_more(t, items), legend))


def _move(t: Texts, item: Facts, most: int) -> str:
    reasons = reasons_in_words(t, [_reason(each) for each in item["reasons"]])
    moved = t(
        "On {date} the place was {before}, now it is {after}.",
        date=t.day(datetime.fromisoformat(item["since"])),
        before=item["before"],
        after=item["after"],
    )
    more = ["…"] if len(reasons) > most else []
    return lines(_whose(t, item), moved, *reasons[:most], *more)


def _reason(data: Facts) -> Reason:
    return Reason(
        EventKind(data["kind"]), QueueClass(data["class"]), data["count"], data["places"], data["own"]
    )


def _mark(t: Texts, data: Facts) -> str:
    items = data["items"]
    said = [lines(_at_mark(t, each), _whose(t, each)) for each in items[:MOST]]
    return "\n\n".join((*said, *_more(t, items)))


def _at_mark(t: Texts, item: Facts) -> str:
    if item["place"] == 1:
        return t("The application is the first of the queue now: its place is 1.")
    return t(
        "The place in the queue is {place} now: it has come to the first {mark}.",
        place=item["place"],
        mark=item["mark"],
    )


def _whose(t: Texts, item: Facts) -> str:
    return lines(which(t, item), child(t, item))


def _more(t: Texts, items: Sequence[Facts]) -> tuple[str, ...]:
    if len(items) <= MOST:
        return ()
    number = len(items) - MOST
    return (t.many("and {number} more application", "and {number} more applications", number),)


def _ways(t: Texts, data: Facts) -> tuple[Row, ...]:
    often: Row = (Button(t("How often?"), action("placenews")),)
    items = data["items"]
    if len(items) > 1:
        return ((Button(t("My applications"), action("my")),), often)
    of = items[0]["application"]
    return (
        (Button(t("Why did it move?"), action("why", of)),),
        (Button(t("Show the application"), action("own", of)),),
        often,
    )


NOTICES: Mapping[Told, Notice] = {
    Told.PLACE_MOVED: Notice(_moved, _ways),
    Told.PLACE_MARK: Notice(_mark, _ways),
}
