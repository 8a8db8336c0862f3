"""Equal seats near by: for whoever was a moment too late, or looks at a bulletin that is full.

Thousands may be too late at one instant, so it is one statement, prepared, and finds no more than is shown.
What PostgreSQL would plan anew for other values stands in it as a constant: planning it took longer than
running it.
"""

from math import cos, radians
from typing import Any

from sqlalchemy import Double, Text, and_, bindparam, exists, func, literal_column, or_, select, type_coerce

from domain.claim import BAR
from domain.taking import Wish
from storage.prepared import Prepared
from storage.seats.bulletins import READ, Bulletin, bulletin_from
from storage.seats.free import FREE, HAS_FREE, NOW, TERRITORY
from storage.seats.standing import BARS, OVER_AT
from storage.tables import access, bulletin, claim, kindergarten, seat, seat_list
from storage.transaction import Transaction
from storage.types import Id, Instant

MOST = 4
"""No more than these are shown."""

_FAR = literal_column("1e9", Double)
_OPEN = and_(
    seat_list.c.access_made_at.is_not(None),
    or_(
        seat_list.c.priority_ends_at <= NOW,
        exists().where(
            access.c.list_id == seat_list.c.id,
            access.c.application_id == bindparam("application", type_=Id),
            access.c.ends_at > NOW,
        ),
    ),
)
_latitude, _longitude = bindparam("latitude", type_=Double), bindparam("longitude", type_=Double)
_north = kindergarten.c.latitude - _latitude
_east = (kindergarten.c.longitude - _longitude) * bindparam("shrink", type_=Double)
_APART = func.coalesce(_north * _north + _east * _east, _FAR)
"""How far apart, for comparing: nothing that is shown."""
_ELSEWHERE = kindergarten.c.id != bindparam("house", type_=Id)
_had = seat.alias("had")
# Of the child, and so found once, not for each bulletin.
_BARRED = (
    select(_had.c.bulletin_id)
    .join_from(claim, _had, _had.c.id == claim.c.seat_id)
    .where(
        claim.c.child_id == bindparam("child", type_=Id),
        BARS,
        bindparam("bar_since", type_=Instant()) < OVER_AT,
    )
)
_HOW_MANY = (
    select(func.count())
    .where(seat.c.bulletin_id == bulletin.c.id, FREE)
    .correlate(bulletin)
    .scalar_subquery()
)
_EQUAL = (
    READ.where(
        bulletin.c.id != bindparam("but", type_=Id),
        bulletin.c.recalled_at.is_(None),
        bulletin.c.territory_id == TERRITORY,
        bulletin.c.queue_kind == bindparam("kind", type_=Text),
        # The years stand there as a list in JSON: four digits each, none of which is a part of another.
        type_coerce(bulletin.c.birth_years, Text).contains(bindparam("year", type_=Text)),
        bindparam("languages", type_=Text).contains("," + bulletin.c.language + ","),
        _OPEN,
        bulletin.c.id.not_in(_BARRED),
    )
    .order_by(_ELSEWHERE, _APART, kindergarten.c.name, bulletin.c.id)
    .limit(literal_column(str(MOST)))
)
_NEAREST = {dialect: _EQUAL.where(has_free) for dialect, has_free in HAS_FREE.items()}
_WITH_ONE_SEAT = Prepared(_NEAREST)
# Counted for twins alone: one that is there is found much sooner.
_ENOUGH = bindparam("seats", type_=Id) <= _HOW_MANY
_WITH_SEATS = Prepared({dialect: nearest.where(_ENOUGH) for dialect, nearest in _NEAREST.items()})


def nearest_equal(
    tx: Transaction, to: Bulletin, wish: Wish, application_id: int, child_id: int, seats: int = 1
) -> tuple[Bulletin, ...]:
    """Bulletins with so many free seats for the same children, which this application may take now.

    Those of the same kindergarten come first, then the nearest; where a place on the map is missing, last.
    """
    asked: dict[str, Any] = {
        "but": to.id,
        "house": to.kindergarten_id,
        "latitude": to.latitude,
        "longitude": to.longitude,
        "shrink": cos(radians(to.latitude or 0.0)),
        "territory": wish.territory_id,
        "kind": wish.queue_kind.value,
        "year": str(wish.birth_year),
        "languages": f",{','.join(sorted(wish.languages))},",
        "application": application_id,
        "child": child_id,
        "now": tx.now,
        "bar_since": tx.now - BAR,
        "seats": seats,
    }
    statement = _WITH_ONE_SEAT if seats == 1 else _WITH_SEATS
    return tuple(bulletin_from(row) for row in statement.all(tx, asked))
