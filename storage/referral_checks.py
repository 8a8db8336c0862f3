"""What anybody who holds a referral's paper may see of it: whether it is valid, and for which group."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from domain.referral import ReferralEnd
from storage.referral_states import over
from storage.tables import bulletin, child_group, claim, kindergarten, referral, seat
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReferral:
    """A referral as of `asked_at`, with nothing of the child's. `end` is None while it is valid."""

    number: int
    kindergarten: str
    address: str | None
    group: str
    language: str
    valid_through: date
    end: ReferralEnd | None
    ended_at: datetime | None
    asked_at: datetime


_BY_NUMBER = (
    select(
        referral.c.number,
        referral.c.valid_through,
        referral.c.ends_at,
        referral.c.state,
        referral.c.ended_at,
        kindergarten.c.name.label("kindergarten"),
        kindergarten.c.address,
        child_group.c.name.label("group_name"),
        bulletin.c.language,
    )
    .join_from(referral, claim, claim.c.id == referral.c.claim_id)
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(referral.c.number == bindparam("number", type_=Id))
)


def check(tx: Transaction, number: int) -> CheckedReferral | None:
    """The referral of that number; None when there is none."""
    row = tx.conn.execute(_BY_NUMBER, {"number": number}).first()
    if row is None:
        return None
    end, ended_at = over(row.state, row.ended_at, row.ends_at, tx.now) or (None, None)
    return CheckedReferral(
        number=row.number,
        kindergarten=row.kindergarten,
        address=row.address,
        group=row.group_name,
        language=row.language,
        valid_through=row.valid_through,
        end=end,
        ended_at=ended_at,
        asked_at=tx.now,
    )
