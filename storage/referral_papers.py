"""What is printed on a referral for its own parent."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from domain.referral import ReferralEnd
from storage import children
from storage.children import Child
from storage.referral_states import over
from storage.tables import bulletin, child_group, claim, kindergarten, referral, seat
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPaper:
    """A referral as of `asked_at`. `end` is None while it is valid: no other is printed.

    No contract starts before `released_on`.
    """

    number: int
    child: Child = field(repr=False)
    kindergarten: str
    address: str | None
    phone: str | None
    group: str
    language: str
    released_on: date
    issued_at: datetime
    valid_through: date
    end: ReferralEnd | None
    asked_at: datetime


_PAPER = (
    select(
        referral.c.number,
        referral.c.issued_at,
        referral.c.valid_through,
        referral.c.ends_at,
        referral.c.state,
        referral.c.ended_at,
        claim.c.child_id,
        kindergarten.c.name.label("kindergarten"),
        kindergarten.c.address,
        kindergarten.c.phone,
        child_group.c.name.label("group_name"),
        bulletin.c.language,
        bulletin.c.released_on,
    )
    .join_from(referral, claim, claim.c.id == referral.c.claim_id)
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
)
_BY_ID = _PAPER.where(referral.c.id == bindparam("referral", type_=Id))
_BY_NUMBER = _PAPER.where(referral.c.number == bindparam("number", type_=Id))


def paper(tx: Transaction, parent_id: int, referral_id: int) -> ReferralPaper | None:
    """The referral for a child of this parent; None for another's and for none. Raises VaultError."""
    return _paper(tx, parent_id, tx.conn.execute(_BY_ID, {"referral": referral_id}).first())


def paper_of_number(tx: Transaction, parent_id: int, number: int) -> ReferralPaper | None:
    """The same by the number that people know. Raises VaultError."""
    return _paper(tx, parent_id, tx.conn.execute(_BY_NUMBER, {"number": number}).first())


def _paper(tx: Transaction, parent_id: int, row: Any) -> ReferralPaper | None:
    child = None if row is None else children.find(tx, parent_id, row.child_id)
    if row is None or child is None:
        return None
    ended = over(row.state, row.ended_at, row.ends_at, tx.now)
    return ReferralPaper(
        number=row.number,
        child=child,
        kindergarten=row.kindergarten,
        address=row.address,
        phone=row.phone,
        group=row.group_name,
        language=row.language,
        released_on=row.released_on,
        issued_at=row.issued_at,
        valid_through=row.valid_through,
        end=None if ended is None else ended[0],
        asked_at=tx.now,
    )
