"""The end of a claim when its application is withdrawn.

A seat that was only held is free again in the same bulletin at that very instant, and twins, who share a
hold, lose both. One that was confirmed is not: it keeps the ended claim, by which it is found when the
next list is published, and its cause [003].
"""

from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from domain.claim import ClaimKind
from domain.hold import HoldEnd
from domain.referral import ReferralEnd
from storage.in_hand import InHand
from storage.tables import claim, referral, seat
from storage.transaction import Transaction
from storage.types import Instant

WITHDRAWN = "application_withdrawn"
"""Why such a claim ended."""

_twin = claim.alias("twin")
_PAIR = (
    select(claim.c.id)
    .where(
        or_(
            claim.c.id == bindparam("of_claim"),
            claim.c.twin_of == bindparam("of_claim"),
            claim.c.id.in_(select(_twin.c.twin_of).where(_twin.c.id == bindparam("of_claim"))),
        ),
        claim.c.state == ClaimKind.HELD.value,
    )
    .order_by(claim.c.id)
)
_ended = {"ended_at": bindparam("at", type_=Instant())}
_END_CLAIM = (
    update(claim)
    .where(claim.c.id == bindparam("of_claim"), claim.c.ended_at.is_(None))
    .values(state=bindparam("new_state"), end_reason=WITHDRAWN, **_ended)
)
_END_REFERRAL = (
    update(referral)
    .where(referral.c.claim_id == bindparam("of_claim"), referral.c.ended_at.is_(None))
    .values(state=ReferralEnd.DECLINED.value, **_ended)
)
_FREE = update(seat).where(seat.c.claim_id == bindparam("of_claim")).values(claim_id=None, held_until=None)


def end_by_withdrawal(tx: Transaction, held: InHand, at: datetime) -> None:
    """End what a withdrawn application has in hand, whatever it is."""
    if held.kind is ClaimKind.HELD:
        for claim_id in tx.conn.execute(_PAIR, {"of_claim": held.claim_id}).scalars().all():
            _end(tx, claim_id, HoldEnd.WITHDRAWN.value, at)
            tx.conn.execute(_FREE, {"of_claim": claim_id})
        return
    declined = ReferralEnd.DECLINED.value if held.kind is ClaimKind.REFERRED else HoldEnd.WITHDRAWN.value
    _end(tx, held.claim_id, declined, at)
    tx.conn.execute(_END_REFERRAL, {"of_claim": held.claim_id, "at": at})


def _end(tx: Transaction, claim_id: int, state: str, at: datetime) -> None:
    tx.conn.execute(_END_CLAIM, {"of_claim": claim_id, "new_state": state, "at": at})
