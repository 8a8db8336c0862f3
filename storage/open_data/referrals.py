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
from storage.tables import bulletin, child_group, claim, kindergarten, referral, seat
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
_OF_DAY = (
    select(
        referral.c.id,
        referral.c.issued_at,
        referral.c.valid_through,
        referral.c.ends_at,
        referral.c.state,
        referral.c.ended_at,
        bulletin.c.territory_id,
        kindergarten.c.name.label("kindergarten"),
    )
    .join_from(referral, claim, claim.c.id == referral.c.claim_id)
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(*_SPAN, referral.c.id > bindparam("after_id", type_=Id))
    .order_by(referral.c.id)
    .limit(bindparam("limit"))
)
_NEWEST = select(func.max(referral.c.issued_at, type_=Instant())).where(*_SPAN)
_NEWEST_HERE = (
    _NEWEST.join_from(referral, claim, claim.c.id == referral.c.claim_id)
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
)
_HERE = bulletin.c.territory_id.in_(bindparam("territories", expanding=True, type_=Id))


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
    statement = _NEWEST if wanted.territories is None else _NEWEST_HERE
    while (newest := _scalar(tx, statement, wanted, before)) is not None:
        day = local_date(newest)
        yield day, -1
        before = start_of(day)


def _of_day(
    tx: Transaction, wanted: Wanted, day: date, after_id: int, limit: int
) -> Iterator[IssuedReferral]:
    since, until = max(wanted.since, start_of(day)), min(wanted.until, start_of(day + _DAY))
    asked = {"since": since, "until": until, "after_id": after_id, "limit": limit}
    rows = tx.conn.execute(*_here(_OF_DAY, wanted, asked))
    return (_issued(row, day, tx.now) for row in rows)


def _scalar(
    tx: Transaction, statement: Select[tuple[datetime]], wanted: Wanted, before: datetime
) -> datetime | None:
    asked = {"since": wanted.since, "until": before}
    found: datetime | None = tx.conn.execute(*_here(statement, wanted, asked)).scalar_one()
    return found


def _here(
    statement: Select[Any], wanted: Wanted, asked: dict[str, Any]
) -> tuple[Select[Any], dict[str, Any]]:
    if wanted.territories is None:
        return statement, asked
    return statement.where(_HERE), asked | {"territories": wanted.territories}


def _issued(row: Row[Any], day: date, now: datetime) -> IssuedReferral:
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
