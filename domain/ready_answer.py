"""Answers that are kept ready: what stands in braces, and what is filled in for it (ours).

`{place}` in a text is a blank. Only what is on the list can be one, and a text is sent with none left open.
"""

import re
from collections.abc import Mapping
from enum import Enum

from domain.errors import ReadyAnswerFault, ReadyAnswerRefused

LONGEST_NAME, LONGEST_TEXT = 48, 2000
_BRACES = re.compile(r"\{([^{}]*)\}")


class Blank(str, Enum):
    """What can be filled in, by the name that stands in braces."""

    NUMBER = "number"
    PLACE = "place"
    QUEUE_SIZE = "queue_size"
    WHY_MOVED = "why_moved"
    ACCESS_UNTIL = "access_until"
    REFERRAL = "referral"
    VALID_UNTIL = "valid_until"
    EXTENSION_DAYS = "extension_days"
    KINDERGARTEN = "kindergarten"
    ADDRESS = "address"
    WHAT_TO_BRING = "what_to_bring"
    NEXT_LIST = "next_list"
    NEXT_OPENING = "next_opening"
    CENTRE_PHONE = "centre_phone"
    HOURS = "hours"
    TODAY = "today"


OF_APPLICATION = frozenset({
    *(Blank.NUMBER, Blank.PLACE, Blank.QUEUE_SIZE, Blank.WHY_MOVED, Blank.ACCESS_UNTIL, Blank.REFERRAL),
    *(Blank.VALID_UNTIL, Blank.EXTENSION_DAYS, Blank.KINDERGARTEN, Blank.ADDRESS),
})  # fmt: skip
"""What differs from one application of a family to another."""


def blanks_in(text: str, language: str = "") -> tuple[Blank, ...]:
    """The blanks of a text, each once, in their order. Raises ReadyAnswerRefused for what is none."""
    unpaired = _BRACES.sub("", text)
    if "{" in unpaired or "}" in unpaired:
        raise ReadyAnswerRefused(ReadyAnswerFault.BRACES, language=language)
    names = tuple(dict.fromkeys(_BRACES.findall(text)))
    unknown = next((each for each in names if each not in _KNOWN), None)
    if unknown is not None:
        raise ReadyAnswerRefused(ReadyAnswerFault.UNKNOWN_BLANK, unknown[:LONGEST_NAME], language)
    return tuple(_KNOWN[each] for each in names)


def filled(text: str, values: Mapping[Blank, str]) -> str:
    """The text with what is known filled in; what is not known stays in its braces."""
    return _BRACES.sub(lambda found: values.get(_KNOWN[found[1]], found[0]), text)


_KNOWN = {each.value: each for each in Blank}
