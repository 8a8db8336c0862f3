"""The number of an identity document, for a parent who has no IIN [004]."""

from dataclasses import dataclass, field
from typing import Self

from domain.errors import DocumentMalformed
from domain.separators import without_separators

SHORTEST = 5
LONGEST = 20


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """A document's number: 5 to 20 letters and digits, capitals (ours). Masked when shown.

    Nothing is read from it, and the register cannot look it up: staff check it [004].
    Raises DocumentMalformed.
    """

    number: str = field(repr=False)

    def __post_init__(self) -> None:
        plain = all(_is_letter_or_digit(character) for character in self.number)
        if not plain or not SHORTEST <= len(self.number) <= LONGEST:
            raise DocumentMalformed(length=len(self.number), only_letters_and_digits=plain)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number a person typed; spaces and dashes are dropped, letters made capitals."""
        return cls(without_separators(text).upper())

    @property
    def masked(self) -> str:
        """The number for eyes that need not see it: the last two characters."""
        return "•" * (len(self.number) - 2) + self.number[-2:]

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"IdentityDocument({self.masked})"


def _is_letter_or_digit(character: str) -> bool:
    return character.isalpha() or (character.isascii() and character.isdigit())
