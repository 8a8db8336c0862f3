"""Reminders in words: before a referral ends, before a hold does, on the last evening of an access.

Beside the common facts: `claim`, of the hold; `extend`, the referral's id, where an extension is left;
`house`, the kindergarten's id.
"""

from collections.abc import Mapping
from datetime import datetime

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
    to_application,
    to_places,
    to_referrals,
    where,
    which,
)
from bot.texts import Texts
from domain.notice import Told


def _ends_soon(t: Texts, data: Facts) -> str:
    first = t(
        "Referral № {referral} ends soon. Its last day is {day}.", referral=data["referral"], day=day(t, data)
    )
    return _about_referral(t, data, first, t("Please sign the contract at the kindergarten by then."))


def _ends_today(t: Texts, data: Facts) -> str:
    first = t(
        "Today, {day}, is the last day of referral № {referral}.", referral=data["referral"], day=day(t, data)
    )
    return _about_referral(t, data, first, t("It is good until midnight."))


def _about_referral(t: Texts, data: Facts, *said: str) -> str:
    longer = t("If you need more time, extend it.") if "extend" in data else ""
    cost = t("A referral that is not used in time puts the application on the stop-list.")
    return lines(*said, longer, cost, where(t, data), which(t, data), child(t, data))


def _hold_ends(t: Texts, data: Facts) -> str:
    return lines(
        t(
            "The seat is yours to confirm until {time} only.",
            time=t.time(datetime.fromisoformat(data["until"])),
        ),
        where(t, data),
        which(t, data),
        child(t, data),
    )


def _access_ends(t: Texts, data: Facts) -> str:
    return lines(
        t("Free seats are open to you as one of the first only until {moment}.", moment=moment(t, data)),
        t("After that they are open to everyone. A missed access costs nothing: place and date stay."),
        which(t, data),
        child(t, data),
    )


def _extend(t: Texts, data: Facts) -> tuple[Row, ...]:
    if "extend" not in data:
        return ()
    return ((Button(t("Extend it"), action("extend", data["extend"])),),)


def _on_the_map(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("On the map"), action("housepin", data["house"])),),)


def _confirm(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Confirm"), action("confirmseat", data["claim"])),),)


def _let_go(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Let it go"), action("letgo", data["claim"])),),)


_ENDING = all_of(_extend, _on_the_map, to_referrals)
NOTICES: Mapping[Told, Notice] = {
    Told.ACCESS_ENDS: Notice(_access_ends, all_of(to_places, to_application)),
    Told.HOLD_ENDS: Notice(_hold_ends, all_of(_confirm, _let_go)),
    Told.REFERRAL_ENDS_SOON: Notice(_ends_soon, _ENDING),
    Told.REFERRAL_ENDS_TODAY: Notice(_ends_today, _ENDING),
}
