"""Somebody who helps a parent with a telephone: what that is, and when it ends (ours).

A helper looks and is told, and does nothing: what a parent may do takes the parent's own proof.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.phone import Phone

HELPS_FOR = timedelta(days=365)
"""Whoever helps longer is named anew: nobody is to be told of a family that has forgotten them."""
NAMED_FOR = timedelta(days=7)
"""So long the one who was named can say yes."""


@dataclass(frozen=True, slots=True)
class Helper:
    """One who was named by a parent. Instants in UTC; `name` is what the parent calls them."""

    id: int
    parent_id: int
    contact_id: int | None
    named_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    phone: Phone = field(repr=False)
    name: str = field(default="", repr=False)

    @property
    def until(self) -> datetime:
        """The instant since which it is over by itself, or since which it is too late to say yes."""
        if self.confirmed_at is not None:
            return self.confirmed_at + HELPS_FOR
        return self.named_at + NAMED_FOR

    def is_over(self, now: datetime) -> bool:
        """Whether nothing is left of it."""
        return self.ended_at is not None or now >= self.until

    def helps(self, now: datetime) -> bool:
        """Whether this one may look and is told."""
        return self.confirmed_at is not None and not self.is_over(now)

    def waits(self, now: datetime) -> bool:
        """Whether this one can still say yes."""
        return self.confirmed_at is None and not self.is_over(now)
