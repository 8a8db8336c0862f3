"""The lock of a login of the staff, after many wrong passwords in a row (ours).

It holds back whoever guesses from many places. It is not in force in a browser in which the person has
signed in before, or strangers could keep somebody out for ever.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE = 10
"""The tenth wrong password in a row locks; each one after the lock locks for twice as long."""
FIRST, LONGEST = timedelta(minutes=15), timedelta(hours=4)
FORGOTTEN_AFTER = timedelta(days=1)
"""So long after a lock's end the count begins anew."""

_DOUBLINGS = 4


@dataclass(frozen=True, slots=True)
class SignInLock:
    """`wrong` passwords in a row, and the instant since which they may be tried again."""

    wrong: int = 0
    until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        """Whether no password is looked at. A lock until 10:00:00 is over at that second."""
        return self.until is not None and now < self.until

    def after_wrong(self, now: datetime) -> "SignInLock":
        """The lock after one more wrong password."""
        forgotten = self.until is not None and now >= self.until + FORGOTTEN_AFTER
        wrong = min((0 if forgotten else self.wrong) + 1, FREE + _DOUBLINGS)
        if wrong < FREE:
            return SignInLock(wrong)
        return SignInLock(wrong, now + min(FIRST * 2 ** (wrong - FREE), LONGEST))
