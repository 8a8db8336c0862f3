"""Why a seat is not taken, in words, each with its date and hour [003, 004]."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.flows.apply.instruction import language_name
from bot.flows.referral_words import ended
from bot.texts import Texts
from domain import errors
from domain.application import Status
from domain.claim import ClaimKind
from domain.errors import Refused
from domain.hold import HoldEnd


def _birth_year(t: Texts, refusal: errors.WrongBirthYear) -> str:
    return t(
        "The group takes children born in {years}.", years=", ".join(map(str, sorted(refusal.birth_years)))
    )


def _not_awaiting(t: Texts, refusal: errors.NotAwaiting) -> str:
    match refusal.status:
        case Status.ENROLLED:
            return t("The child is enrolled in a kindergarten already.")
        case Status.WITHDRAWN:
            return t("The application lies in the archive.")
        case Status.AGED_OUT:
            return t("The child is too old for the queue by now.")
        case _:
            return t("The application does not wait for a seat at present.")


def _other_claim(t: Texts, refusal: errors.OtherClaim) -> str:
    match refusal.kind:
        case ClaimKind.HELD:
            return t("Another seat is held for the child. Let that one go first.")
        case ClaimKind.APPLIED:
            return t("A seat was asked for already, and the kindergarten's answer is awaited.")
        case ClaimKind.REFERRED:
            return t("The child has a referral. Only when that is given up another seat can be taken.")


def _hold_over(t: Texts, refusal: errors.HoldOver) -> str:
    at = t.time(refusal.at)
    match refusal.end:
        case HoldEnd.LAPSED:
            return t("Confirming was possible until {time}: the seat is not held for you any more.", time=at)
        case HoldEnd.LET_GO:
            return t("The seat was let go at {time}.", time=at)
        case HoldEnd.CONFIRMED:
            return t("The seat was confirmed at {time} already.", time=at)
        case HoldEnd.RECALLED:
            return t("The kindergarten has recalled the seat at {time}. This costs you nothing.", time=at)
        case HoldEnd.AGED_OUT:
            return t("The hold ended at {time}: the child is too old for the queue by now.", time=at)
        case HoldEnd.SUSPENDED:
            return t("The hold ended at {time}: the child is on the stop-list.", time=at)
        case HoldEnd.WITHDRAWN:
            return t("The hold ended at {time}, when the application was withdrawn.", time=at)


WORDS: Mapping[type[Refused], Callable[[Texts, Any], str]] = {
    errors.WrongQueue: lambda t, _: t("The seat is of another queue: another place, or the other kind."),
    errors.WrongBirthYear: _birth_year,
    errors.WrongLanguage: lambda t, refusal: t(
        "The group's language is {language}, which the application does not name.",
        language=language_name(t, refusal.language),
    ),
    errors.NotAwaiting: _not_awaiting,
    errors.Suspended: lambda t, refusal: t(
        "The child is on the stop-list until {moment}.", moment=t.moment(refusal.until)
    ),
    errors.Paused: lambda t, _: t("The application is paused. One tap ends the pause."),
    errors.OtherClaim: _other_claim,
    errors.BarredFromBulletin: lambda t, refusal: t(
        "You had a seat of this bulletin on hold just now. At {time} it can be held again.",
        time=t.time(refusal.until),
    ),
    errors.NotOpenYet: lambda t, refusal: t(
        "The list is not open yet: it opens {moment}.", moment=t.moment(refusal.opens_at)
    ),
    errors.OpeningNow: lambda t, _: t("The list is just being opened. Press again in a moment."),
    errors.OnlyForTheFirst: lambda t, refusal: t(
        "The list is open to the first of the queue; to everyone from {moment}.",
        moment=t.moment(refusal.until),
    ),
    errors.SeatGone: lambda t, _: t("No seat is left here."),
    errors.ReferralOver: lambda t, refusal: ended(t, refusal.end, t.moment(refusal.at)),
    errors.AlreadyExtended: lambda t, refusal: t(
        "The referral was extended already, through {date}. It can be extended only once.",
        date=t.day(refusal.last_day),
    ),
    errors.ExtensionOutOfRange: lambda t, refusal: t(
        "An extension is from 1 to {most} days.", most=refusal.most_days
    ),
    errors.ExtensionUnproven: lambda t, _: t("An extension needs at least one document."),
    errors.AlreadyDecided: lambda t, _: t(
        "The kindergarten has answered a moment ago. Here is how things stand now."
    ),
    errors.NoTwins: lambda t, _: t("Two seats at once are for twins only."),
    errors.HoldOver: _hold_over,
}
