"""A referral: the right to sign a contract for a seat, and how long it lasts [001, 004].

What it was issued under it keeps: a later policy touches neither validity nor extension nor
suspension, and a day off declared later moves its end only in the parent's favour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from domain.errors import (
    AlreadyExtended,
    ContractTooEarly,
    ExtensionOutOfRange,
    ExtensionUnproven,
    NothingToRevoke,
    ReferralOver,
)
from domain.local_time import local_date, start_of
from domain.policy import Policy
from domain.working_days import WorkingCalendar

_DAY = timedelta(days=1)


class ReferralEnd(str, Enum):
    """How a referral came to its end. After every one but ENROLLED the seat comes back."""

    ENROLLED = "enrolled"
    """The kindergarten signed the contract."""
    DECLINED = "declined"
    """Given up by the parent, also by withdrawing the application (ours)."""
    EXPIRED = "expired"
    REFUSED_AT_DESK = "refused_at_desk"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a policy gives to the referrals issued under it."""

    working_days: int
    extension_days: int
    extensions: int
    suspension_working_days: int

    @classmethod
    def of(cls, policy: Policy) -> Terms:
        """The terms of the policy in force at issue."""
        return cls(
            working_days=policy.referral_working_days,
            extension_days=policy.extension_days,
            extensions=policy.extensions,
            suspension_working_days=policy.suspension_working_days,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A referral and its days. ``original_last_day`` is the last one without any extension.

    ``extended`` counts the extensions that took effect; a revoked one counts, a refused one not.
    ``end`` is what ended it before its time, at ``ended_at``.
    """

    issued_at: datetime
    terms: Terms
    original_last_day: date
    last_day: date
    extended: int = 0
    extension_revoked: bool = False
    end: ReferralEnd | None = None
    ended_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """00:00 after the last day: valid before it, expired from it on."""
        return start_of(self.last_day + _DAY)

    def over(self, now: datetime) -> tuple[ReferralEnd, datetime] | None:
        """How and when it was over; None while it is valid."""
        if self.end is not None and self.ended_at is not None:
            return self.end, self.ended_at
        return (ReferralEnd.EXPIRED, self.ends_at) if now >= self.ends_at else None

    def is_valid(self, now: datetime) -> bool:
        """Whether a contract can be signed on it."""
        return self.over(now) is None

    def may_extend(self, now: datetime) -> bool:
        """Whether the button belongs under it: valid, and an extension left."""
        return self.is_valid(now) and self.extended < self.terms.extensions

    def check_valid(self, now: datetime) -> None:
        """Raises ReferralOver when it is not valid (any more)."""
        over = self.over(now)
        if over is not None:
            raise ReferralOver(*over)

    def extend(self, days: int, *, documents: int, now: datetime) -> Referral:
        """Longer by so many calendar days, at once; the sum is not moved to a working day [004].

        Raises ReferralOver, AlreadyExtended, ExtensionOutOfRange, or ExtensionUnproven without
        supporting documents; none of these uses the extension up (ours).
        """
        self.check_valid(now)
        if self.extended >= self.terms.extensions:
            raise AlreadyExtended(self.last_day)
        if not 1 <= days <= self.terms.extension_days:
            raise ExtensionOutOfRange(self.terms.extension_days)
        if documents < 1:
            raise ExtensionUnproven
        return replace(
            self,
            last_day=self.last_day + days * _DAY,
            extended=self.extended + 1,
            extension_revoked=False,
        )

    def revoke_extension(self, told_at: datetime, calendar: WorkingCalendar) -> Referral:
        """Without its extension: to the later of the original last day and the next working day
        after the parent is told, never longer than it was (ours).

        Raises ReferralOver or NothingToRevoke.
        """
        self.check_valid(told_at)
        if not self.extended or self.extension_revoked:
            raise NothingToRevoke
        grace = calendar.next_working_day(local_date(told_at))
        last_day = min(self.last_day, max(self.original_last_day, grace))
        return replace(self, last_day=last_day, extension_revoked=True)

    def with_calendar(self, calendar: WorkingCalendar, now: datetime) -> Referral:
        """After days off were declared or taken back: the same end or a later one (ours).

        What was over stays over.
        """
        if not self.is_valid(now):
            return self
        counted = _last_day(self.issued_at, self.terms, calendar)
        longer = max(counted - self.original_last_day, timedelta())
        original = self.original_last_day + longer
        # An extension was added to the last day, so it moves along; what a revocation left is
        # a promise of its own.
        last = max(self.last_day, original) if self.extension_revoked else self.last_day + longer
        return replace(self, original_last_day=original, last_day=last)

    def ended(self, end: ReferralEnd, now: datetime) -> Referral:
        """After it was given up, refused at the desk or revoked. Raises ReferralOver."""
        self.check_valid(now)
        return replace(self, end=end, ended_at=now)

    def sign(self, *, starts_on: date, released_on: date, now: datetime) -> Referral:
        """After the kindergarten signed the contract. Raises ReferralOver or ContractTooEarly."""
        self.check_valid(now)
        if starts_on < released_on:
            raise ContractTooEarly(released_on)
        return self.ended(ReferralEnd.ENROLLED, now)


def issue(now: datetime, policy: Policy) -> Referral:
    """A referral issued now: through the fifth working day after today, which never counts."""
    terms = Terms.of(policy)
    last_day = _last_day(now, terms, policy.calendar())
    return Referral(issued_at=now, terms=terms, original_last_day=last_day, last_day=last_day)


def _last_day(issued_at: datetime, terms: Terms, calendar: WorkingCalendar) -> date:
    return calendar.nth_working_day_after(local_date(issued_at), terms.working_days)
