"""Notices of lists of free seats, in words: one came out, and what is left of it is open to everyone.

The facts: `town`, its name by language; `seats` that fit, and in which `houses` (`more_houses` are not
named); `opens` and `everyone`, ISO instants; `items`, the applications that they fit; `alerts`, the
subscriptions by which it is told.
"""

from collections.abc import Mapping

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.notices.moved import MOST
from bot.flows.notices.parts import Facts, Notice, child, lines, moment, to_places, which
from bot.texts import Texts
from domain.notice import Told

_LONGEST_NAME = 60


def _published(t: Texts, data: Facts) -> str:
    number, town = data["seats"], _town(t, data)
    first = t.many(
        "{town}: {number} free seat has come out that fits you.",
        "{town}: {number} free seats have come out that fit you.",
        number,
        town=town,
    )
    course = lines(
        t("{moment}: open to the first of the queue. They are told.", moment=moment(t, data, "opens")),
        t("{moment}: open to everyone.", moment=moment(t, data, "everyone")),
    )
    return "\n\n".join((lines(first, _houses(t, data)), course, *_whose(t, data)))


def _to_everyone(t: Texts, data: Facts) -> str:
    number, town = data["seats"], _town(t, data)
    first = t.many(
        "{town}: {number} free seat that fits you is open to everyone now.",
        "{town}: {number} free seats that fit you are open to everyone now.",
        number,
        town=town,
    )
    served = t("First come, first served, day and night.")
    return "\n\n".join((lines(first, _houses(t, data)), served, *_whose(t, data)))


def _town(t: Texts, data: Facts) -> str:
    names: Mapping[str, str] = data["town"]
    return names.get(t.language) or next(iter(names.values()), "")


def _houses(t: Texts, data: Facts) -> str:
    names = [f"• {name[:_LONGEST_NAME]}" for name in data["houses"]]
    return "\n".join((*names, *(["…"] if data["more_houses"] else [])))


def _whose(t: Texts, data: Facts) -> tuple[str, ...]:
    return tuple(lines(which(t, each), child(t, each)) for each in data["items"][:MOST])


def _ways(t: Texts, data: Facts) -> tuple[Row, ...]:
    if not data["alerts"]:
        return to_places(t, data)
    first = data["alerts"][0]
    seats: Row = (Button(t("Show what is free"), action("alert", first, "seats")),)
    if len(data["alerts"]) == 1:
        return (seats, (Button(t("End this alert"), action("alert", first, "end")),))
    return (seats, (Button(t("My alerts"), action("alerts")),))


NOTICES: Mapping[Told, Notice] = {
    Told.LIST_PUBLISHED: Notice(_published, _ways),
    Told.OPEN_TO_EVERYONE: Notice(_to_everyone, _ways),
}
