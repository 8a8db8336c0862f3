"""Who talks with a parent: the bot, or one of the staff in its stead (ours)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from domain.errors import DrivenByAnother, NotDriving

SILENCE = timedelta(minutes=10)
"""After so long without a word of the one who drives the bot answers again by itself."""


class Steered(str, Enum):
    """What happens to the wheel of a conversation, and to the steps that are prepared in it."""

    TAKEN = "taken"
    HANDED_BACK = "handed_back"
    TAKEN_BY_PARENT = "taken_by_parent"
    """The parent wanted the bot back."""
    SILENT = "silent"
    """Nothing was said for so long that it ended by itself."""
    GONE = "gone"
    """Whoever drove is signed in nowhere any more."""
    SUGGESTED = "suggested"
    AGREED = "agreed"
    DECLINED = "declined"
    SUGGESTION_TAKEN_BACK = "suggestion_taken_back"
    SUGGESTION_OUTDATED = "suggestion_outdated"
    """The parent agreed when the bot stood elsewhere already: nothing was done."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """Who drives, and until when if nothing more is said: at `until` itself it is over."""

    staff_id: int
    until: datetime

    def is_held(self, now: datetime) -> bool:
        """Whether this one drives still."""
        return now < self.until


def take(wheel: Wheel | None, staff_id: int, now: datetime, *, has_question: bool = False) -> Wheel:
    """The wheel in somebody's hands from now on. Raises DrivenByAnother as `require_free` does."""
    require_free(wheel, staff_id, now, has_question=has_question)
    return Wheel(staff_id, now + SILENCE)


def require_free(wheel: Wheel | None, staff_id: int, now: datetime, *, has_question: bool = False) -> None:
    """Nobody talks into another's drive. Raises DrivenByAnother.

    `has_question`: the parent's question is in the own hands, so that nobody else is to answer it: handed
    over, or lost to this one by whoever drives and is silent.
    """
    if has_question or wheel is None or wheel.staff_id == staff_id:
        return
    if wheel.is_held(now):
        raise DrivenByAnother(wheel.until)


def require_own(wheel: Wheel | None, staff_id: int, now: datetime) -> None:
    """Raises NotDriving for whoever does not drive, or not any more."""
    if wheel is None or not wheel.is_held(now) or wheel.staff_id != staff_id:
        raise NotDriving
