"""What applications have in hand: a seat held, sent for, referred to, or signed for; and their access."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from domain.claim import ClaimKind
from storage.prepared import Prepared
from storage.tables import access, bulletin, child_group, claim, kindergarten, referral, seat, seat_list
from storage.transaction import Transaction
from storage.types import Id, Instant


@dataclass(frozen=True, slots=True)
class InHand:
    """The newest claim of an application. `kind` is None for one that is over."""

    claim_id: int
    application_id: int
    kind: ClaimKind | None
    taken_at: datetime
    held_until: datetime
    kindergarten: str
    group: str
    valid_through: date | None
    contract_at: datetime | None

    def is_live(self, now: datetime) -> bool:
        """Whether the seat is in the child's hand; a hold lapses by itself."""
        return self.kind is not None and (self.kind is not ClaimKind.HELD or now < self.held_until)


_CLAIMS = (
    select(
        claim.c.id,
        claim.c.application_id,
        claim.c.state,
        claim.c.taken_at,
        claim.c.held_until,
        kindergarten.c.name.label("kindergarten"),
        child_group.c.name.label("group"),
        referral.c.valid_through,
        referral.c.contract_at,
    )
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .outerjoin(referral, referral.c.claim_id == claim.c.id)
    # One that goes on comes after whatever ended at the instant at which it began.
    .order_by(claim.c.ended_at.is_(None), claim.c.taken_at, claim.c.id)
)
_ACCESSES = (
    select(access.c.application_id, access.c.ends_at)
    .join(seat_list, seat_list.c.id == access.c.list_id)
    .where(
        # Nothing of a list counts before the access of all is made.
        seat_list.c.access_made_at.is_not(None),
        access.c.ends_at > bindparam("now", type_=Instant()),
    )
    .order_by(access.c.ends_at)
)
_OF_MANY = bindparam("applications", type_=Id, expanding=True)
_OF_ONE = bindparam("application", type_=Id)
_NEWEST = _CLAIMS.where(claim.c.application_id.in_(_OF_MANY))
_ACCESS = _ACCESSES.where(access.c.application_id.in_(_OF_MANY))
# A parent has one application as a rule, and asks for it in every other turn.
_NEWEST_OF_ONE = Prepared(_CLAIMS.where(claim.c.application_id == _OF_ONE))
_ACCESS_OF_ONE = Prepared(_ACCESSES.where(access.c.application_id == _OF_ONE))
_LIVE = {kind.value: kind for kind in ClaimKind}


def of_applications(tx: Transaction, application_ids: Iterable[int]) -> dict[int, InHand]:
    """The newest claim of each of these applications, for those that ever had one."""
    rows = _rows(tx, application_ids, _NEWEST, _NEWEST_OF_ONE, {})
    return {row.application_id: _in_hand(row) for row in rows}


def access_of(tx: Transaction, application_ids: Iterable[int], now: datetime) -> dict[int, datetime]:
    """Until when each of these is among the first of a list that is open now, for those that are."""
    rows = _rows(tx, application_ids, _ACCESS, _ACCESS_OF_ONE, {"now": now})
    return {row.application_id: row.ends_at for row in rows}


def _rows(
    tx: Transaction, application_ids: Iterable[int], many: Select[Any], one: Prepared, asked: dict[str, Any]
) -> Iterable[Any]:
    ids = list(application_ids)
    if len(ids) == 1:
        return one.all(tx, asked | {"application": ids[0]})
    return tx.conn.execute(many, asked | {"applications": ids})


def _in_hand(row: Any) -> InHand:
    return InHand(
        claim_id=row.id,
        application_id=row.application_id,
        kind=_LIVE.get(row.state),
        taken_at=row.taken_at,
        held_until=row.held_until,
        kindergarten=row.kindergarten,
        group=row.group,
        valid_through=row.valid_through,
        contract_at=row.contract_at,
    )
