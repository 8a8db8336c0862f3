"""What a parent may say of the kindergarten the child goes to (ours: the documents have no reviews).

A review is for other parents and shown without a name, once somebody of the staff has looked at it. What
staff could never let pass is refused at once: links, and numbers by which people are called.
"""

import re
from enum import Enum

from domain.errors import ReviewFault, ReviewRefused

STARS = range(1, 6)
LONGEST_TEXT = 1000

_LINK = re.compile(
    r"https?:|www\.|\bt\.me\b|(?<!\w)@\w{3,}|[\w-]\.(?:kz|ru|com|org|net|info|me|io|online|site|shop|рф|қаз)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\+?\d(?:[\s().‐-―−-]*\d){9,}")
_LINES = re.compile(r"\n{3,}")


class ReviewState(str, Enum):
    """Where a review stands. A changed one is looked at again and not shown meanwhile."""

    PENDING = "pending"
    SHOWN = "shown"
    REFUSED = "refused"


def review_text(typed: str) -> str:
    """The text as it is kept; empty for stars alone. Raises ReviewRefused."""
    text = _LINES.sub("\n\n", "\n".join(" ".join(line.split()) for line in typed.strip().split("\n")))
    if len(text) > LONGEST_TEXT:
        raise ReviewRefused(ReviewFault.TOO_LONG, length=len(text), longest=LONGEST_TEXT)
    if text and not any(each.isalpha() for each in text):
        raise ReviewRefused(ReviewFault.NO_WORDS)
    if _LINK.search(text):
        raise ReviewRefused(ReviewFault.LINK)
    if _NUMBER.search(text):
        raise ReviewRefused(ReviewFault.NUMBER)
    return text


def stars(number: int) -> int:
    """One to five. Raises ReviewRefused."""
    if number not in STARS:
        raise ReviewRefused(ReviewFault.STARS)
    return number
