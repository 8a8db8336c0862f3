"""Asking to be a child's second parent, and being invited: how long an answer is waited for (ours)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from domain.errors import BarredAfterJoining, SecondParentFault, SecondParentRefused
from domain.identity import BARRED, Action, JoinedBy

ANSWER_WITHIN = timedelta(days=7)
"""So long the first parent can answer; so long after asking it is not asked again, once declined."""
INVITED_FOR = timedelta(days=30)
"""So long somebody who is not known yet can come on an invitation."""


NEW_FOR = timedelta(hours=72)
"""So long who was joined by the register alone takes nothing away from the parent who was there."""


class JoiningState(str, Enum):
    """What became of it. That the time is over is a comparison; LAPSED is only written to tidy up."""

    ASKED = "asked"
    """By the newcomer: the first parent is to agree."""
    INVITED = "invited"
    """By the first parent, who has agreed by that: the newcomer is to come."""
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Joining:
    """One such request. `parent_id` is the newcomer, `decided_by` the parent who agreed. Instants in UTC."""

    id: int
    child_id: int
    parent_id: int
    state: JoiningState
    asked_at: datetime
    ends_at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None

    def waits(self, now: datetime) -> bool:
        """Whether the first parent can still answer."""
        return self.state is JoiningState.ASKED and now < self.ends_at

    def invites(self, now: datetime) -> bool:
        """Whether the newcomer can still come."""
        return self.state is JoiningState.INVITED and now < self.ends_at


def may_ask(last: Joining | None, now: datetime) -> bool:
    """Whether a newcomer may ask (again) after the last time.

    Not while an answer is waited for; and who was declined has to let the same span pass, so that
    nobody is worn down by being asked (ours).
    """
    if last is None or last.state not in (JoiningState.ASKED, JoiningState.DECLINED):
        return True
    return now >= last.ends_at


def refuse_for_now(request: Joining) -> SecondParentRefused:
    """Why the newcomer of this request is not joined: the answer is waited for, or was no."""
    waits = request.state is JoiningState.ASKED
    reason = SecondParentFault.NOT_AGREED if waits else SecondParentFault.DECLINED
    return SecondParentRefused(reason, request.ends_at)


def refuse_newly_joined(
    action: Action, by: JoinedBy, joined_at: datetime, others_since: Iterable[datetime], now: datetime
) -> None:
    """Refuse to take away what another parent has been holding, to whom the register has just joined.

    The register's word says that the IIN is a parent's, and not that who claimed it is that parent: an IIN
    without a phone belongs to the first who confirms one. Raises BarredAfterJoining.
    """
    until = joined_at + NEW_FOR
    second = any(since < joined_at for since in others_since)
    if action in BARRED and by is JoinedBy.REGISTER and second and now < until:
        raise BarredAfterJoining(until)
