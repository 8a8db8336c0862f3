"""Ids as they come from outside: in paths, queries and fields."""

from storage.types import LARGEST_ID


def id_in(text: str) -> int | None:
    """The id, or one that nothing has where the number is too large for one; None for what is no number."""
    usable = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))
    return min(int(text), LARGEST_ID) if usable else None
