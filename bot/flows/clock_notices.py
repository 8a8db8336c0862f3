"""Notices of what came by itself, in words: access opened, time that ran out, the stop-list, silence.

The facts: `number`, the application's; `child`, the name; `until`, an ISO instant; `kindergarten` and
`group`, of the seat; `referral`, a referral's number; `through`, its last day (ISO); `place`, where the
application stands now.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.texts import Texts
from domain.notice import Told

Facts = Mapping[str, Any]


def _access_opened(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("Free seats are open to you as one of the first until {moment}.", moment=_until(t, data)),
        t("Application № {number}", number=data["number"]),
        t("After that they are open to everyone. A missed access costs nothing: place and date stay."),
    )


def _hold_gone(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("The seat was not confirmed in time: it is free again."),
        *_seat(t, data),
        t("Application № {number} keeps its place.", number=data["number"]),
    )


def _expired(t: Texts, data: Facts) -> str:
    lines = [t("The referral was not used in time: it has ended."), *_seat(t, data)]
    if data.get("until"):
        lines.append(
            t(
                "Application № {number} is on the stop-list until {moment}. It keeps its date.",
                number=data["number"],
                moment=_until(t, data),
            )
        )
    else:
        lines.append(t("Application № {number} waits for a seat again.", number=data["number"]))
    return _lines(t, data, *lines)


def _suspension_over(t: Texts, data: Facts) -> str:
    place = [t("Place in the queue: {place}", place=data["place"])] if data.get("place") is not None else []
    first = t("The stop-list is over: application № {number} waits for a seat again.", number=data["number"])
    return _lines(t, data, first, *place)


def _longer(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("Days off were declared, so referral № {referral} has become longer.", referral=data["referral"]),
        t("It is valid through {day} now.", day=t.day(date.fromisoformat(data["through"]))),
        t("Application № {number}", number=data["number"]),
    )


def _shorter(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("Days off were taken back, so the stop-list has become shorter."),
        t(
            "Application № {number} is on the stop-list until {moment}. It keeps its date.",
            number=data["number"],
            moment=_until(t, data),
        ),
    )


def _aged_out(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t(
            "Application № {number} has left the queue: the child is old enough for school.",
            number=data["number"],
        ),
        t("If this is a mistake, write to the operator."),
    )


def _silence_asked(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("Free seats were open to you as one of the first, and nothing was heard of you."),
        t("Is a seat still wanted for application № {number}?", number=data["number"]),
        t(
            "Without an answer it is paused on {moment}. Place and date stay, and one tap ends the pause.",
            moment=_until(t, data),
        ),
    )


def _paused_by_silence(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("Application № {number} is paused, as nothing was heard of you.", number=data["number"]),
        t("Place and date stay; meanwhile no seats are offered."),
    )


def _lines(t: Texts, data: Facts, *lines: str) -> str:
    child = [t("Child: {name}", name=data["child"])] if data.get("child") else []
    return "\n".join((*lines, *child))


def _seat(t: Texts, data: Facts) -> list[str]:
    if not data.get("kindergarten"):
        return []
    return [
        t("Kindergarten: {name}", name=data["kindergarten"]),
        t("Group: {name}", name=data["group"]),
    ]


def _until(t: Texts, data: Facts) -> str:
    return t.moment(datetime.fromisoformat(data["until"]))


def _to_places(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Free places"), action("places")),), *_to_application(t, data))


def _to_application(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Show the application"), action("own", data["application"])),),)


def _answers(t: Texts, data: Facts) -> tuple[Row, ...]:
    of = data["application"]
    return (
        (Button(t("Yes, still wanted"), action("wanted", of)),),
        (Button(t("Let others go ahead"), action("pause", of)),),
    )


def _goes_on(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Take part again"), action("goon", data["application"])),),)


def _to_referral(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("My referrals"), action("referral", data["application"])),),)


def _operator(t: Texts, data: Facts) -> tuple[Row, ...]:
    return (*_to_application(t, data), (Button(t("Operator"), action("operator")),))


WORDS: Mapping[Told, Callable[[Texts, Facts], str]] = {
    Told.ACCESS_OPENED: _access_opened,
    Told.HOLD_GONE: _hold_gone,
    Told.REFERRAL_EXPIRED: _expired,
    Told.SUSPENSION_OVER: _suspension_over,
    Told.REFERRAL_LONGER: _longer,
    Told.SUSPENSION_SHORTER: _shorter,
    Told.AGED_OUT: _aged_out,
    Told.SILENCE_ASKED: _silence_asked,
    Told.PAUSED_BY_SILENCE: _paused_by_silence,
}
BUTTONS: Mapping[Told, Callable[[Texts, Facts], tuple[Row, ...]]] = {
    Told.ACCESS_OPENED: _to_places,
    Told.HOLD_GONE: _to_places,
    Told.REFERRAL_EXPIRED: _to_application,
    Told.SUSPENSION_OVER: _to_application,
    Told.REFERRAL_LONGER: _to_referral,
    Told.SUSPENSION_SHORTER: _to_application,
    Told.AGED_OUT: _operator,
    Told.SILENCE_ASKED: _answers,
    Told.PAUSED_BY_SILENCE: _goes_on,
}
