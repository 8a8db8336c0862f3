"""Taking a seat for ten minutes, and letting it go [001]."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from domain import hold
from domain.errors import OpeningNow, SeatGone
from domain.hold import HoldEnd
from domain.taking import check_may_take
from storage.applications import Application
from storage.prepared import Prepared
from storage.seats import access_making, claims, lapsing, standing
from storage.seats.access_making import Making
from storage.seats.claims import SeatClaim
from storage.seats.locking import lock_of_children
from storage.seats.picking import Wanted, pick
from storage.seats.standing import BulletinUnknown, Standing
from storage.tables import bulletin, seat, seat_list
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A seat that is held from now to before `until`."""

    claim_id: int
    application_id: int
    child_id: int
    bulletin_id: int
    seat_id: int
    taken_at: datetime
    until: datetime


_LIST = Prepared(
    select(
        seat_list.c.id,
        seat_list.c.publish_at,
        seat_list.c.opens_at,
        seat_list.c.priority_ends_at,
        seat_list.c.access_made_at,
    )
    .join_from(bulletin, seat_list, seat_list.c.id == bulletin.c.list_id)
    .where(bulletin.c.id == bindparam("bulletin", type_=Id))
)
_FREE_AGAIN = (
    update(seat).where(seat.c.claim_id == bindparam("of_claim")).values(claim_id=None, held_until=None)
)


def take(tx: Transaction, application_id: int, bulletin_id: int) -> Taken:
    """Hold a seat of a bulletin for an application, as long as the policy in force says.

    Makes what it needs before: the access of the list, and what has fallen due for the application. Raises
    the first of the reasons against (TakingRefused: WrongQueue … SeatGone), BulletinUnknown.
    """
    make_access(tx, bulletin_id)
    ready(tx, [application_id])
    found = standing.read(tx, application_id, bulletin_id)
    check_may_take(found.attempt.applicant, found.attempt.bulletin, tx.now)
    return hold_one(tx, found)


def let_go(tx: Transaction, claim_id: int) -> list[SeatClaim]:
    """Let a held seat go, with its twin's; free again in its bulletin at this instant.

    The claims as they were, the asked one first. Raises HoldOver, ClaimUnknown.
    """
    pair = [each for _, each in claims.lock_with_twin(tx, claim_id)]
    claims.check_held(pair[0], tx.now)
    for each in pair:
        end_hold(tx, each, HoldEnd.LET_GO)
    return pair


def end_hold(tx: Transaction, held: SeatClaim, how: HoldEnd, end_reason: str | None = None) -> None:
    """End one hold before its time, its application being locked; nothing when it is over by now.

    The seat is free again in the same bulletin at this instant.
    """
    tx.conn.execute(_FREE_AGAIN, {"of_claim": held.id})
    claims.end(tx, held, how.value, tx.now, end_reason=end_reason)


def make_access(tx: Transaction, bulletin_id: int) -> None:
    """See to it that the first of the queue have their access, before anybody takes a seat of the list.

    Comes before the locks of applications: making it reads and locks many. Raises BulletinUnknown, and
    OpeningNow where that takes more than this transaction: a part is done, the clockwork does the rest.
    """
    row = _LIST.first(tx, {"bulletin": bulletin_id})
    if row is None:
        raise BulletinUnknown
    if row.access_made_at is not None or tx.now < row.opens_at:
        return
    if access_making.make(tx, row.id) is not Making.MADE:
        raise OpeningNow


def ready(tx: Transaction, application_ids: Sequence[int]) -> list[Application]:
    """Lock applications with all others of their children, and make what has fallen due for any of them.

    What one has in hand stands in the way of the others, as long as it is not over.
    """
    locked = lock_of_children(tx, application_ids)
    due = {each.id: lapsing.make_own_due(tx, each) for each in locked.values()}
    return [due[each] for each in application_ids if each in due]


def hold_one(tx: Transaction, found: Standing, until: datetime | None = None) -> Taken:
    """Take a seat for one who may, its application being locked, to `until` or as the policy says.

    Raises SeatGone.
    """
    until = until or hold.take(tx.now, found.policy).until
    wanted = Wanted(
        application_id=found.application_id,
        child_id=found.child_id,
        bulletin_id=found.bulletin_id,
        total_seats=found.total_seats,
        until=until,
    )
    picked = pick(tx, wanted)
    if picked is None:
        raise SeatGone(found.bulletin_id)
    return Taken(
        claim_id=picked.claim_id,
        application_id=found.application_id,
        child_id=found.child_id,
        bulletin_id=found.bulletin_id,
        seat_id=picked.seat_id,
        taken_at=tx.now,
        until=until,
    )
