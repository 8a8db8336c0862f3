"""Why something about a login was not done, in words, beside the field that it is about."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.texts import Texts
from bot.web.console.fields import FieldWrong
from bot.web.console.own_password import PASSWORD
from bot.web.console.trouble import Trouble, trouble_of
from domain.errors import (
    LoginInPassword,
    OwnLogin,
    OwnPasswordWrong,
    PasswordBadLength,
    PasswordsDiffer,
    PasswordUnchanged,
    Refused,
    SecondStepWrong,
    TooManyTries,
)

NEW, AGAIN, CODE = "new", "again", "code"

_WORDS: Mapping[type[Refused], tuple[str, Callable[[Texts, Any], str]]] = {
    OwnPasswordWrong: (PASSWORD, lambda t, _: t("This is not your present password.")),
    TooManyTries: (
        PASSWORD,
        lambda t, error: t("Too many tries. Try again after {time}.", time=t.time(error.again_at)),
    ),
    PasswordBadLength: (
        NEW,
        lambda t, error: t("From {least} to {most} characters.", least=error.least, most=error.most),
    ),
    PasswordUnchanged: (NEW, lambda t, _: t("This is your present password. Please choose another one.")),
    LoginInPassword: (NEW, lambda t, _: t("Your login stands in it. That is what is guessed first.")),
    PasswordsDiffer: (AGAIN, lambda t, _: t("The two new passwords are different.")),
    SecondStepWrong: (CODE, lambda t, _: t("This code is not right, or it was used already.")),
    OwnLogin: ("", lambda t, _: t("Nobody does that to themselves: another administrator can.")),
}


def login_trouble(t: Texts, error: Refused | FieldWrong) -> Trouble:
    """As `trouble_of`, which is asked for all others."""
    known = _WORDS.get(type(error)) if isinstance(error, Refused) else None
    if known is None:
        return trouble_of(t, error)
    field, words = known
    status = 429 if isinstance(error, TooManyTries) else 422 if field else 409
    return Trouble(words(t, error), field, status)
