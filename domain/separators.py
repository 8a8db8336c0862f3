"""What people put between the digits of a number, and what is dropped again."""

from unicodedata import category

_MINUS_SIGN = "\N{MINUS SIGN}"  # a mathematical sign to Unicode, a dash to people


def without_separators(text: str) -> str:
    """The text without spaces and dashes of any kind, around and inside (ours)."""
    return "".join(character for character in text if not _is_separator(character))


def _is_separator(character: str) -> bool:
    return character.isspace() or character == _MINUS_SIGN or category(character) == "Pd"
