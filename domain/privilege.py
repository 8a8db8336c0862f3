"""Privileges: what is proved by whom, for how long, and which class follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from domain.application import QueueClass
from domain.errors import ObjectionTooLate
from domain.policy_terms import PrivilegeRule

FRESH_FOR = timedelta(days=90)
"""How long the register's word counts before it is asked again (ours)."""

OBJECT_WITHIN = timedelta(days=10)
"""How long the loss of a privilege can be objected to (ours)."""


class PrivilegeState(str, Enum):
    """How far a claimed privilege has come."""

    UNDER_REVIEW = "under_review"
    """The register was not asked yet, or the department has not seen the document."""
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    LOST = "lost"
    """Confirmed once; the register does not confirm it any more."""
    DROPPED = "dropped"
    """By the parent, after seeing what that changes."""


@dataclass(frozen=True, slots=True)
class Privilege:
    """A privilege of one application. ``since`` is when it came into this state.

    ``rule`` is the one in force when it was claimed. ``confirmed_at`` is when it was last
    confirmed, whatever became of it since.
    """

    rule: PrivilegeRule
    state: PrivilegeState
    since: datetime
    confirmed_at: datetime | None = None

    @property
    def queue_class(self) -> QueueClass:
        """The class it gives now: its own once confirmed, else the general basis (ours)."""
        if self.state is PrivilegeState.CONFIRMED:
            return self.rule.queue_class
        return QueueClass.GENERAL

    def answered(self, *, confirmed: bool, now: datetime) -> Privilege:
        """After an answer of its proof: the register's, or the department's on a document."""
        if self.state is PrivilegeState.DROPPED:
            return self
        if confirmed:
            since = self.since if self.state is PrivilegeState.CONFIRMED else now
            return replace(self, state=PrivilegeState.CONFIRMED, since=since, confirmed_at=now)
        return self._not_confirmed(now)

    def dropped(self, now: datetime) -> Privilege:
        """After the parent gave it up. Dropping it twice changes nothing."""
        if self.state is PrivilegeState.DROPPED:
            return self
        return replace(self, state=PrivilegeState.DROPPED, since=now)

    @property
    def object_until(self) -> datetime | None:
        """Before which instant its loss can be objected to; None where nothing was lost."""
        return self.since + OBJECT_WITHIN if self.state is PrivilegeState.LOST else None

    def check_objection(self, now: datetime) -> None:
        """Raises ObjectionTooLate when the loss cannot be objected to (any more)."""
        until = self.object_until
        if until is None or now >= until:
            raise ObjectionTooLate(until=until or self.since)

    def _not_confirmed(self, now: datetime) -> Privilege:
        match self.state:
            case PrivilegeState.CONFIRMED:
                return replace(self, state=PrivilegeState.LOST, since=now)
            case PrivilegeState.UNDER_REVIEW:
                return replace(self, state=PrivilegeState.REFUSED, since=now)
            case _:
                return self


def claimed(rule: PrivilegeRule, now: datetime) -> Privilege:
    """A privilege as it stands when the application names it."""
    return Privilege(rule, PrivilegeState.UNDER_REVIEW, now)


def effective_class(privileges: Iterable[Privilege]) -> QueueClass:
    """The best class that any privilege of an application gives [003]; general without one."""
    return min((each.queue_class for each in privileges), default=QueueClass.GENERAL)
