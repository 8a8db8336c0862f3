"""Families are told what came by itself: each thing once, in the transaction that takes it off the list."""

from typing import Any

from sqlalchemy import bindparam, select

from bot.flows.concerned import parents_of
from bot.flows.telling import tell
from domain.application import LIVE, Status
from domain.notice import Told
from storage import applications, people, untold
from storage.applications import Application
from storage.queue_places import place_of
from storage.seats import access_news, lapsing
from storage.tables import bulletin, child_group, claim, kindergarten, seat
from storage.transaction import Transaction
from storage.types import Id

AT_ONCE = 20
"""So many families in one transaction: each is a few rows to write and to seal."""

_SEAT = (
    select(kindergarten.c.name.label("kindergarten"), child_group.c.name.label("group"))
    .join_from(claim, seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(claim.c.id == bindparam("of_claim", type_=Id))
)


def holds(tx: Transaction) -> int:
    """Write down the holds that lapsed, and tell of them; how many."""
    gone = lapsing.clear_lapsed(tx, AT_ONCE)
    for each in gone:
        _tell(tx, each.application_id, Told.HOLD_GONE, **_seat(tx, each.claim_id))
    return len(gone)


def referrals(tx: Transaction) -> int:
    """Make what was not used in time expired, and tell of it; how many."""
    expired = lapsing.expire_due(tx, AT_ONCE)
    for each in expired:
        facts = _seat(tx, each.claim_id) | {"referral": each.number}
        if each.suspended_until > each.suspended_from:
            facts["until"] = each.suspended_until.isoformat()
        _tell(tx, each.application_id, Told.REFERRAL_EXPIRED, **facts)
    return len(expired)


def access(tx: Transaction) -> int:
    """Tell those who are among the first of a list that is open; how many."""
    some = access_news.take(tx, AT_ONCE)
    for each in some:
        found = applications.find(tx, each.application_id)
        waits = found is not None and found.status is Status.AWAITING_PLACE and found.paused_at is None
        if waits and tx.now < each.ends_at:
            _tell(tx, each.application_id, Told.ACCESS_OPENED, until=each.ends_at.isoformat())
    return len(some)


def others(tx: Transaction) -> int:
    """Tell what else happened, whoever made it happen; how much."""
    some = untold.take(tx, AT_ONCE)
    for each in some:
        _tell(tx, each.application_id, each.kind, **each.data)
    return len(some)


def _tell(tx: Transaction, application_id: int, kind: Told, **facts: Any) -> None:
    found = applications.find(tx, application_id)
    if found is None:
        return
    facts |= {"number": found.number, "child": people.name_of_child(tx, found.child_id) or ""}
    if kind is Told.SUSPENSION_OVER:
        facts |= _place(tx, found)
    for parent_id in parents_of(tx, found.child_id, [found]):
        tell(tx, parent_id, kind, tx.now, application_id=found.id, **facts)


def _place(tx: Transaction, found: Application) -> dict[str, Any]:
    stands = place_of(tx, found.id) if found.status in LIVE else None
    return {} if stands is None or stands.place is None else {"place": stands.place}


def _seat(tx: Transaction, claim_id: int) -> dict[str, Any]:
    return dict(tx.conn.execute(_SEAT, {"of_claim": claim_id}).mappings().one())
