"""The protocol of issued referrals [000]: days and statuses, the newest day first.

Of a child nothing stands here, and nothing by which one is found: no number, no group, no birth year, no
class, and of instants only their days. Within a day the rows stand in an order that means nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select

from domain.local_time import local_date, start_of
from domain.referral import ReferralEnd
from storage.open_data.wanted import Wanted
from storage.referral_states import over
from storage.tables import bulletin, child_group, claim, kindergarten, referral, seat, territory
from storage.transaction import Transaction
from storage.types import Id, Instant

Mark = tuple[date, int]
"""After which row the next page begins: the day of its issue, and its id."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedReferral:
    """A referral as of now. `end` and `ended_on` are None while it is valid."""

    mark: Mark
    territory_id: int
    kindergarten: str
    issued_on: date
    valid_through: date
    end: ReferralEnd | None
    ended_on: date | None


_SPAN = (
    referral.c.issued_at >= bindparam("since", type_=Instant()),
    referral.c.issued_at < bindparam("until", type_=Instant()),
)
# Reckoned with, so that a day is found by its instants, and not everything is passed in the order of ids.
_IN_NO_ORDER = referral.c.id + 0
_IDS = (
    select(referral.c.id)
    .where(*_SPAN, bindparam("after_id", type_=Id) < _IN_NO_ORDER)
    .order_by(_IN_NO_ORDER)
    .limit(bindparam("limit"))
)
_TERRITORIES = bindparam("territories", expanding=True, type_=Id)
_IDS_HERE = _IDS.where(referral.c.territory_id.in_(_TERRITORIES))


def _rows_of(ids: Select[tuple[int]]) -> Select[Any]:
    """The rest is looked up for these alone."""
    some = ids.subquery()
    rows: Select[Any] = (
        select(
            referral.c.id,
            referral.c.valid_through,
            referral.c.ends_at,
            referral.c.state,
            referral.c.ended_at,
            bulletin.c.territory_id,
            kindergarten.c.name.label("kindergarten"),
        )
        .join_from(some, referral, referral.c.id == some.c.id)
        .join(claim, claim.c.id == referral.c.claim_id)
        .join(seat, seat.c.id == claim.c.seat_id)
        .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
        .join(child_group, child_group.c.id == bulletin.c.group_id)
        .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
        .order_by(some.c.id)
    )
    return rows


_OF_DAY, _OF_DAY_HERE = _rows_of(_IDS), _rows_of(_IDS_HERE)
_NEWEST = select(func.max(referral.c.issued_at, type_=Instant())).where(*_SPAN)
_OWN_NEWEST = _NEWEST.where(referral.c.territory_id == territory.c.id).correlate(territory).scalar_subquery()
_NEWEST_HERE = (
    select(func.max(_OWN_NEWEST, type_=Instant()))
    .select_from(territory)
    .where(territory.c.id.in_(_TERRITORIES))
)


def page(tx: Transaction, wanted: Wanted, after: Mark | None, limit: int) -> list[IssuedReferral]:
    """The next rows."""
    rows: list[IssuedReferral] = []
    for day, after_id in _days(tx, wanted, after):
        rows += _of_day(tx, wanted, day, after_id, limit - len(rows))
        if len(rows) == limit:
            break
    return rows


def _days(tx: Transaction, wanted: Wanted, after: Mark | None) -> Iterator[Mark]:
    """The days on which referrals were issued, the newest first, from the mark on."""
    before = wanted.until
    if after is not None:
        yield after
        before = min(before, start_of(after[0]))
    while (newest := _newest(tx, wanted, before)) is not None:
        day = local_date(newest)
        yield day, -1
        before = start_of(day)


def _of_day(
    tx: Transaction, wanted: Wanted, day: date, after_id: int, limit: int
) -> Iterator[IssuedReferral]:
    since, until = max(wanted.since, start_of(day)), min(wanted.until, start_of(day + _DAY))
    asked: dict[str, Any] = {"since": since, "until": until, "after_id": after_id, "limit": limit}
    if wanted.territories is None:
        rows = tx.conn.execute(_OF_DAY, asked)
    else:
        rows = tx.conn.execute(_OF_DAY_HERE, asked | {"territories": wanted.territories})
    return (_issued(row, day, tx.now) for row in rows)


def _newest(tx: Transaction, wanted: Wanted, before: datetime) -> datetime | None:
    asked: dict[str, Any] = {"since": wanted.since, "until": before}
    found: datetime | None
    if wanted.territories is None:
        found = tx.conn.execute(_NEWEST, asked).scalar()
    else:
        found = tx.conn.execute(_NEWEST_HERE, asked | {"territories": wanted.territories}).scalar()
    return found


def _issued(row: Row[*tuple[Any, ...]], day: date, now: datetime) -> IssuedReferral:
    end, ended_at = over(row.state, row.ended_at, row.ends_at, now) or (None, None)
    return IssuedReferral(
        mark=(day, row.id),
        territory_id=row.territory_id,
        kindergarten=row.kindergarten,
        issued_on=day,
        valid_through=row.valid_through,
        end=end,
        ended_on=None if ended_at is None else local_date(ended_at),
    )
