"""An answer kept ready that can't be written as it is, or not by this one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from domain.errors.base import Refused


class ReadyAnswerFault(str, Enum):
    """What is wrong with it."""

    BRACES = "braces"
    UNKNOWN_BLANK = "unknown_blank"


@dataclass(unsafe_hash=True)
class ReadyAnswerRefused(Refused):
    """The text in a language that can't be taken as it is; `blank` stands in braces and not on the list."""

    fault: ReadyAnswerFault
    blank: str = ""
    language: str = ""


class ReadyAnswerChanged(Refused):
    """It is not the text that was looked at: a colleague has changed it, or taken it away."""
