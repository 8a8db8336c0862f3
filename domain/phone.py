"""A mobile number of Kazakhstan: what an application names and codes are sent to [000]."""

import re
from dataclasses import dataclass, field
from typing import Self

import phonenumbers
from phonenumbers import PhoneNumberType

from domain.errors import PhoneMalformed, PhoneNotMobile
from domain.separators import without_separators

_COUNTRY = "KZ"
_SHAPE = re.compile(r"\+7[0-9]{10}")
_LONGEST = 15  # digits, of any number in the world (E.164)


@dataclass(frozen=True, slots=True)
class Phone:
    """A mobile number in E.164: `+77015550101`. Shown anywhere else it is masked.

    Raises PhoneMalformed when it is not written so; `parse` also knows which are mobile.
    """

    e164: str = field(repr=False)

    def __post_init__(self) -> None:
        # Only the shape: a number confirmed once stays a number, whatever ranges a later
        # edition of the numbering plan knows.
        if not _SHAPE.fullmatch(self.e164):
            raise PhoneMalformed(length=len(self.e164), only_digits=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number a person typed or a messenger gave: `8 701…`, `+7 701…`, `7701…`, `701…`.

        Spaces and dashes are dropped. Raises PhoneMalformed or PhoneNotMobile.
        """
        return cls(_e164(without_separators(text)))

    @property
    def masked(self) -> str:
        """The number for eyes that need not see it: the last two digits."""
        return "+7" + "•" * 8 + self.e164[-2:]

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"Phone({self.masked})"


def _e164(text: str) -> str:
    digits = text.removeprefix("+")
    only_digits = digits.isascii() and digits.isdigit()
    if not only_digits or len(digits) > _LONGEST:
        raise PhoneMalformed(length=len(digits), only_digits=only_digits)
    try:
        number = phonenumbers.parse(text, _COUNTRY)
    except phonenumbers.NumberParseException:
        raise PhoneMalformed(length=len(digits), only_digits=True) from None
    if not phonenumbers.is_valid_number(number):
        raise PhoneMalformed(length=len(digits), only_digits=True)
    of_kazakhstan = phonenumbers.region_code_for_number(number) == _COUNTRY
    if not of_kazakhstan or phonenumbers.number_type(number) != PhoneNumberType.MOBILE:
        raise PhoneNotMobile(of_kazakhstan=of_kazakhstan)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
