"""Ids written briefly: a button that names a view of a list holds several of them in its 64 bytes."""

from bot.conversation.actions import Outdated
from storage.types import LARGEST_ID

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LONGEST = 11


def short(number: int) -> str:
    """A number in at most 11 letters and digits. Raises ValueError below 0 or for one that is no id."""
    if not 0 <= number <= LARGEST_ID:
        raise ValueError(number)
    text = ""
    while number or not text:
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text


def long(text: str) -> int:
    """The number written so. Raises Outdated for what is none that could be an id."""
    if not 0 < len(text) <= _LONGEST:
        raise Outdated
    number = 0
    for letter in text:
        digit = _DIGITS.find(letter)
        if digit < 0:
            raise Outdated
        number = number * len(_DIGITS) + digit
    if number > LARGEST_ID:
        raise Outdated
    return number
