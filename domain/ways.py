"""By which ways a parent is told, one after the other (section 9; the order and the spans are ours)."""

from collections.abc import Collection
from datetime import timedelta

MESSENGER, BY_SMS, BY_MAIL = "messenger", "sms", "email"
WAYS = (MESSENGER, BY_SMS, BY_MAIL)
"""In the order in which one takes the place of another."""

READ_WITHIN = timedelta(minutes=30)
"""What is critical and was not read by then, where the channel tells, goes by the next way, too."""

TELLS_READING = frozenset({"webchat", "whatsapp"})
"""The channels that tell whether something was read."""


def way_of(channel: str) -> str:
    """The way that a channel is: all messengers are one."""
    return channel if channel in (BY_SMS, BY_MAIL) else MESSENGER


def next_way(chosen: str, opened: Collection[str], tried: Collection[str] = ()) -> str | None:
    """The way that was chosen, or the first of the others that is open; none of those tried already."""
    for way in (chosen, *WAYS):
        if way in opened and way not in tried:
            return way
    return None
