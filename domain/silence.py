"""Access periods that pass without an answer: ask, then let others pass [003] (ours).

The queue does not burn: a pause keeps place and date, and one tap brings it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile

from domain.policy import Policy
from domain.seat_list import priority_end


def silent_periods(answered: Iterable[bool]) -> int:
    """How many access periods in a row, from the last one back, passed without any answer.

    ``answered`` tells of each period that is over, the newest first.
    """
    return sum(1 for _ in takewhile(lambda answer: not answer, answered))


def must_ask(silent: int, policy: Policy) -> bool:
    """Whether the parent is asked if a seat is still wanted. With 0 in the policy: never."""
    return 0 < policy.silent_periods <= silent


def pause_at(asked_at: datetime, policy: Policy) -> datetime:
    """When a question without an answer pauses the application "by silence".

    An access period later: as long as the parent had for each of the chances before (ours).
    """
    return priority_end(asked_at, policy)
