"""Notices in words: one table from what was told to what is read, in the reader's language.

The facts of a notice are plain data: `number` and `place` whole numbers, `until` an ISO instant, `name`
what stands on screens of the own. What one of them needs stands beside its kind.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.flows import (
    application_notices,
    clock_notices,
    department_notices,
    desk_notices,
    helper_notices,
    identity_notices,
    joining_notices,
    seat_notices,
    verification_notices,
)
from bot.texts import Texts
from domain.notice import Told

Facts = Mapping[str, Any]
Words = Callable[[Texts, Facts], str]
Buttons = Callable[[Texts, Facts], tuple[Row, ...]]
_NAMES = ("name", "child")
_PERSONAL = (*_NAMES, "reason")


def screen_of(t: Texts, kind: Told, data: Facts) -> Screen:
    """The notice as a message."""
    menu: Row = (Button(t("Menu"), action("menu")),)
    return Screen(in_words(t, kind, data), rows=(*buttons(t, kind, data), menu), fresh=True)


def buttons(t: Texts, kind: Told, data: Facts) -> tuple[Row, ...]:
    """What can be done about it."""
    return BUTTONS[kind](t, data) if kind in BUTTONS else ()


def personal(data: Facts) -> frozenset[str]:
    """What of the facts names somebody: masked where the words are logged."""
    return frozenset(str(data[name]) for name in _PERSONAL if data.get(name))


def by_sms(t: Texts, kind: Told, data: Facts) -> str:
    """The notice as an SMS: it lies open on whosever screen, so it names nobody."""
    return in_words(t, kind, {**data, **{name: "" for name in _NAMES if name in data}})


def in_words(t: Texts, kind: Told, data: Facts) -> str:
    """The notice as it stands in the inbox."""
    return WORDS[kind](t, data)


def moment_in(t: Texts, data: Facts, name: str = "until") -> str:
    """An instant among the facts, as people read it."""
    return t.moment(datetime.fromisoformat(data[name]))


def _registered(t: Texts, data: Facts) -> str:
    if data.get("place") is None:
        return t(
            "Application № {number} is registered. It is on the stop-list for now.", number=data["number"]
        )
    return t(
        "Application № {number} is registered. Place in the queue: {place}.",
        number=data["number"],
        place=data["place"],
    )


def _of_application(name: str, t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(name, action("own", data["application"])),),) if "application" in data else ()


WORDS: Mapping[Told, Words] = {
    Told.REGISTERED: _registered,
    Told.SECOND_PHONE_CONFIRMED: lambda t, _: t(
        "The second phone of your application is confirmed. You can go on."
    ),
    **application_notices.WORDS,
    **clock_notices.WORDS,
    **identity_notices.WORDS,
    Told.EXPORT_MADE: lambda t, data: t(
        "A copy of everything kept about you was made. It can be fetched until {moment}.",
        moment=moment_in(t, data),
    ),
    Told.OTHER_PARENT_ERASED: lambda t, _: t(
        "The other parent has had their own data erased. The applications of your children stay with you."
    ),
    **joining_notices.WORDS,
    **seat_notices.WORDS,
    **department_notices.WORDS,
    **desk_notices.WORDS,
    **verification_notices.WORDS,
    **helper_notices.WORDS,
}
BUTTONS: Mapping[Told, Buttons] = {
    Told.EXPORT_MADE: lambda t, _: ((Button(t("Get the copy"), action("export", "link")),),),
    **application_notices.BUTTONS,
    **clock_notices.BUTTONS,
    **identity_notices.BUTTONS,
    **joining_notices.BUTTONS,
    **seat_notices.BUTTONS,
    **department_notices.BUTTONS,
    **desk_notices.BUTTONS,
    **verification_notices.BUTTONS,
    **helper_notices.BUTTONS,
    Told.REGISTERED: lambda t, data: _of_application(t("Show the application"), t, data),
}
