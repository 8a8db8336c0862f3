"""Who of the staff decides, and the reasons they give."""

from dataclasses import dataclass

from domain.errors import ReasonBadLength
from storage import journal

SHORTEST_REASON, LONGEST_REASON = 5, 500


@dataclass(frozen=True, slots=True)
class Officer:
    """One of the staff; `role` as journals name it."""

    staff_id: int
    role: str = "department"

    @property
    def actor(self) -> str:
        """The name in journals and in the audit."""
        return journal.by_staff(self.staff_id)


def require_reason(text: str) -> str:
    """What a parent will read, tidied. Raises ReasonBadLength outside of 5-500 characters (ours)."""
    reason = " ".join(text.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise ReasonBadLength(len(reason), SHORTEST_REASON, LONGEST_REASON)
    return reason
