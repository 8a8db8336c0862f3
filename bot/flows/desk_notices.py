"""Notices about what a kindergarten's desk did with a seat, in words.

`kindergarten`, `group` and `address` tell where, `referral` is its number, `through` its last day (ISO),
`starts_on` that of the contract, `reason` what staff wrote. `referred`: a referral was there, not a hold.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.texts import Texts
from domain.notice import Told

Facts = Mapping[str, Any]


def to_bring(t: Texts) -> str:
    """What a parent takes along [001, 004]."""
    return t("Bring both identity documents, the medical certificate and the referral: this message is it.")


def _issued(t: Texts, data: Facts) -> str:
    lines = (
        t(
            "Application № {number}: referral № {referral} is issued.",
            number=data["number"],
            referral=data["referral"],
        ),
        _where(t, data),
        t("Address: {address}", address=data["address"]) if data.get("address") else "",
        t("Valid through {day}.", day=_day(t, data, "through")),
        to_bring(t),
        t("A referral that is not used in time puts the application on the stop-list."),
    )
    return "\n".join(filter(None, lines))


def _declined(t: Texts, data: Facts) -> str:
    return "\n".join(
        (
            t("Application № {number}: the kindergarten has declined it.", number=data["number"]),
            _where(t, data),
            _reason(t, data),
            _as_before(t),
        )
    )


def _enrolled(t: Texts, data: Facts) -> str:
    return "\n".join(
        (
            t("Application № {number}: the contract is signed. Congratulations!", number=data["number"]),
            _where(t, data),
            t("The first day: {day}.", day=_day(t, data, "starts_on")),
        )
    )


def _refused(t: Texts, data: Facts) -> str:
    first = t(
        "Application № {number}: the kindergarten did not sign a contract by referral № {referral}.",
        number=data["number"],
        referral=data["referral"],
    )
    return "\n".join((first, _where(t, data), _reason(t, data), _as_before(t)))


def _did_not_come(t: Texts, data: Facts) -> str:
    first = t(
        "Application № {number}: the kindergarten noted that nobody came with referral № {referral}, "
        "which was good through {day}.",
        number=data["number"],
        referral=data["referral"],
        day=_day(t, data, "through"),
    )
    return "\n".join((first, _where(t, data), t("If that is not so, please write to the operator.")))


def _recalled(t: Texts, data: Facts) -> str:
    if data.get("referred"):
        first = t(
            "Application № {number}: the kindergarten has recalled the seat, and the referral is over.",
            number=data["number"],
        )
    else:
        first = t("Application № {number}: the kindergarten has recalled the seat.", number=data["number"])
    return "\n".join((first, _where(t, data), _reason(t, data), _as_before(t)))


def _extension_revoked(t: Texts, data: Facts) -> str:
    first = t(
        "Application № {number}: the education department revoked the extension of referral № {referral}.",
        number=data["number"],
        referral=data["referral"],
    )
    return "\n".join(
        (first, _reason(t, data), t("It is valid through {day} now.", day=_day(t, data, "through")))
    )


def _where(t: Texts, data: Facts) -> str:
    return t(
        "Kindergarten {kindergarten}, group {group}.", kindergarten=data["kindergarten"], group=data["group"]
    )


def _reason(t: Texts, data: Facts) -> str:
    return t("Reason: {reason}", reason=data["reason"])


def _as_before(t: Texts) -> str:
    return t("You are waiting for a place again, with the same date. Nothing is lost.")


def _day(t: Texts, data: Facts, name: str) -> str:
    return t.day(date.fromisoformat(data[name]))


def _application(t: Texts, data: Facts) -> tuple[Row, ...]:
    if "application" not in data:
        return ()
    return ((Button(t("Show the application"), action("own", data["application"])),),)


def _referral(t: Texts, data: Facts) -> tuple[Row, ...]:
    if "application" not in data:
        return ()
    return ((Button(t("My referrals"), action("referral", data["application"])),),)


def _with_operator(t: Texts, data: Facts) -> tuple[Row, ...]:
    return (*_application(t, data), (Button(t("Operator"), action("operator")),))


WORDS: Mapping[Told, Callable[[Texts, Facts], str]] = {
    Told.REFERRAL_ISSUED: _issued,
    Told.SENT_DECLINED: _declined,
    Told.ENROLLED: _enrolled,
    Told.REFUSED_AT_DESK: _refused,
    Told.DID_NOT_COME: _did_not_come,
    Told.SEAT_RECALLED: _recalled,
    Told.EXTENSION_REVOKED: _extension_revoked,
}
BUTTONS: Mapping[Told, Callable[[Texts, Facts], tuple[Row, ...]]] = {
    Told.REFERRAL_ISSUED: _referral,
    Told.ENROLLED: _application,
    **dict.fromkeys(
        (
            Told.SENT_DECLINED,
            Told.REFUSED_AT_DESK,
            Told.DID_NOT_COME,
            Told.SEAT_RECALLED,
            Told.EXTENSION_REVOKED,
        ),
        _with_operator,
    ),
}
