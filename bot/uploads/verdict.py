"""What a look at a file ends with: the file drawn anew, or what is wrong with it."""

from dataclasses import dataclass
from typing import Literal, get_args

Purpose = Literal["document", "portrait", "kindergarten"]

Fault = Literal[
    "too_large",
    "wrong_kind",
    "not_what_its_name_says",
    "broken",
    "bomb",
    "locked",
    "too_small",
    "too_dark",
    "too_many_pages",
    "gone",
]
"""What can be wrong with a file. `gone`: the channel has it no more. `bomb`: small to send, huge to open."""

PURPOSES: frozenset[str] = frozenset(get_args(Purpose))
FAULTS: frozenset[str] = frozenset(get_args(Fault))

LARGEST = 10 * 1024 * 1024
"""Bytes that are taken in."""

MOST_PAGES = 15
"""Of a PDF."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A file drawn anew: nothing of what was sent is in it but what can be seen."""

    content: bytes
    content_type: str
    pages: int = 1


class Unfit(Exception):
    """The file can't be taken; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault
