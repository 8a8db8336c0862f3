"""Notices of what came by itself, in words: access opened, time that ran out, the stop-list, silence.

The facts: `number`, the application's; `child`, the name; `until`, an ISO instant; `kindergarten` and
`group`, of the seat; `referral`, a referral's number; `through`, its last day (ISO); `place`, where the
application stands now.
"""

from collections.abc import Mapping

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.notices.parts import (
    Facts,
    Notice,
    all_of,
    child,
    day,
    lines,
    moment,
    place,
    to_application,
    to_operator,
    to_places,
    to_referrals,
    where,
    which,
)
from bot.texts import Texts
from domain.notice import Told


def _access_opened(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("Free seats are open to you as one of the first until {moment}.", moment=moment(t, data)),
        which(t, data),
        t("After that they are open to everyone. A missed access costs nothing: place and date stay."),
    )


def _hold_gone(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("The seat was not confirmed in time: it is free again."),
        _seat(t, data),
        t("Application № {number} keeps its place.", number=data["number"]),
    )


def _expired(t: Texts, data: Facts) -> str:
    said = [t("The referral was not used in time: it has ended."), _seat(t, data)]
    if data.get("until"):
        said.append(
            t(
                "Application № {number} is on the stop-list until {moment}. It keeps its date.",
                number=data["number"],
                moment=moment(t, data),
            )
        )
    else:
        said.append(t("Application № {number} waits for a seat again.", number=data["number"]))
    return _lines(t, data, *said)


def _suspension_over(t: Texts, data: Facts) -> str:
    first = t("The stop-list is over: application № {number} waits for a seat again.", number=data["number"])
    return _lines(t, data, first, place(t, data))


def _longer(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("Days off were declared, so referral № {referral} has become longer.", referral=data["referral"]),
        t("It is valid through {day} now.", day=day(t, data)),
        which(t, data),
    )


def _shorter(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("Days off were taken back, so the stop-list has become shorter."),
        t(
            "Application № {number} is on the stop-list until {moment}. It keeps its date.",
            number=data["number"],
            moment=moment(t, data),
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
            moment=moment(t, data),
        ),
    )


def _paused_by_silence(t: Texts, data: Facts) -> str:
    return _lines(
        t,
        data,
        t("Application № {number} is paused, as nothing was heard of you.", number=data["number"]),
        t("Place and date stay; meanwhile no seats are offered."),
    )


def _lines(t: Texts, data: Facts, *said: str) -> str:
    return lines(*said, child(t, data))


def _seat(t: Texts, data: Facts) -> str:
    return where(t, data) if data.get("kindergarten") else ""


def _answers(t: Texts, data: Facts) -> tuple[Row, ...]:
    of = data["application"]
    return (
        (Button(t("Yes, still wanted"), action("wanted", of)),),
        (Button(t("Let others go ahead"), action("pause", of)),),
    )


def _goes_on(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Take part again"), action("goon", data["application"])),),)


NOTICES: Mapping[Told, Notice] = {
    Told.ACCESS_OPENED: Notice(_access_opened, all_of(to_places, to_application)),
    Told.HOLD_GONE: Notice(_hold_gone, all_of(to_places, to_application)),
    Told.REFERRAL_EXPIRED: Notice(_expired, to_application),
    Told.SUSPENSION_OVER: Notice(_suspension_over, to_application),
    Told.REFERRAL_LONGER: Notice(_longer, to_referrals),
    Told.SUSPENSION_SHORTER: Notice(_shorter, to_application),
    Told.AGED_OUT: Notice(_aged_out, all_of(to_application, to_operator)),
    Told.SILENCE_ASKED: Notice(_silence_asked, _answers),
    Told.PAUSED_BY_SILENCE: Notice(_paused_by_silence, _goes_on),
}
