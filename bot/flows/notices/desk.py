"""Notices about what a kindergarten's desk did with a seat, in words.

`kindergarten`, `group` and `address` tell where, `referral` is its number, `through` its last day (ISO),
`starts_on` that of the contract, `reason` what staff wrote. `referred`: a referral was there, not a hold.
"""

from collections.abc import Mapping

from bot.flows.notices.parts import (
    Facts,
    Notice,
    all_of,
    day,
    lines,
    reason,
    to_application,
    to_calendar,
    to_operator,
    to_referrals,
    where,
)
from bot.flows.to_bring import in_a_row
from bot.texts import Texts
from domain.notice import Told


def _issued(t: Texts, data: Facts) -> str:
    return lines(
        t(
            "Application № {number}: referral № {referral} is issued.",
            number=data["number"],
            referral=data["referral"],
        ),
        where(t, data),
        t("Address: {address}", address=data["address"]) if data.get("address") else "",
        t("Valid through {day}.", day=day(t, data)),
        t("Bring: {things}. This message is the referral.", things=in_a_row(t)),
        t("A referral that is not used in time puts the application on the stop-list."),
    )


def _declined(t: Texts, data: Facts) -> str:
    return lines(
        t("Application № {number}: the kindergarten has declined it.", number=data["number"]),
        where(t, data),
        reason(t, data),
        _as_before(t),
    )


def _enrolled(t: Texts, data: Facts) -> str:
    return lines(
        t("Application № {number}: the contract is signed. Congratulations!", number=data["number"]),
        where(t, data),
        t("The first day: {day}.", day=day(t, data, "starts_on")),
    )


def _refused(t: Texts, data: Facts) -> str:
    first = t(
        "Application № {number}: the kindergarten did not sign a contract by referral № {referral}.",
        number=data["number"],
        referral=data["referral"],
    )
    return lines(first, where(t, data), reason(t, data), _as_before(t))


def _did_not_come(t: Texts, data: Facts) -> str:
    first = t(
        "Application № {number}: the kindergarten noted that nobody came with referral № {referral}, "
        "which was good through {day}.",
        number=data["number"],
        referral=data["referral"],
        day=day(t, data),
    )
    return lines(first, where(t, data), t("If that is not so, please write to the operator."))


def _left(t: Texts, data: Facts) -> str:
    return lines(
        t("Application № {number}: the kindergarten noted that the child leaves.", number=data["number"]),
        where(t, data),
        t("The last day there: {day}.", day=day(t, data)),
        t("If that is not so, please write to the operator."),
    )


def _recalled(t: Texts, data: Facts) -> str:
    if data.get("referred"):
        first = t(
            "Application № {number}: the kindergarten has recalled the seat, and the referral is over.",
            number=data["number"],
        )
    else:
        first = t("Application № {number}: the kindergarten has recalled the seat.", number=data["number"])
    return lines(first, where(t, data), reason(t, data), _as_before(t))


def _extension_revoked(t: Texts, data: Facts) -> str:
    first = t(
        "Application № {number}: the education department revoked the extension of referral № {referral}.",
        number=data["number"],
        referral=data["referral"],
    )
    return lines(first, reason(t, data), t("It is valid through {day} now.", day=day(t, data)))


def _referral_revoked(t: Texts, data: Facts) -> str:
    first = t(
        "Application № {number}: the education department revoked referral № {referral}.",
        number=data["number"],
        referral=data["referral"],
    )
    return lines(first, where(t, data), reason(t, data), _as_before(t))


def _as_before(t: Texts) -> str:
    return t("You are waiting for a place again, with the same date. Nothing is lost.")


_ASK = all_of(to_application, to_operator)
NOTICES: Mapping[Told, Notice] = {
    Told.REFERRAL_ISSUED: Notice(_issued, all_of(to_referrals, to_calendar)),
    Told.ENROLLED: Notice(_enrolled, to_application),
    Told.SENT_DECLINED: Notice(_declined, _ASK),
    Told.REFUSED_AT_DESK: Notice(_refused, _ASK),
    Told.DID_NOT_COME: Notice(_did_not_come, _ASK),
    Told.CHILD_LEFT: Notice(_left, _ASK),
    Told.SEAT_RECALLED: Notice(_recalled, _ASK),
    Told.EXTENSION_REVOKED: Notice(_extension_revoked, _ASK),
    Told.REFERRAL_REVOKED: Notice(_referral_revoked, _ASK),
}
