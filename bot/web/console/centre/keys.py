"""From where a list goes on, as a field of an address. Nothing in it names anybody."""

import re
from datetime import datetime

from storage.centre.inbox import Key
from storage.types import LARGEST_ID, from_microseconds, to_microseconds

_KEY = re.compile(r"([0-9]{1,17})-([0-9]{1,19})")


def key_text(key: Key | None) -> str:
    """As it stands in an address; "" for the beginning."""
    return "" if key is None else f"{to_microseconds(key.at)}-{key.id}"


def key_in(text: str) -> Key | None:
    """What an address says; None for what is none."""
    found = _KEY.fullmatch(text)
    if found is None:
        return None
    try:
        at: datetime = from_microseconds(int(found[1]))
    except OverflowError:
        return None
    return Key(at, min(int(found[2]), LARGEST_ID))
