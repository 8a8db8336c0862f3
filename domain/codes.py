"""Codes by SMS: six digits, a short life, few tries, slow repeats (ours)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import CodeLapsed, CodeTooSoon, CodeWrong

DIGITS = 6
LIFE = timedelta(minutes=5)
LIFE_BY_MAIL = timedelta(minutes=20)
"""Mail servers let the first letter of a stranger wait for some minutes."""
TRIES = 3
REPEAT_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class SentCode:
    """A code that was sent: when, and how many tries are left. The code itself is kept as a hash."""

    sent_at: datetime
    tries_left: int
    used: bool = False
    life: timedelta = LIFE

    @property
    def expires_at(self) -> datetime:
        """The first instant at which the code is no longer good."""
        return self.sent_at + self.life


def require_repeat(sent_at: datetime | None, now: datetime) -> None:
    """A new code may be sent 60 seconds after the last. Raises CodeTooSoon before."""
    if sent_at is not None and now < sent_at + REPEAT_AFTER:
        raise CodeTooSoon(again_at=sent_at + REPEAT_AFTER)


def require_usable(code: SentCode | None, now: datetime) -> SentCode:
    """The code that may still be tried. Raises CodeLapsed for none, a used, an old or a spent one."""
    if code is None or code.used or code.tries_left <= 0 or now >= code.expires_at:
        raise CodeLapsed
    return code


def check(code: SentCode, *, right: bool) -> None:
    """Judge a try. Raises CodeWrong with the tries left after this one, CodeLapsed after the last."""
    if right:
        return
    left = code.tries_left - 1
    if left <= 0:
        raise CodeLapsed
    raise CodeWrong(tries_left=left)
