"""Families are told what came by itself: each thing once, in the transaction that takes it off the list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.flows.concerned import parents_of_each
from bot.flows.telling import News, tell_all
from domain.application import LIVE, Status
from domain.notice import Told
from storage import applications, people, untold
from storage.applications import Application
from storage.queue_places import place_of
from storage.seats import access_news, lapsing, seat_names
from storage.transaction import Transaction

AT_ONCE = 50
"""So many families in one transaction: each is a few rows to write and to seal."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came by itself to an application."""

    application_id: int
    kind: Told
    facts: Mapping[str, Any]


def holds(tx: Transaction) -> int:
    """Write down the holds that lapsed, and tell of them; how many."""
    gone = lapsing.clear_lapsed(tx, AT_ONCE)
    of_claim = seat_names.of_claims(tx, [each.claim_id for each in gone])
    tell(tx, [Came(each.application_id, Told.HOLD_GONE, of_claim[each.claim_id]) for each in gone])
    return len(gone)


def referrals(tx: Transaction) -> int:
    """Make what was not used in time expired, and tell of it; how many."""
    expired = lapsing.expire_due(tx, AT_ONCE)
    of_claim = seat_names.of_claims(tx, [each.claim_id for each in expired])
    came = []
    for each in expired:
        facts = of_claim[each.claim_id] | {"referral": each.number}
        if each.suspended_until > each.suspended_from:
            facts["until"] = each.suspended_until.isoformat()
        came.append(Came(each.application_id, Told.REFERRAL_EXPIRED, facts))
    tell(tx, came)
    return len(expired)


def access(tx: Transaction) -> int:
    """Tell those who are among the first of a list that is open; how many."""
    some = access_news.take(tx, AT_ONCE)
    open_still = [each for each in some if tx.now < each.ends_at]
    tell(
        tx,
        [
            Came(each.application_id, Told.ACCESS_OPENED, {"until": each.ends_at.isoformat()})
            for each in open_still
        ],
    )
    return len(some)


def others(tx: Transaction) -> int:
    """Tell what else happened, whoever made it happen; how much."""
    some = untold.take(tx, AT_ONCE)
    tell(tx, [Came(each.application_id, each.kind, each.data) for each in some])
    return len(some)


def tell(tx: Transaction, came: Sequence[Came]) -> None:
    """In few statements, however many families: twenty thousand may have to be told at 07:00."""
    if came:
        tell_all(tx, list(_news(tx, came)), tx.now)


def _news(tx: Transaction, came: Sequence[Came]) -> Iterator[News]:
    found = applications.find_each(tx, {each.application_id for each in came})
    parents = parents_of_each(tx, list(found.values()))
    names = people.names_of_children(tx, {each.child_id for each in found.values()})
    for each in came:
        of = found.get(each.application_id)
        if of is None or (each.kind is Told.ACCESS_OPENED and not _waits(of)):
            continue
        facts = {**each.facts, "number": of.number, "child": names.get(of.child_id, "")}
        if each.kind is Told.SUSPENSION_OVER:
            facts |= _place(tx, of)
        for parent_id in parents[of.id]:
            yield News(parent_id=parent_id, kind=each.kind, facts=facts, application_id=of.id)


def _waits(found: Application) -> bool:
    """Whether access is of any use to it."""
    return found.status is Status.AWAITING_PLACE and found.paused_at is None


def _place(tx: Transaction, found: Application) -> dict[str, Any]:
    stands = place_of(tx, found.id) if found.status in LIVE else None
    return {} if stands is None or stands.place is None else {"place": stands.place}
