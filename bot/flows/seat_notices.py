"""Notices about what a parent did with a seat, in words.

`kindergarten`, `group` and `address` tell where, `referral` is its number, `through` its last day (ISO),
`until` since when the department may answer; `other`: the other parent did it.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.texts import Texts
from domain.notice import Told

Facts = Mapping[str, Any]


def _sent(t: Texts, data: Facts) -> str:
    until = t.moment(datetime.fromisoformat(data["until"]))
    return _lines(
        _first(
            data,
            t("Application № {number} was sent to the kindergarten.", number=data["number"]),
            t("The other parent has sent application № {number} to a kindergarten.", number=data["number"]),
        ),
        _where(t, data),
        t("The seat is kept for you until the kindergarten answers. You are told at once."),
        t(
            "If it does not answer by {moment}, the education department can. You lose nothing by it.",
            moment=until,
        ),
    )


def _taken_back(t: Texts, data: Facts) -> str:
    return _lines(
        _first(
            data,
            t("What was sent with application № {number} is taken back.", number=data["number"]),
            t(
                "The other parent has taken back what was sent with application № {number}.",
                number=data["number"],
            ),
        ),
        _where(t, data),
        t("It is waiting for a place again, with the same date."),
    )


def _extended(t: Texts, data: Facts) -> str:
    return _lines(
        _first(
            data,
            t("Referral № {referral} is extended.", referral=data["referral"]),
            t("The other parent has extended referral № {referral}.", referral=data["referral"]),
        ),
        _where(t, data),
        t("It is valid through {day} now.", day=t.day(date.fromisoformat(data["through"]))),
    )


def _given_up(t: Texts, data: Facts) -> str:
    return _lines(
        _first(
            data,
            t("Referral № {referral} is given up.", referral=data["referral"]),
            t("The other parent has given up referral № {referral}.", referral=data["referral"]),
        ),
        _where(t, data),
        t("The application is waiting for a place again, with the same date."),
    )


def _first(data: Facts, own: str, others: str) -> str:
    return others if data.get("other") else own


def _where(t: Texts, data: Facts) -> str:
    return t(
        "Kindergarten {kindergarten}, group {group}.", kindergarten=data["kindergarten"], group=data["group"]
    )


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def _in_hand(t: Texts, data: Facts) -> tuple[Row, ...]:
    if "application" not in data:
        return ()
    return ((Button(t("My referrals"), action("referral", data["application"])),),)


def _application(t: Texts, data: Facts) -> tuple[Row, ...]:
    if "application" not in data:
        return ()
    return ((Button(t("Show the application"), action("own", data["application"])),),)


WORDS: Mapping[Told, Callable[[Texts, Facts], str]] = {
    Told.SENT: _sent,
    Told.SENT_TAKEN_BACK: _taken_back,
    Told.REFERRAL_EXTENDED: _extended,
    Told.REFERRAL_GIVEN_UP: _given_up,
}
BUTTONS: Mapping[Told, Callable[[Texts, Facts], tuple[Row, ...]]] = {
    Told.SENT: _in_hand,
    Told.SENT_TAKEN_BACK: _application,
    Told.REFERRAL_EXTENDED: _in_hand,
    Told.REFERRAL_GIVEN_UP: _application,
}
