"""The lock of a cabinet that has a password [000, 004]: it falls shut by itself (ours)."""

from datetime import datetime, timedelta

OPEN_FOR = timedelta(minutes=15)
"""After the last thing that an account did in the cabinet."""


def open_until(now: datetime) -> datetime:
    """The instant since which the cabinet is shut again, when nothing else is done in it."""
    return now + OPEN_FOR


def is_open(unlocked_until: datetime | None, now: datetime, *, has_password: bool) -> bool:
    """Whether an account of the parent may go on without the password."""
    return not has_password or (unlocked_until is not None and now < unlocked_until)
