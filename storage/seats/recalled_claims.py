"""Seats that are taken off a bulletin, and the claims on them, which end with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, or_, select, update

from domain.application import Happening
from domain.claim import ClaimKind
from domain.errors import SeatsOutOfRange
from domain.hold import HoldEnd
from domain.referral import ReferralEnd
from storage import applications
from storage.application_changes import set_status
from storage.seats import claims, lapsing
from storage.tables import claim, referral, seat
from storage.transaction import Transaction
from storage.types import Id, Instant

RECALLED = HoldEnd.RECALLED.value


@dataclass(frozen=True, slots=True)
class EndedClaim:
    """A claim that ended because its seat was taken off; `kind` is how far it had come."""

    claim_id: int
    application_id: int
    child_id: int
    kind: ClaimKind


_HELD = claim.c.state == ClaimKind.HELD.value
_LIVE = claim.c.ended_at.is_(None)
_SEATS = (
    select(
        seat.c.id,
        claim.c.id.label("claim_id"),
        claim.c.application_id,
        claim.c.child_id,
        claim.c.state,
        claim.c.held_until,
        claim.c.ended_at,
        claim.c.twin_of,
    )
    .outerjoin(claim, claim.c.id == seat.c.claim_id)
    .where(
        seat.c.bulletin_id == bindparam("of_bulletin", type_=Id),
        seat.c.recalled_at.is_(None),
        # What was signed for stays; what came back after a confirmation is on its way to the next list.
        or_(claim.c.id.is_(None), claim.c.ended_at.is_(None), seat.c.held_until.is_not(None)),
    )
    # Free ones first, then what costs its holder least to lose.
    .order_by(
        case(
            (claim.c.id.is_(None) | claim.c.ended_at.is_not(None), 0),
            (_HELD, 1),
            (claim.c.state == ClaimKind.APPLIED.value, 2),
            else_=3,
        ),
        claim.c.taken_at.desc(),
        seat.c.position.desc(),
    )
)
_LOCK_SEATS = (
    select(seat.c.id)
    .where(seat.c.bulletin_id == bindparam("of_bulletin", type_=Id), seat.c.recalled_at.is_(None))
    .order_by(seat.c.id)
    .with_for_update()
)
_AT = bindparam("at", type_=Instant())
_TAKE_OFF = update(seat).where(seat.c.id.in_(bindparam("ids", expanding=True))).values(recalled_at=_AT)
_own = claim.alias("own")
_TWINS = select(claim.c.id.label("claim_id"), claim.c.application_id, claim.c.child_id).where(
    or_(
        claim.c.twin_of == bindparam("of_claim", type_=Id),
        claim.c.id.in_(select(_own.c.twin_of).where(_own.c.id == bindparam("of_claim", type_=Id))),
    ),
    _LIVE,
    _HELD,
)
_FREE = (
    update(seat)
    .where(seat.c.claim_id == bindparam("of_claim", type_=Id))
    .values(claim_id=None, held_until=None)
)
_END_REFERRAL = (
    update(referral)
    .where(referral.c.claim_id == bindparam("of_claim", type_=Id), referral.c.ended_at.is_(None))
    .values(state=ReferralEnd.REVOKED.value, ended_at=_AT)
)


def recall_seats(
    tx: Transaction, bulletin_id: int, words: str, seats: int | None
) -> tuple[int, tuple[EndedClaim, ...]]:
    """Take so many seats off (None: all that can be); how many, and the claims that it ended.

    Raises SeatsOutOfRange.
    """
    rows = _locked(tx, bulletin_id)
    if seats is not None and not 1 <= seats <= len(rows):
        raise SeatsOutOfRange(len(rows))
    chosen = rows[:seats]
    if chosen:
        tx.conn.execute(_TAKE_OFF, {"ids": [row.id for row in chosen], "at": tx.now})
    ended = [each for row in chosen if _is_claimed(row) for each in _end(tx, row, words)]
    return len(chosen), tuple({each.claim_id: each for each in ended}.values())


def _locked(tx: Transaction, bulletin_id: int) -> Sequence[Any]:
    """The seats that can be taken off, locked with the applications that have them in hand.

    Applications come before seats, as everywhere. Only what is read once the seats are locked counts: one
    of them may have been taken, and confirmed, while we waited.
    """
    asked = {"of_bulletin": bulletin_id}
    ours = _lock_holders(tx, tx.conn.execute(_SEATS, asked).all(), frozenset())
    tx.conn.execute(_LOCK_SEATS, asked)
    while True:
        rows = tx.conn.execute(_SEATS, asked).all()
        before, ours = ours, _lock_holders(tx, rows, ours)
        if ours == before:
            return rows


def _lock_holders(tx: Transaction, rows: Sequence[Any], ours: frozenset[int]) -> frozenset[int]:
    """Lock those that are not `ours` yet; all that are then."""
    holders = frozenset(row.application_id for row in rows if _is_claimed(row))
    for application_id in sorted(holders - ours):
        locked = applications.lock(tx, application_id)
        if locked is not None:
            # A referral that has run out by now was not taken back: it was not used.
            lapsing.make_own_due(tx, locked)
    return ours | holders


def _is_claimed(row: Any) -> bool:
    """Whether a claim is to end: a lapsed one that ended may still stand in a free seat."""
    return row.claim_id is not None and row.ended_at is None


def _end(tx: Transaction, row: Any, words: str) -> list[EndedClaim]:
    kind = ClaimKind(row.state)
    if kind is ClaimKind.HELD:
        return _end_hold(tx, row, words)
    referred = kind is ClaimKind.REFERRED
    _write_end(tx, row.claim_id, ReferralEnd.REVOKED.value if referred else RECALLED, words)
    tx.conn.execute(_END_REFERRAL, {"of_claim": row.claim_id, "at": tx.now})
    application = applications.find(tx, row.application_id)
    assert application is not None
    set_status(tx, application, Happening.REVOKED if referred else Happening.TURNED_DOWN)
    return [EndedClaim(row.claim_id, row.application_id, row.child_id, kind)]


def _end_hold(tx: Transaction, row: Any, words: str) -> list[EndedClaim]:
    """A hold ends for both twins; one that had lapsed before is over already."""
    if tx.now >= row.held_until:
        return []
    ended = []
    for each in (row, *tx.conn.execute(_TWINS, {"of_claim": row.claim_id}).all()):
        claim_id = each.claim_id
        _write_end(tx, claim_id, RECALLED, words)
        tx.conn.execute(_FREE, {"of_claim": claim_id})
        ended.append(EndedClaim(claim_id, each.application_id, each.child_id, ClaimKind.HELD))
    return ended


def _write_end(tx: Transaction, claim_id: int, state: str, words: str) -> None:
    ended = claims.find(tx, claim_id)
    assert ended is not None
    claims.end(tx, ended, state, tx.now, end_reason=RECALLED, words=words)
