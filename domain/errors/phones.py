"""A phone that can't be taken."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors.base import Refused


class PhoneRefused(Refused):
    """What was typed cannot be an application's phone."""


@dataclass(unsafe_hash=True)
class PhoneMalformed(PhoneRefused):
    """No telephone number. `length` counts what is left without spaces and dashes."""

    length: int
    only_digits: bool


@dataclass(unsafe_hash=True)
class PhoneNotMobile(PhoneRefused):
    """A telephone number, but no mobile one of Kazakhstan: a code could not reach it."""

    of_kazakhstan: bool


@dataclass(unsafe_hash=True)
class PhoneConfirmedAlready(PhoneRefused):
    """The number is one of this parent's confirmed phones."""
