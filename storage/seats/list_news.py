"""Lists of which is to be told: that they came out, and that what is left is open to everyone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import bindparam, select, update

from domain.admission import admitted, queues_concerned
from domain.alerts import IN_PROSPECT, OF_WHAT_IS_LEFT, STALE_AFTER, prospects
from domain.seat_list import SeatList
from domain.taking import Offer
from storage import policies
from storage.one_instant import see_one_instant
from storage.seats.offers import free_of_list, seat_list_of
from storage.seats.queue_walk import queues_of, walk
from storage.tables import access, bulletin, child_group, kindergarten, seat_list
from storage.transaction import Transaction
from storage.types import Id, Instant


class ListNews(str, Enum):
    """What of a list is told."""

    PUBLISHED = "published"
    TO_EVERYONE = "to_everyone"


@dataclass(frozen=True, slots=True)
class ListDue:
    """A list of which something is to be told; `through`: up to which parent that is done."""

    list_id: int
    territory_id: int
    seat_list: SeatList
    what: ListNews
    through: int | None


@dataclass(frozen=True, slots=True)
class OnOffer:
    """The free seats of a bulletin, and where they are."""

    offer: Offer
    free: int
    house_id: int
    house: str


_NOW = bindparam("now", type_=Instant())
_LIST = bindparam("of_list", type_=Id)
_DUE = {
    ListNews.PUBLISHED: select(seat_list)
    .where(seat_list.c.published_told_at.is_(None), seat_list.c.publish_at <= _NOW)
    .order_by(seat_list.c.publish_at, seat_list.c.id),
    ListNews.TO_EVERYONE: select(seat_list)
    .where(
        seat_list.c.everyone_told_at.is_(None),
        seat_list.c.access_made_at.is_not(None),
        seat_list.c.priority_ends_at <= _NOW,
        seat_list.c.published_told_at.is_not(None),
    )
    .order_by(seat_list.c.priority_ends_at, seat_list.c.id),
}
# What refers to the list may still be written beside this lock; whoever finds it taken leaves it.
_TAKE = select(seat_list).where(seat_list.c.id == _LIST).with_for_update(key_share=True, skip_locked=True)
_THROUGH = update(seat_list).where(seat_list.c.id == _LIST).values(told_through=bindparam("last", type_=Id))
_DONE = {
    what: update(seat_list).where(seat_list.c.id == _LIST).values({column: _NOW, "told_through": None})
    for what, column in (
        (ListNews.PUBLISHED, "published_told_at"),
        (ListNews.TO_EVERYONE, "everyone_told_at"),
    )
}
_HOUSES = (
    select(bulletin.c.id, kindergarten.c.id.label("house_id"), kindergarten.c.name)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(bulletin.c.list_id == _LIST)
    .order_by(kindergarten.c.name, bulletin.c.id)
)
_WITH_ACCESS = select(access.c.application_id).where(access.c.list_id == _LIST)


def due(tx: Transaction, what: ListNews) -> ListDue | None:
    """The list that has waited longest; None where nothing is to be told."""
    row = tx.conn.execute(_DUE[what].limit(1), {"now": tx.now}).first()
    return None if row is None else _list_due(row, what)


def offered(tx: Transaction, of: ListDue) -> list[OnOffer]:
    """What of it is worth telling now: nothing where it comes too late, or nothing is free."""
    if _is_stale(of, tx.now):
        return []
    free = {offer.bulletin_id: (offer, number) for offer, number in free_of_list(tx, of.list_id).items()}
    rows = tx.conn.execute(_HOUSES, {"of_list": of.list_id})
    return [OnOffer(*free[row.id], row.house_id, row.name) for row in rows if row.id in free]


def for_whom_it_matters(tx: Transaction, of: ListDue) -> tuple[int, ...]:
    """The applications that are told without having asked, in the order of the queue. For reading."""
    see_one_instant(tx)
    published = of.what is ListNews.PUBLISHED
    times = IN_PROSPECT if published else OF_WHAT_IS_LEFT
    wanted = prospects(free_of_list(tx, of.list_id).items(), times)
    policy = policies.in_force(tx, of.territory_id, of.seat_list.opens_at)
    found = admitted(wanted, walk(tx, queues_of(tx, queues_concerned(wanted)), policy))
    if not published or tx.now < of.seat_list.opens_at:
        return found
    # Late: whoever has access was told that.
    told = set(tx.conn.execute(_WITH_ACCESS, {"of_list": of.list_id}).scalars())
    return tuple(each for each in found if each not in told)


def take(tx: Transaction, of: ListDue) -> bool:
    """Whether it has come no further; then nobody else goes on with it until this transaction ends."""
    row = tx.conn.execute(_TAKE, {"of_list": of.list_id}).one_or_none()
    if row is None:
        return False
    told: Mapping[ListNews, datetime | None] = {
        ListNews.PUBLISHED: row.published_told_at,
        ListNews.TO_EVERYONE: row.everyone_told_at,
    }
    return told[of.what] is None and row.told_through == of.through


def go_on(tx: Transaction, of: ListDue, through: int) -> None:
    """The parents up to this one are told."""
    tx.conn.execute(_THROUGH, {"of_list": of.list_id, "last": through})


def finish(tx: Transaction, of: ListDue) -> None:
    """All are told."""
    tx.conn.execute(_DONE[of.what], {"of_list": of.list_id, "now": tx.now})


def _is_stale(of: ListDue, now: datetime) -> bool:
    everyone = of.seat_list.priority_ends_at
    return now >= everyone if of.what is ListNews.PUBLISHED else now >= everyone + STALE_AFTER


def _list_due(row: Any, what: ListNews) -> ListDue:
    return ListDue(row.id, row.territory_id, seat_list_of(row), what, row.told_through)
