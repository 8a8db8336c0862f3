"""What somebody of the staff can't do with a login."""

from __future__ import annotations

from domain.errors.base import Refused


class SigningRefused(Refused):
    """Nothing of the login was changed."""


class OwnPasswordWrong(SigningRefused):
    """Not the present password of whoever is signed in."""


class LoginInPassword(SigningRefused):
    """The login stands in the new password: that is what is guessed first."""


class SecondStepWrong(SigningRefused):
    """Not the code of this half minute, or used already, and no recovery code either."""


class OwnLogin(SigningRefused):
    """Nobody unlocks themselves or shuts themselves out."""
