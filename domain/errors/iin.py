"""What was typed is no IIN, or no number of an identity document."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors.base import Refused


class IinRefused(Refused):
    """What was typed is no IIN."""


@dataclass(unsafe_hash=True)
class IinMalformed(IinRefused):
    """Not twelve digits. `length` counts what is left without spaces and dashes."""

    length: int
    only_digits: bool


@dataclass(unsafe_hash=True)
class IinBadCentury(IinRefused):
    """The seventh digit, of century and sex, is not 1..6."""

    digit: int


@dataclass(unsafe_hash=True)
class IinBadDate(IinRefused):
    """The first six digits are no date of that century."""


@dataclass(unsafe_hash=True)
class IinBadCheckDigit(IinRefused):
    """The last digit does not follow from the first eleven."""


@dataclass(unsafe_hash=True)
class DocumentMalformed(Refused):
    """No number of an identity document: wrong length or foreign characters."""

    length: int
    only_letters_and_digits: bool
