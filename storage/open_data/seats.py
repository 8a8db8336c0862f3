"""The protocol of released seats [000]: a row for each published bulletin, the newest list first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, not_, select

from domain.seat_list import BulletinState, SeatList, bulletin_state
from storage.open_data.wanted import Wanted
from storage.seats.free import FREE
from storage.seats.offers import seat_list_of
from storage.tables import bulletin, child_group, kindergarten, seat, seat_list
from storage.transaction import Transaction
from storage.types import Id, Instant

Mark = tuple[datetime, int]
"""After which row the next page begins: when its list was published, and its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedSeats:
    """A published bulletin as of now. `cause` is why seats came back; None: they were newly free.

    No contract starts before `released_on`.
    """

    mark: Mark
    territory_id: int
    kindergarten: str
    group: str
    queue_kind: str
    language: str
    birth_years: Sequence[int]
    seat_kind: str
    cause: str | None
    released_on: date
    seats: int
    free: int
    seat_list: SeatList
    state: BulletinState


_FREE = (
    select(func.count())
    .select_from(seat)
    .where(seat.c.bulletin_id == bulletin.c.id, FREE)
    .correlate(bulletin)
    .scalar_subquery()
)
_PUBLISHED = (
    select(
        bulletin,
        seat_list.c.publish_at,
        seat_list.c.opens_at,
        seat_list.c.priority_ends_at,
        seat_list.c.access_made_at,
        kindergarten.c.name.label("kindergarten"),
        child_group.c.name.label("group_name"),
        _FREE.label("free"),
    )
    .join_from(seat_list, bulletin, bulletin.c.list_id == seat_list.c.id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(
        seat_list.c.publish_at <= bindparam("now", type_=Instant()),
        seat_list.c.publish_at >= bindparam("since", type_=Instant()),
        seat_list.c.publish_at < bindparam("until", type_=Instant()),
    )
    .order_by(seat_list.c.publish_at.desc(), bulletin.c.id.desc())
    .limit(bindparam("limit"))
)
_HERE = seat_list.c.territory_id.in_(bindparam("territories", expanding=True, type_=Id))
_MARK = bindparam("mark_at", type_=Instant())
# Written so that the index of the instants is gone on from the mark.
_AFTER = (seat_list.c.publish_at <= _MARK) & not_(
    (seat_list.c.publish_at == _MARK) & (bulletin.c.id >= bindparam("mark_id", type_=Id))
)


def page(tx: Transaction, wanted: Wanted, after: Mark | None, limit: int) -> list[ReleasedSeats]:
    """The next rows. Nothing that is not published yet; what was recalled is there, as such."""
    asked: dict[str, Any] = {"now": tx.now, "since": wanted.since, "until": wanted.until, "limit": limit}
    statement = _PUBLISHED
    if wanted.territories is not None:
        statement = statement.where(_HERE)
        asked["territories"] = wanted.territories
    if after is not None:
        statement = statement.where(_AFTER)
        asked |= {"mark_at": after[0], "mark_id": after[1]}
    return [_released(row, tx.now) for row in tx.conn.execute(statement, asked)]


def _released(row: Row[Any], now: datetime) -> ReleasedSeats:
    of_list = seat_list_of(row)
    return ReleasedSeats(
        mark=(row.publish_at, row.id),
        territory_id=row.territory_id,
        kindergarten=row.kindergarten,
        group=row.group_name,
        queue_kind=row.queue_kind,
        language=row.language,
        birth_years=row.birth_years,
        seat_kind=row.seat_kind,
        cause=row.cause,
        released_on=row.released_on,
        seats=row.total_seats,
        free=row.free,
        seat_list=of_list,
        state=bulletin_state(of_list, now, free=row.free, recalled=row.recalled_at is not None),
    )
