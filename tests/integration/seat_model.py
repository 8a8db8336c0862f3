"""Seats in plain Python: who has what, told by comparing times; nothing of it was read in the code.

Only which days are working days is asked of the calendar.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from domain.local_time import local_date, start_of
from domain.working_days import WorkingCalendar

HOLD = timedelta(minutes=10)
BAR = timedelta(minutes=10)
DAY = timedelta(days=1)
VALID, STOPPED, ANSWER, LONGEST_EXTENSION = 5, 10, 2, 30
RETURNED = "recalled"
"""What the row of a seat says that was taken out of its bulletin, by staff or for a later list."""


def working_day(day: date, after: int) -> date:
    """So many working days after a day."""
    return WorkingCalendar().nth_working_day_after(day, after)


def end_of(day: date) -> datetime:
    """00:00 after a day."""
    return start_of(day + DAY)


@dataclass
class PlainSeat:
    """`owner` has it while that is not over; `fate` is set once it is for nobody here any more."""

    bulletin: int
    owner: "PlainParent | None" = None
    fate: str | None = None


@dataclass
class PlainParent:
    """One application. `claim` is held, applied or referred; `until` ends it by itself.

    `twin` shares the hold; `stopped_until` is the end of the child's stop-list; `end` is how the last
    referral ended.
    """

    index: int
    status: str = "awaiting"
    claim: str | None = None
    seat: PlainSeat | None = None
    claim_id: int = 0
    referral_id: int = 0
    until: datetime | None = None
    answer_by: datetime | None = None
    original: date = date.min
    last: date = date.min
    extended: bool = False
    revoked: bool = False
    end: str | None = None
    stopped_until: datetime | None = None
    twin: "PlainParent | None" = None
    barred: dict[int, datetime] = field(default_factory=dict)

    @property
    def pair(self) -> list["PlainParent"]:
        """Those who share its hold, itself first."""
        return [self] if self.twin is None else [self, self.twin]

    def holds(self, found: PlainSeat, claim_id: int, until: datetime) -> None:
        """A seat is its own for ten minutes."""
        found.owner, self.seat, self.claim = self, found, "held"
        self.until, self.claim_id = until, claim_id

    def is_sent(self, now: datetime) -> None:
        """The kindergarten is asked."""
        self.claim = self.status = "applied"
        self.until, self.answer_by = None, end_of(working_day(local_date(now), ANSWER))

    def is_referred(self, referral_id: int, now: datetime) -> None:
        """A referral is issued."""
        self.claim = self.status = "referred"
        self.referral_id, self.end = referral_id, None
        self.extended = self.revoked = False
        self.original = self.last = working_day(local_date(now), VALID)
        self.until = end_of(self.last)

    def lasts(self, last: date) -> None:
        """Its referral has another last day."""
        self.last, self.until = last, end_of(last)

    def is_revoked_an_extension(self, now: datetime) -> None:
        """To the original last day or the next working day, the later, and never longer than it was."""
        self.revoked = True
        self.lasts(min(self.last, max(self.original, working_day(local_date(now), 1))))

    def lets_go(self, at: datetime) -> None:
        """Its hold has lapsed, or is let go: that bulletin is shut for a while."""
        assert self.seat is not None
        self.barred[self.seat.bulletin] = at + BAR
        self.drops(None)

    def drops(self, fate: str | None) -> None:
        """Its claim is over: the seat is free again, or has come to this."""
        assert self.seat is not None
        if self.claim == "referred":
            self.end = fate
        self.seat.owner, self.seat.fate = None, fate
        self.claim, self.seat, self.until, self.answer_by = None, None, None, None
        self.parts()

    def parts(self) -> None:
        """No hold is shared any more."""
        for each in self.pair:
            each.twin = None


@dataclass
class PlainTown:
    """Seats and parents. `recalled` are whole bulletins; `returned` counts seats that wait on later lists."""

    seats: list[PlainSeat]
    parents: list[PlainParent]
    recalled: set[int] = field(default_factory=set)
    returned: int = 0

    def settle(self, now: datetime) -> None:
        """What ends by itself has ended."""
        for each in self.parents:
            if each.until is not None and now >= each.until:
                if each.claim == "held":
                    each.lets_go(each.until)
                else:
                    each.drops("expired")
                    each.status, each.stopped_until = "suspended", end_of(working_day(each.last, STOPPED))
            if each.status == "suspended" and each.stopped_until and now >= each.stopped_until:
                each.status = "awaiting"

    def come_back(self) -> None:
        """Seats that came back after a confirmation are on a later list, or gone with their bulletin."""
        for each in self.seats:
            if each.fate not in (None, "enrolled", RETURNED):
                each.fate = RETURNED
                self.returned += each.bulletin not in self.recalled

    def free(self, bulletin: int) -> list[PlainSeat]:
        """The free seats of a bulletin."""
        return [
            each for each in self.seats if (each.bulletin, each.owner, each.fate) == (bulletin, None, None)
        ]

    def refusal(self, parent: PlainParent, bulletin: int, now: datetime, others: int = 0) -> str | None:
        """Why it may not take one, while so many others are taken along; None: it may."""
        if parent.status in ("enrolled", "withdrawn"):
            return "NotAwaiting"
        if parent.status == "suspended":
            return "Suspended"
        if parent.claim is not None:
            return "OtherClaim"
        if now < parent.barred.get(bulletin, now):
            return "BarredFromBulletin"
        return None if len(self.free(bulletin)) > others else "SeatGone"

    def one_with(self, random: Random, *claims: str | None) -> PlainParent:
        """Somebody who has such a claim, if anybody has; now and then anybody at all."""
        fitting = [each for each in self.parents if each.claim in claims]
        return random.choice(fitting if fitting and random.random() < 0.85 else self.parents)
