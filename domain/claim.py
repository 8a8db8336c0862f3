"""What a child has in hand: at most one live claim over all territories (ours)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from domain.hold import Hold, HoldEnd

BAR = timedelta(minutes=10)
"""How long a bulletin stays shut after a hold of it lapsed, was let go or withdrawn (ours)."""

_BARRING = frozenset({HoldEnd.LAPSED, HoldEnd.LET_GO, HoldEnd.WITHDRAWN})


class ClaimKind(str, Enum):
    """How far a claim on a seat has come."""

    HELD = "held"
    APPLIED = "applied"
    """Confirmed and sent to the kindergarten; it has no end of its own."""
    REFERRED = "referred"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as its row tells it; ``until`` ends it by itself, None never."""

    kind: ClaimKind
    until: datetime | None = None
    ended_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether the seat is in the child's hand."""
        return self.ended_at is None and (self.until is None or now < self.until)


def barred_until(holds_of_bulletin: Iterable[Hold], now: datetime) -> datetime | None:
    """Until when this child cannot hold a seat of that bulletin again; None: it can.

    A hold is not prolonged by taking it again, be it after withdrawing and restoring the application or
    applying anew (ours). One that ended in another way bars nothing.
    """
    overs = (hold.over(now) for hold in holds_of_bulletin)
    bars = [at + BAR for end, at in filter(None, overs) if end in _BARRING]
    return max((until for until in bars if now < until), default=None)
