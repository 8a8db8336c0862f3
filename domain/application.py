"""A child's place in a queue: what it is, what may become of it, and when it may come back."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime, timedelta
from enum import Enum, IntEnum

from domain.errors import CannotPause, StatusForbids

RESTORE_WITHIN = timedelta(days=30)
"""How long the archive keeps the date of a withdrawn application (ours)."""


class QueueKind(str, Enum):
    """Which of the two queues of a territory and birth year [001, 003]."""

    GENERAL = "general"
    CORRECTIONAL = "correctional"


class QueueClass(IntEnum):
    """The classes of a queue, in the order in which they count [003]."""

    OUT_OF_QUEUE = 0
    FIRST_PRIORITY = 1
    GENERAL = 2


class Status(str, Enum):
    """Where an application stands [004]. Being paused is a flag beside it."""

    AWAITING_PLACE = "awaiting_place"
    APPLIED = "applied"
    REFERRED = "referred"
    ENROLLED = "enrolled"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    AGED_OUT = "aged_out"


class PauseCause(str, Enum):
    """Why an application lets others pass, keeping its place and date."""

    BY_PARENT = "by_parent"
    BY_SILENCE = "by_silence"


class Happening(str, Enum):
    """What can change the status of an application."""

    SENT = "sent"
    """A confirmed hold went to the kindergarten for activation [004]."""
    TAKEN_BACK = "taken_back"
    """The parent took back what was sent [004]."""
    TURNED_DOWN = "turned_down"
    """The kindergarten declined what was sent, with a reason [004]."""
    REFERRED = "referred"
    GIVEN_UP = "given_up"
    """The parent gave the referral up (ours)."""
    REFUSED_AT_DESK = "refused_at_desk"
    REVOKED = "revoked"
    """The department took the referral back."""
    EXPIRED = "expired"
    """The referral was not used in time [004]."""
    SUSPENSION_OVER = "suspension_over"
    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    AGED_OUT = "aged_out"
    RESTORED = "restored"
    RESTORED_SUSPENDED = "restored_suspended"
    """Restored while the suspension of child, queue kind and territory still runs."""


class Step(IntEnum):
    """The four steps that the page of an application shows [004]."""

    QUEUE = 1
    BULLETIN = 2
    REFERRAL = 3
    RESULT = 4


LIVE = frozenset({Status.AWAITING_PLACE, Status.APPLIED, Status.REFERRED, Status.SUSPENDED})
"""One application of these per child, territory and queue kind (ours)."""

COUNTED = frozenset({Status.AWAITING_PLACE, Status.APPLIED})
"""The applications that stand in the queue, paused ones too."""

PAUSABLE = frozenset({Status.AWAITING_PLACE, Status.SUSPENDED})
"""Where "not interested at present" means something: there is no seat to let go first (ours)."""

_AWAITING = frozenset({Status.AWAITING_PLACE})
_APPLIED = frozenset({Status.APPLIED})
_REFERRED = frozenset({Status.REFERRED})
_SUSPENDED = frozenset({Status.SUSPENDED})
_WITHDRAWN = frozenset({Status.WITHDRAWN})

TRANSITIONS: Mapping[Happening, tuple[Set[Status], Status]] = {
    Happening.SENT: (_AWAITING, Status.APPLIED),
    Happening.TAKEN_BACK: (_APPLIED, Status.AWAITING_PLACE),
    Happening.TURNED_DOWN: (_APPLIED, Status.AWAITING_PLACE),
    Happening.REFERRED: (_AWAITING | _APPLIED, Status.REFERRED),
    Happening.GIVEN_UP: (_REFERRED, Status.AWAITING_PLACE),
    Happening.REFUSED_AT_DESK: (_REFERRED, Status.AWAITING_PLACE),
    Happening.REVOKED: (_REFERRED, Status.AWAITING_PLACE),
    Happening.EXPIRED: (_REFERRED, Status.SUSPENDED),
    Happening.SUSPENSION_OVER: (_SUSPENDED, Status.AWAITING_PLACE),
    Happening.ENROLLED: (_REFERRED, Status.ENROLLED),
    Happening.WITHDRAWN: (LIVE, Status.WITHDRAWN),
    # Applied and referred are not here: what was confirmed before the child aged out is honoured.
    Happening.AGED_OUT: (_AWAITING | _SUSPENDED, Status.AGED_OUT),
    Happening.RESTORED: (_WITHDRAWN, Status.AWAITING_PLACE),
    Happening.RESTORED_SUSPENDED: (_WITHDRAWN, Status.SUSPENDED),
}
"""For each happening: from which statuses, and to which one."""


def status_after(status: Status, happening: Happening) -> Status:
    """The status that follows. Raises StatusForbids where the happening is not possible."""
    before, after = TRANSITIONS[happening]
    if status not in before:
        raise StatusForbids(status=status, happening=happening)
    return after


def check_pausable(status: Status) -> None:
    """Raises CannotPause where a pause means nothing: with a seat in hand, or off the queue."""
    if status not in PAUSABLE:
        raise CannotPause(status=status)


def submitted_at_when_restored(submitted_at: datetime, withdrawn_at: datetime, now: datetime) -> datetime:
    """The date with which an application comes back: its own within 30 days, `now` later (ours)."""
    return submitted_at if now < withdrawn_at + RESTORE_WITHIN else now


def step(status: Status, *, may_choose: bool = False) -> Step:
    """Which of the four steps an application is at [004].

    ``may_choose``: lists are open to it or a seat is on hold for it.
    """
    match status:
        case Status.AWAITING_PLACE:
            return Step.BULLETIN if may_choose else Step.QUEUE
        case Status.APPLIED:
            return Step.BULLETIN
        case Status.REFERRED:
            return Step.REFERRAL
        case Status.SUSPENDED:
            return Step.QUEUE
        case Status.ENROLLED | Status.WITHDRAWN | Status.AGED_OUT:
            return Step.RESULT
