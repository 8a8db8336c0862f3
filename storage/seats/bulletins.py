"""Bulletins as they are read: one, or those of a page that is asked for by its filters [003, 004].

A seat is free when nobody has it in hand now: a hold that has lapsed holds nothing, whether or not anybody
has cleared it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from domain import taking
from domain.seat_list import BulletinState, SeatList, bulletin_state
from storage.prepared import Prepared
from storage.seats.free import FREE, NOW
from storage.seats.offers import offer_of, seat_list_of
from storage.tables import bulletin, child_group, kindergarten, seat, seat_list
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """All that a bulletin shows [004]; `free` counts the seats that nobody has in hand now.

    `cause` is why its seats came back, when they did. `published_by_role` is the word for a role of staff;
    whose it was is nobody's business.
    """

    id: int
    offer: taking.Offer
    seat_list: SeatList
    list_id: int
    group_id: int
    group: str
    group_kind: str
    kindergarten_id: int
    kindergarten: str
    ownership: str
    address: str | None
    latitude: float | None
    longitude: float | None
    total: int
    free: int
    seat_kind: str
    cause: str | None
    released_on: date
    published_by_role: str
    recalled_at: datetime | None
    recall_reason: str | None

    def state(self, now: datetime) -> BulletinState:
        """What it shows of itself."""
        return bulletin_state(self.seat_list, now, free=self.free, recalled=self.recalled_at is not None)

    @property
    def to_take(self) -> taking.Bulletin:
        """The bulletin as the rule looks at it."""
        recalled = self.recalled_at is not None
        return taking.Bulletin(offer=self.offer, seat_list=self.seat_list, free=self.free, recalled=recalled)


_FREE = (
    select(func.count())
    .where(seat.c.bulletin_id == bulletin.c.id, FREE)
    .correlate(bulletin)
    .scalar_subquery()
)
READ: Select[*tuple[Any, ...]] = (
    select(
        bulletin,
        _FREE.label("free"),
        seat_list.c.publish_at,
        seat_list.c.opens_at,
        seat_list.c.priority_ends_at,
        seat_list.c.access_made_at,
        child_group.c.name.label("group_name"),
        kindergarten.c.id.label("kindergarten_id"),
        kindergarten.c.name.label("kindergarten_name"),
        kindergarten.c.ownership,
        kindergarten.c.address,
        kindergarten.c.latitude,
        kindergarten.c.longitude,
    )
    .join(seat_list, seat_list.c.id == bulletin.c.list_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    # What is reported is nobody's to see before its 18:00.
    .where(seat_list.c.publish_at <= NOW)
)
_ONE = Prepared(READ.where(bulletin.c.id == bindparam("bulletin_id", type_=Id)))


def find(tx: Transaction, bulletin_id: int) -> Bulletin | None:
    """The bulletin of that id, as it stands now; None where there is none, or it is not published yet."""
    row = _ONE.first(tx, {"bulletin_id": bulletin_id, "now": tx.now})
    return None if row is None else bulletin_from(row)


def bulletin_from(row: Any) -> Bulletin:
    """A bulletin from a row of READ."""
    return Bulletin(
        id=row.id,
        offer=offer_of(row, row.id),
        seat_list=seat_list_of(row),
        list_id=row.list_id,
        group_id=row.group_id,
        group=row.group_name,
        group_kind=row.group_kind,
        kindergarten_id=row.kindergarten_id,
        kindergarten=row.kindergarten_name,
        ownership=row.ownership,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        total=row.total_seats,
        free=row.free,
        seat_kind=row.seat_kind,
        cause=row.cause,
        released_on=row.released_on,
        published_by_role=row.published_by_role,
        recalled_at=row.recalled_at,
        recall_reason=row.recall_reason,
    )
