"""Notices about what a parent did with a seat, in words.

`kindergarten`, `group` and `address` tell where, `referral` is its number, `through` its last day (ISO),
`until` since when the department may answer; `other`: the other parent did it.
"""

from collections.abc import Mapping

from bot.flows.notices.parts import (
    Facts,
    Notice,
    all_of,
    by_whom,
    day,
    lines,
    moment,
    to_application,
    to_calendar,
    to_referrals,
    where,
)
from bot.texts import Texts
from domain.notice import Told


def _sent(t: Texts, data: Facts) -> str:
    until = moment(t, data)
    return lines(
        by_whom(
            data,
            t("Application № {number} was sent to the kindergarten.", number=data["number"]),
            t("The other parent has sent application № {number} to a kindergarten.", number=data["number"]),
        ),
        where(t, data),
        t("The seat is kept for you until the kindergarten answers. You are told at once."),
        t(
            "If it does not answer by {moment}, the education department can. You lose nothing by it.",
            moment=until,
        ),
    )


def _taken_back(t: Texts, data: Facts) -> str:
    return lines(
        by_whom(
            data,
            t("What was sent with application № {number} is taken back.", number=data["number"]),
            t(
                "The other parent has taken back what was sent with application № {number}.",
                number=data["number"],
            ),
        ),
        where(t, data),
        t("It is waiting for a place again, with the same date."),
    )


def _extended(t: Texts, data: Facts) -> str:
    return lines(
        by_whom(
            data,
            t("Referral № {referral} is extended.", referral=data["referral"]),
            t("The other parent has extended referral № {referral}.", referral=data["referral"]),
        ),
        where(t, data),
        t("It is valid through {day} now.", day=day(t, data)),
    )


def _given_up(t: Texts, data: Facts) -> str:
    return lines(
        by_whom(
            data,
            t("Referral № {referral} is given up.", referral=data["referral"]),
            t("The other parent has given up referral № {referral}.", referral=data["referral"]),
        ),
        where(t, data),
        t("The application is waiting for a place again, with the same date."),
    )


NOTICES: Mapping[Told, Notice] = {
    Told.SENT: Notice(_sent, to_referrals),
    Told.SENT_TAKEN_BACK: Notice(_taken_back, to_application),
    Told.REFERRAL_EXTENDED: Notice(_extended, all_of(to_referrals, to_calendar)),
    Told.REFERRAL_GIVEN_UP: Notice(_given_up, to_application),
}
