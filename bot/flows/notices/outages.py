"""Notices about time given back after an outage, in words.

Beside the common facts: `began` and `ended`, ISO instants of the outage; `what` was prolonged; `claim`, of
a hold.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.notices.parts import (
    Facts,
    Notice,
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


def _prolonged(t: Texts, data: Facts) -> str:
    first = t(
        "Our service was not working from {began} to {ended}. We are sorry. You lose nothing by it.",
        began=moment(t, data, "began"),
        ended=moment(t, data, "ended"),
    )
    seat = where(t, data) if data.get("kindergarten") else ""
    return lines(first, _what(t, data), seat, which(t, data), child(t, data))


def _what(t: Texts, data: Facts) -> str:
    match data["what"]:
        case "referral":
            number, through = data["referral"], day(t, data)
            return t("Referral № {referral} is valid through {day} now.", referral=number, day=through)
        case "access":
            until = moment(t, data)
            return t("Free seats stay open to you as one of the first until {moment}.", moment=until)
        case "hold":
            until = t.time(datetime.fromisoformat(data["until"]))
            return t("The seat stays yours to confirm until {time}.", time=until)
        case _:
            return t(
                "Your referral ended meanwhile. The stop-list is lifted: the application waits for a seat "
                "again, with the same date."
            )


def _buttons(t: Texts, data: Facts) -> tuple[Row, ...]:
    match data["what"]:
        case "referral":
            return to_referrals(t, data)
        case "access":
            return (*to_places(t, data), *to_application(t, data))
        case "hold":
            return ((Button(t("Confirm"), action("confirmseat", data["claim"])),),)
        case _:
            return to_application(t, data)


NOTICES: Mapping[Told, Notice] = {Told.PROLONGED: Notice(_prolonged, _buttons)}
