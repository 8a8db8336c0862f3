"""How a call of the Bot API fails, and what that means for a delivery.

CallFailed
├── NoAnswer      nothing that can be understood came back: a time-out, a closed connection, garbage
├── Refused       the server said no
└── TooLarge      a file of more bytes than we take
"""

from datetime import timedelta

from bot.conversation.port import DeliveryError, TryLater, Undeliverable, Unreachable

_NOBODY_THERE = ("chat not found", "user not found", "user is deactivated", "PEER_ID_INVALID")
# The token was withdrawn or mistyped, another copy polls: an operator will mend it, the message is fine.
_OURS_TO_MEND = (401, 404, 409)


class CallFailed(Exception):
    """A method was not carried out, or we can't know."""


class NoAnswer(CallFailed):
    """No answer of the Bot API; `reason` is the class of the cause. It never holds the token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(CallFailed):
    """An answer that is not ok. `retry_after` is what the server asked us to wait."""

    def __init__(self, code: int, description: str, retry_after: timedelta | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after

    @property
    def passes(self) -> bool:
        """Too much was asked at once, or the server has a fault: later it may say yes."""
        return self.code == 429 or self.code >= 500

    def says(self, *phrases: str) -> bool:
        """One of the phrases stands in the description."""
        described = self.description.casefold()
        return any(phrase.casefold() in described for phrase in phrases)


class TooLarge(CallFailed):
    """A file has more bytes than we take."""


def asked_pause(fault: CallFailed) -> float | None:
    """The seconds that the server asked us to wait, if it asked."""
    asked = fault.retry_after if isinstance(fault, Refused) else None
    return asked.total_seconds() if asked else None


def delivery_error(fault: CallFailed) -> DeliveryError:
    """What the delivery is to make of it."""
    if not isinstance(fault, Refused):
        return TryLater(str(fault))
    reason = str(fault)
    if fault.passes or fault.code in _OURS_TO_MEND:
        return TryLater(reason, fault.retry_after)
    if fault.code == 403 or fault.says(*_NOBODY_THERE):
        return Unreachable(reason)
    return Undeliverable(reason)
