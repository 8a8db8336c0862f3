"""The stop-list: out for a time after a referral that was not used, keeping the date [004].

It follows the child in that queue kind and territory: withdrawing, restoring or applying again
does not shorten it (ours).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.application import Status
from domain.local_time import local_date, start_of
from domain.referral import Referral
from domain.working_days import WorkingCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """From 00:00 after a referral's last day to 00:00 after the last of its working days."""

    begins_at: datetime
    until: datetime
    working_days: int

    def is_running(self, now: datetime) -> bool:
        """Whether it keeps from taking seats."""
        return self.begins_at <= now < self.until

    def with_calendar(self, calendar: WorkingCalendar, now: datetime) -> Suspension:
        """After days off were declared or taken back: the same end or an earlier one (ours).

        It never ends before `now`, and what was over stays over.
        """
        if now >= self.until:
            return self
        counted = _until(self._day_before, self.working_days, calendar)
        return replace(self, until=min(self.until, max(counted, self.begins_at, now)))

    @property
    def _day_before(self) -> date:
        return local_date(self.begins_at) - _DAY


def suspension_after(referral: Referral, calendar: WorkingCalendar) -> Suspension:
    """The suspension that begins the instant the referral ends unused [004].

    Its length is the one of the referral's issue. With no days in its terms it never runs.
    """
    days = referral.terms.suspension_working_days
    return Suspension(
        begins_at=referral.ends_at,
        until=_until(referral.last_day, days, calendar),
        working_days=days,
    )


def status_at(status: Status, suspension: Suspension | None, now: datetime) -> Status:
    """The status that counts now, whether or not what fell due was written yet.

    For a referred application ``suspension`` is the one that would follow its referral.
    """
    if suspension is None or status not in (Status.REFERRED, Status.SUSPENDED):
        return status
    if now < suspension.begins_at:
        return status
    return Status.SUSPENDED if suspension.is_running(now) else Status.AWAITING_PLACE


def suspended_until(suspensions: Iterable[Suspension], now: datetime) -> datetime | None:
    """Until when a child is out of a queue kind and territory; None: it is not.

    Also the answer for an application that joins or is restored now: it starts suspended.
    """
    return max((each.until for each in suspensions if each.is_running(now)), default=None)


def _until(day_before: date, working_days: int, calendar: WorkingCalendar) -> datetime:
    last = calendar.nth_working_day_after(day_before, working_days) if working_days else day_before
    return start_of(last + _DAY)
