"""When reported seats are published, when their list opens, and to whom [003].

The three instants are computed once, when seats are reported, and written down; afterwards the
state of a list is a comparison. Only the access of the first is made, once, by whoever needs it
first: no seat can be taken before, and made late it runs its full length from then on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from domain.local_time import instant_at, local, local_date
from domain.policy import Policy
from domain.policy_terms import DayUnit, Opens, PublishOn

LATE_AFTER = timedelta(hours=1)
"""Access made longer than this after the opening is late (ours)."""

_DAY = timedelta(days=1)


class ListState(str, Enum):
    """To whom a list is open: at every instant exactly one of these."""

    UNPUBLISHED = "unpublished"
    LOOK_ONLY = "look_only"
    FOR_THE_FIRST = "for_the_first"
    OPEN_TO_EVERYONE = "open_to_everyone"


class BulletinState(str, Enum):
    """What a bulletin shows of itself [004]."""

    UNPUBLISHED = "unpublished"
    LOOK_ONLY = "look_only"
    FOR_THE_FIRST = "for_the_first"
    OPEN_TO_EVERYONE = "open_to_everyone"
    FULL = "full"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatList:
    """The instants of the seats published together, and when access to them was made."""

    publish_at: datetime
    opens_at: datetime
    priority_ends_at: datetime
    access_made_at: datetime | None = None

    @property
    def made_late(self) -> bool:
        """Whether access was made so late that the priority was counted anew."""
        made_at = self.access_made_at
        return made_at is not None and made_at - self.opens_at > LATE_AFTER

    def needs_access(self, now: datetime) -> bool:
        """Whether the access of the first has to be made before any seat is taken."""
        return self.access_made_at is None and now >= self.opens_at

    def with_access(self, made_at: datetime, policy: Policy) -> SeatList:
        """The list once access is made, under the policy of its report. Made again: as it was.

        Raises ValueError before the list opens.
        """
        if self.access_made_at is not None:
            return self
        if made_at < self.opens_at:
            raise ValueError(f"a list that opens at {self.opens_at} has no access at {made_at}")
        made = replace(self, access_made_at=made_at)
        if not made.made_late:
            return made
        # Counted from a weekend evening the end may come out before the one promised.
        ends_at = max(self.priority_ends_at, priority_end(made_at, policy))
        return replace(made, priority_ends_at=ends_at)

    def state(self, now: datetime) -> ListState:
        """To whom the list is open.

        Without access made it stays for the first, however late it is: whoever makes the access
        now gives them their time from now on.
        """
        if now < self.publish_at:
            return ListState.UNPUBLISHED
        if now < self.opens_at:
            return ListState.LOOK_ONLY
        if now < self.priority_ends_at or self.access_made_at is None:
            return ListState.FOR_THE_FIRST
        return ListState.OPEN_TO_EVERYONE


def list_for(reported_at: datetime, policy: Policy) -> SeatList:
    """The list on which seats reported at this instant come out, by the policy in force then."""
    day = publication_day(reported_at, policy)
    publish_at = instant_at(day, policy.publish_at)
    opens_at = publish_at
    if policy.opens is Opens.NEXT_WORKING_DAY:
        opens_at = instant_at(policy.calendar().next_working_day(day), policy.opens_at)
    return SeatList(
        publish_at=publish_at,
        opens_at=opens_at,
        priority_ends_at=priority_end(opens_at, policy),
    )


def publication_day(reported_at: datetime, policy: Policy) -> date:
    """The day of the next publication strictly after the report [003].

    What is reported on days without one comes out together at the next (ours).
    """
    day = local_date(reported_at)
    if reported_at >= instant_at(day, policy.publish_at):
        day += _DAY
    while not _publishes_on(day, policy):
        day += _DAY
    return day


def priority_end(start: datetime, policy: Policy) -> datetime:
    """The end of a priority period that starts at this instant [003].

    Working days end at the same time of day on the n-th working day after the day of the start;
    a calendar day is 24 hours.
    """
    period = policy.priority
    if period.unit is DayUnit.CALENDAR_DAYS:
        return start + period.days * timedelta(hours=24)
    begins = local(start)
    last = policy.calendar().nth_working_day_after(begins.date(), period.days)
    return instant_at(last, begins.time())


def bulletin_state(seat_list: SeatList, now: datetime, *, free: int, recalled: bool) -> BulletinState:
    """What the bulletin shows: recalled before full, full before to whom its list is open."""
    if recalled:
        return BulletinState.RECALLED
    if not free:
        return BulletinState.FULL
    return BulletinState(seat_list.state(now).value)


def _publishes_on(day: date, policy: Policy) -> bool:
    every_day = policy.publish_on is PublishOn.EVERY_DAY
    return not policy.is_paused(day) and (every_day or policy.calendar().is_working(day))
