"""Families are told what came by itself: each thing once, in the transaction that takes it off the list."""

from typing import Any

from bot.flows.concerned import parents_of
from bot.flows.telling import tell
from domain.application import LIVE, Status
from domain.notice import Told
from storage import applications, people, untold
from storage.applications import Application
from storage.queue_places import place_of
from storage.seats import access_news, lapsing, seat_names
from storage.transaction import Transaction

AT_ONCE = 20
"""So many families in one transaction: each is a few rows to write and to seal."""


def holds(tx: Transaction) -> int:
    """Write down the holds that lapsed, and tell of them; how many."""
    gone = lapsing.clear_lapsed(tx, AT_ONCE)
    for each in gone:
        _tell(tx, each.application_id, Told.HOLD_GONE, **seat_names.of_claim(tx, each.claim_id))
    return len(gone)


def referrals(tx: Transaction) -> int:
    """Make what was not used in time expired, and tell of it; how many."""
    expired = lapsing.expire_due(tx, AT_ONCE)
    for each in expired:
        facts = seat_names.of_claim(tx, each.claim_id) | {"referral": each.number}
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
