"""Refusals about phones, passwords and who somebody is, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.texts import Texts
from domain import errors
from domain.errors import Refused, UndoFault


def _bad_length(t: Texts, refusal: errors.PasswordBadLength) -> str:
    if refusal.length < refusal.least:
        return t("This is too short: a password has at least {number} characters.", number=refusal.least)
    return t("This is too long: a password has at most {number} characters.", number=refusal.most)


def _undo_not_allowed(t: Texts, refusal: errors.UndoNotAllowed) -> str:
    match refusal.reason:
        case UndoFault.NOT_THE_OLD_NUMBER:
            return t("No cabinet had this number before another took its place. There is nothing to undo.")
        case UndoFault.TOO_LATE:
            return t(
                "The change was made more than 72 hours ago and can't be undone here any more. "
                "The contact centre helps: bring your identity document."
            )
        case UndoFault.ALREADY_UNDONE:
            return t("This change was undone already.")


WORDS: Mapping[type[Refused], Callable[[Texts, Any], str]] = {
    errors.PhonesMissing: lambda t, _: t("One more phone is needed here."),
    errors.PhoneConfirmedAlready: lambda t, _: t(
        "This number is confirmed already. Please give another one."
    ),
    errors.ProofNeeded: lambda t, _: t("This does not show who you are any more. Please begin again."),
    errors.PasswordBadLength: _bad_length,
    errors.PasswordWrong: lambda t, refusal: t.many(
        "The password is not right. {number} try is left.",
        "The password is not right. {number} tries are left.",
        refusal.tries_left,
    ),
    errors.PasswordUnchanged: lambda t, _: t("This is the present password. Please choose another one."),
    errors.PasswordsDiffer: lambda t, _: t(
        "That is not what you typed first. Type it once more, or go back and choose anew."
    ),
    errors.UndoNotAllowed: _undo_not_allowed,
}
