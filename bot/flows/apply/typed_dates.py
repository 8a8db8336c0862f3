"""A date as people type it."""

import re
from datetime import date

_SHAPE = re.compile(r"\s*(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})\s*")


def read_date(text: str) -> date | None:
    """Day, month, year; None for anything else, and for a day that the calendar does not have."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
