"""Why a form was not taken, in words, beside the field that it is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.texts import Texts
from bot.web.console.fields import FieldFault, FieldWrong
from domain.errors import (
    ActivationRefused,
    AlreadyDecided,
    AlreadyPublished,
    AlreadyRecalled,
    AnsweredMeanwhile,
    CannotTake,
    ContractTooEarly,
    DrivenByAnother,
    GroupClosed,
    NobodyListens,
    NoContract,
    NoPolicyInForce,
    NotDriving,
    NothingToRevoke,
    NothingWaits,
    ReadyAnswerChanged,
    ReadyAnswerFault,
    ReadyAnswerRefused,
    ReasonBadLength,
    ReferralOver,
    ReferralStillValid,
    Refused,
    ReviewChanged,
    SeatsOutOfRange,
    TakenByAnother,
    TooManyTries,
    WhisperForbidden,
    WhisperOutdated,
    WordsBadLength,
)

REASON, SEATS, STARTS_ON, TEXT = "reason", "seats", "starts_on", "text"


@dataclass(frozen=True, slots=True)
class Trouble:
    """`field` is "" for what is about the page as a whole; `status` of the answer."""

    words: str
    field: str = ""
    status: int = 409


_FIELDS: Mapping[type[Refused], str] = {
    ReasonBadLength: REASON,
    SeatsOutOfRange: SEATS,
    ContractTooEarly: STARTS_ON,
    WordsBadLength: TEXT,
}
_STATUSES: Mapping[type[Refused], int] = {TooManyTries: 429}


def _of_ready_answer(t: Texts, error: ReadyAnswerRefused) -> str:
    if error.fault is ReadyAnswerFault.BRACES:
        return t("A brace is left open: what is filled in stands between two of them.")
    return t("“{blank}” can't be filled in: the list below has what can.", blank=error.blank)


_WORDS: Mapping[type[Refused], Callable[[Texts, Any], str]] = {
    TooManyTries: lambda t, error: t(
        "That is enough for now. Again from {time} on.", time=t.time(error.again_at)
    ),
    AlreadyDecided: lambda t, _: t(
        "Something has changed here meanwhile. This is how it stands now; nothing was overwritten."
    ),
    ReviewChanged: lambda t, _: t(
        "This review was changed, decided or taken away meanwhile. Nothing was overwritten."
    ),
    ReadyAnswerChanged: lambda t, _: t(
        "A colleague has changed this answer meanwhile. This is how it stands now; nothing was overwritten."
    ),
    ReadyAnswerRefused: _of_ready_answer,
    ReasonBadLength: lambda t, error: t(
        "The parents will read the reason: {shortest} to {longest} characters.",
        shortest=error.shortest,
        longest=error.longest,
    ),
    SeatsOutOfRange: lambda t, error: (
        t("From 1 to {most} seats.", most=error.most) if error.most else t("There is no room for more seats.")
    ),
    GroupClosed: lambda t, _: t("This group is closed."),
    AlreadyPublished: lambda t, error: t(
        "It is published since {moment} and can only be recalled now.", moment=t.moment(error.publish_at)
    ),
    AlreadyRecalled: lambda t, _: t("It was recalled already."),
    NoPolicyInForce: lambda t, _: t("No rules are in force in this territory. Please tell your department."),
    ActivationRefused: lambda t, error: t(
        "The kindergarten may still answer; the department from {moment}.", moment=t.moment(error.since)
    ),
    ReferralOver: lambda t, error: t("The referral was over at {moment}.", moment=t.moment(error.at)),
    ReferralStillValid: lambda t, error: t(
        "The referral is good until {moment}: the parents may still come.", moment=t.moment(error.until)
    ),
    NoContract: lambda t, _: t("No contract was signed by this referral."),
    NothingToRevoke: lambda t, _: t("There is no extension to be revoked."),
    NothingWaits: lambda t, _: t("No question is open here any more: it was closed meanwhile."),
    TakenByAnother: lambda t, _: t("A colleague has taken this question meanwhile. Nothing was changed."),
    CannotTake: lambda t, _: t(
        "This colleague can't take it: not on duty any more, or without rights there."
    ),
    ContractTooEarly: lambda t, error: t(
        "The seat is empty from {day}: no contract starts before.", day=t.day(error.released_on)
    ),
    DrivenByAnother: lambda t, error: t(
        "A colleague talks with this parent now, until {time} if nothing more is said.",
        time=t.time(error.until),
    ),
    AnsweredMeanwhile: lambda t, _: t(
        "A colleague has answered meanwhile: read that first. What you wrote stands below and was not sent."
    ),
    NobodyListens: lambda t, _: t("This parent uses no messenger now: nobody would read it here."),
    NotDriving: lambda t, _: t("You do not talk in the bot's stead any more."),
    WhisperOutdated: lambda t, _: t(
        "The bot waits for something else by now, or the parent has decided already."
    ),
    WhisperForbidden: lambda t, _: t("Only the parent can take this step."),
    WordsBadLength: lambda t, error: t(
        "From {shortest} to {longest} characters.", shortest=error.shortest, longest=error.longest
    ),
}


def trouble_of(t: Texts, error: Refused | FieldWrong) -> Trouble:
    """Raises the refusal itself when it has no words: that would be a slip of ours."""
    if isinstance(error, FieldWrong):
        return Trouble(_of_field(t, error), error.name, 422)
    kind = type(error)
    if kind not in _WORDS:
        raise error
    field = f"text_{error.language}" if isinstance(error, ReadyAnswerRefused) else _FIELDS.get(kind, "")
    status = _STATUSES.get(kind, 422 if field else 409)
    return Trouble(_WORDS[kind](t, error), field, status)


def _of_field(t: Texts, error: FieldWrong) -> str:
    match error.fault:
        case FieldFault.MISSING:
            return t("Please fill this in.")
        case FieldFault.TOO_LONG:
            return t("At most {most} characters.", most=error.high)
        case FieldFault.NO_NUMBER:
            return t("Please type a whole number.")
        case FieldFault.OUT_OF_RANGE:
            return t("From {low} to {high}.", low=error.low, high=error.high)
        case FieldFault.NO_DAY:
            return t("Please choose a day.")
        case FieldFault.DAY_OUT_OF_RANGE:
            assert isinstance(error.low, date)
            assert isinstance(error.high, date)
            return t("From {low} to {high}.", low=t.day(error.low), high=t.day(error.high))
        case FieldFault.NO_TEXT:
            return t("There are characters in it that can't be shown.")
