"""Having one's data erased: what stands in the way, what becomes of the applications, what stays (ours).

What stays is what the order of a queue needs to be shown to other families: an application's number,
queue, dates, class and statuses, and the child's IIN. Reasons: docs/decisions/0013.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.age import birthday_of
from domain.application import LIVE, Status
from domain.claim import Claim
from domain.errors import SeatInHand
from domain.local_time import local_date, start_of

KEPT_YEARS = 3
"""After the end of an application: so long can its place be disputed in court (ours)."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """An application of a parent who wants to be erased.

    `claims` are all of its child that came to no end; `shared`: another parent cares for the child, too.
    """

    number: int
    status: Status
    shared: bool
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequences:
    """What an erasure does to live applications, by their numbers."""

    withdrawn: tuple[int, ...]
    staying: tuple[int, ...]
    """With the other parent, as they are."""


def consequences(applications: Iterable[Concerned], now: datetime) -> Consequences:
    """What becomes of the live ones. Raises SeatInHand for the first with a seat that nobody would keep.

    A seat is never lost in passing: it is given up, or used, before.
    """
    withdrawn, staying = [], []
    for each in applications:
        if each.status not in LIVE:
            continue
        if each.shared:
            staying.append(each.number)
            continue
        if _seat_in_hand(each, now):
            raise SeatInHand(each.number)
        withdrawn.append(each.number)
    return Consequences(tuple(sorted(withdrawn)), tuple(sorted(staying)))


def kept_until(ended_at: datetime) -> datetime:
    """The instant since which nothing has to be kept of what ended then: after the same day, years later."""
    return start_of(birthday_of(local_date(ended_at), KEPT_YEARS) + timedelta(days=1))


def _seat_in_hand(each: Concerned, now: datetime) -> bool:
    confirmed = each.status in (Status.APPLIED, Status.REFERRED)
    return confirmed or any(claim.is_live(now) for claim in each.claims)
