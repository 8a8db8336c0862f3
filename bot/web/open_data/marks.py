"""Where a page ended and the next one begins, as it stands in a link. Anything at all can come in."""

from datetime import date, datetime

from bot.web.open_data.query import FIRST, LAST, BadQuery
from domain.local_time import start_of
from storage.types import LARGEST_ID, from_microseconds


def read(after: str | None) -> tuple[int, int] | None:
    """The two numbers of a mark, the second 0 where there is one only."""
    if after is None:
        return None
    first, _, last = after.partition(".")
    return int(first), min(int(last or 0), LARGEST_ID)


def instant(microseconds: int) -> datetime:
    """The instant of a mark. Raises BadQuery."""
    found = from_microseconds(microseconds)
    if not start_of(FIRST) <= found < start_of(LAST):
        raise _unreadable()
    return found


def day(digits: int) -> date:
    """The day of a mark, 20261127. Raises BadQuery."""
    try:
        found = date(digits // 10_000, digits // 100 % 100, digits % 100)
    except (ValueError, OverflowError):
        raise _unreadable() from None
    if not FIRST <= found < LAST:
        raise _unreadable()
    return found


def _unreadable() -> BadQuery:
    return BadQuery(lambda t: t("What stands in “{name}” cannot be read.", name="after"))
