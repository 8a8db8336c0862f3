"""What the words of notices are made of: lines that many of them share, and the buttons under them.

Facts are plain data: `number` and `place` whole numbers, `until` an ISO instant, `through` an ISO day,
`application` its id, `child` and `name` what stands on screens of the own alone ("" in an SMS),
`kindergarten` and `group` of a seat, `referral` its number, `reason` what staff wrote, `other`: the other
parent did it; `items` the same of each of several applications. In an SMS `reason` is missing and
`kept_back` is true.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.texts import Texts

Facts = Mapping[str, Any]
Words = Callable[[Texts, Facts], str]
Buttons = Callable[[Texts, Facts], tuple[Row, ...]]


def nothing(_t: Texts, _data: Facts) -> tuple[Row, ...]:
    """Where there is nothing to be done about it."""
    return ()


class Notice(NamedTuple):
    """One kind of notice: what is said, and what can be done about it."""

    words: Words
    buttons: Buttons = nothing


def lines(*said: str) -> str:
    """One below the other, without those that say nothing."""
    return "\n".join(filter(None, said))


def by_whom(data: Facts, own: str, others: str) -> str:
    """What the reader did, or the other parent."""
    return others if data.get("other") else own


def child(t: Texts, data: Facts) -> str:
    """Whose application it is, where the name is known."""
    return t("Child: {name}", name=data["child"]) if data.get("child") else ""


def which(t: Texts, data: Facts) -> str:
    """Which application."""
    return t("Application № {number}", number=data["number"])


def where(t: Texts, data: Facts) -> str:
    """Which seat, in a sentence."""
    return t(
        "Kindergarten {kindergarten}, group {group}.", kindergarten=data["kindergarten"], group=data["group"]
    )


def reason(t: Texts, data: Facts) -> str:
    """What staff wrote, if anything; in an SMS where it can be read."""
    if data.get("kept_back"):
        return t(
            "The reason can be read in Kezek under “{messages}”; the operator tells it, too.",
            messages=t("Messages"),
        )
    return t("Reason: {reason}", reason=data["reason"]) if data.get("reason") else ""


def place(t: Texts, data: Facts) -> str:
    """Where the application stands, if it does."""
    return t("Place in the queue: {place}", place=data["place"]) if data.get("place") is not None else ""


def moment(t: Texts, data: Facts, name: str = "until") -> str:
    """An instant among the facts, as people read it."""
    return t.moment(datetime.fromisoformat(data[name]))


def day(t: Texts, data: Facts, name: str = "through") -> str:
    """A day among the facts, as people read it."""
    return t.day(date.fromisoformat(data[name]))


def to_application(t: Texts, data: Facts) -> tuple[Row, ...]:
    """The application's page."""
    if "application" not in data:
        return ()
    return ((Button(t("Show the application"), action("own", data["application"])),),)


def to_referrals(t: Texts, data: Facts) -> tuple[Row, ...]:
    """What the application has in hand: from there it is extended, and the way is shown."""
    return ((Button(t("My referrals"), action("referral", data["application"])),),)


def to_calendar(t: Texts, data: Facts) -> tuple[Row, ...]:
    """The last day for the calendar of a phone; not of notices from before there was one."""
    if "calendar" not in data:
        return ()
    return ((Button(t("Add to calendar"), action("calendar", data["calendar"])),),)


def to_places(t: Texts, _data: Facts) -> tuple[Row, ...]:
    """The free places."""
    return ((Button(t("Free places"), action("places")),),)


def to_operator(t: Texts, _data: Facts) -> tuple[Row, ...]:
    """Somebody to ask."""
    return ((Button(t("Operator"), action("operator")),),)


def all_of(*some: Buttons) -> Buttons:
    """The buttons of each, one below the other."""
    return lambda t, data: tuple(row for each in some for row in each(t, data))
