"""Too many tries, and codes that don't count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.errors.base import Refused


@dataclass(unsafe_hash=True)
class TooManyTries(Refused):
    """Tried too often; `again_at` is the first instant at which a try is possible."""

    again_at: datetime


@dataclass(unsafe_hash=True)
class TooManyExports(TooManyTries):
    """Enough copies of the data were made; another can be made from `again_at` on."""


@dataclass(unsafe_hash=True)
class TooManyFiles(TooManyTries):
    """Enough files were sent to be looked at; another can be from `again_at` on."""


class CodeRefused(Refused):
    """A code by SMS is not accepted, or not sent."""


@dataclass(unsafe_hash=True)
class CodeWrong(CodeRefused):
    """Mistyped. `tries_left` is at least one."""

    tries_left: int


@dataclass(unsafe_hash=True)
class CodeLapsed(CodeRefused):
    """Older than its five minutes, used, out of tries, or never sent: a new one is needed."""


@dataclass(unsafe_hash=True)
class CodeTooSoon(CodeRefused):
    """The last code was sent less than a minute before `again_at`."""

    again_at: datetime
