"""The individual identification number (IIN): what it says and whether it can be real [004]."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Self

from domain.errors import IinBadCentury, IinBadCheckDigit, IinBadDate, IinMalformed
from domain.separators import without_separators

LENGTH = 12
_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_FIRST_CENTURY = 1800
_LAST_CENTURY_DIGIT = 6
_SERIALS = 10_000


class Sex(str, Enum):
    """Sex as the IIN writes it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Iin:
    """A valid IIN. The number itself is only in `digits`; shown anywhere else it is masked.

    Raises IinMalformed, IinBadCentury, IinBadDate or IinBadCheckDigit, in this order.
    """

    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        only_digits = self.digits.isascii() and self.digits.isdigit()
        if len(self.digits) != LENGTH or not only_digits:
            raise IinMalformed(length=len(self.digits), only_digits=only_digits)
        _birth_date(self.digits)
        if _check_digit(self.digits[:11]) != int(self.digits[11]):
            raise IinBadCheckDigit

    @classmethod
    def parse(cls, text: str) -> Self:
        """The IIN a person typed; spaces and dashes are dropped. Raises as the class does."""
        return cls(without_separators(text))

    @property
    def birth_date(self) -> date:
        """The birth date written in the number."""
        return _birth_date(self.digits)

    @property
    def sex(self) -> Sex:
        """The sex written in the number: odd male, even female."""
        return Sex.MALE if int(self.digits[6]) % 2 else Sex.FEMALE

    @property
    def masked(self) -> str:
        """The number for eyes that need not see it: the last four digits."""
        return "•" * 8 + self.digits[-4:]

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"Iin({self.masked})"


def make_iin(birth_date: date, sex: Sex, serial: int) -> Iin | None:
    """The IIN of that person with the serial 0..9999; None where no check digit exists.

    For made-up people. Raises ValueError for a serial or a year that no IIN can write.
    """
    century, year = divmod(birth_date.year - _FIRST_CENTURY, 100)
    if not 0 <= century * 2 < _LAST_CENTURY_DIGIT or not 0 <= serial < _SERIALS:
        raise ValueError(birth_date.year, serial)
    century_digit = century * 2 + (1 if sex is Sex.MALE else 2)
    first = f"{year:02}{birth_date:%m%d}{century_digit}{serial:04}"
    check_digit = _check_digit(first)
    return None if check_digit is None else Iin(f"{first}{check_digit}")


def _birth_date(digits: str) -> date:
    century_digit = int(digits[6])
    if not 1 <= century_digit <= _LAST_CENTURY_DIGIT:
        raise IinBadCentury(century_digit)
    year = _FIRST_CENTURY + (century_digit - 1) // 2 * 100 + int(digits[:2])
    try:
        return date(year, int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        raise IinBadDate from None


def _check_digit(first_eleven: str) -> int | None:
    """The check digit, or None: about one in 120 numbers has none and is never given out."""
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        total = sum(w * int(digit) for w, digit in zip(weights, first_eleven, strict=True))
        if total % 11 != 10:
            return total % 11
    return None
