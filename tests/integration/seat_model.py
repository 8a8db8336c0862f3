"""Seats in plain Python: who has what, told by comparing times; nothing of it was read in the code."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

HOLD = timedelta(minutes=10)
BAR = timedelta(minutes=10)


@dataclass
class PlainSeat:
    """`owner` has it while that is not over; `fate` is set once it is for nobody here any more."""

    bulletin: int
    owner: "PlainParent | None" = None
    fate: str | None = None


@dataclass
class PlainParent:
    """One application. `claim` is held, applied or referred; `until` ends it by itself."""

    index: int
    status: str = "awaiting"
    claim: str | None = None
    seat: PlainSeat | None = None
    claim_id: int = 0
    referral_id: int = 0
    until: datetime | None = None
    extended: bool = False
    suspended_until: datetime | None = None
    barred: dict[int, datetime] = field(default_factory=dict)

    def drops(self, fate: str | None) -> None:
        """Its claim is over: the seat is free again, or has come to this."""
        assert self.seat is not None
        self.seat.owner, self.seat.fate = None, fate
        self.claim, self.seat, self.until = None, None, None


@dataclass
class PlainTown:
    """Seats and parents, as of `now`."""

    seats: list[PlainSeat]
    parents: list[PlainParent]

    def settle(self, now: datetime) -> None:
        """What ends by itself has ended."""
        for each in self.parents:
            over = each.until is not None and now >= each.until
            if over and each.claim == "held":
                assert each.seat is not None
                assert each.until is not None
                each.barred[each.seat.bulletin] = each.until + BAR
                each.drops(None)
            elif over and each.claim == "referred":
                each.drops("expired")
                each.status = "suspended"
            if each.status == "suspended" and each.suspended_until and now >= each.suspended_until:
                each.status = "awaiting"

    def free(self, bulletin: int) -> list[PlainSeat]:
        """The free seats of a bulletin."""
        return [
            each for each in self.seats if (each.bulletin, each.owner, each.fate) == (bulletin, None, None)
        ]

    def refusal(self, parent: PlainParent, bulletin: int, now: datetime) -> str | None:
        """Why it may not take one; None: it may."""
        if parent.status in ("enrolled", "withdrawn"):
            return "NotAwaiting"
        if parent.status == "suspended":
            return "Suspended"
        if parent.claim is not None:
            return "OtherClaim"
        if now < parent.barred.get(bulletin, now):
            return "BarredFromBulletin"
        return None if self.free(bulletin) else "SeatGone"

    def one_with(self, random: Random, *claims: str | None) -> PlainParent:
        """Somebody who has such a claim, if anybody has; now and then anybody at all."""
        fitting = [each for each in self.parents if each.claim in claims]
        return random.choice(fitting if fitting and random.random() < 0.8 else self.parents)
