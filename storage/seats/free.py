"""Which seats nobody has, and which bulletins have such: one condition for all who count, show, take them."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, any_, bindparam, func, or_, select, union_all

from storage.tables import bulletin, seat
from storage.tables.seats import UNCLAIMED
from storage.transaction import Dialect
from storage.types import EPOCH, Instant

NOW = bindparam("now", type_=Instant())

FREE: ColumnElement[bool] = seat.c.recalled_at.is_(None) & or_(
    seat.c.claim_id.is_(None), seat.c.held_until <= NOW
)
"""Not recalled, and unclaimed or its hold has lapsed. Needs a value for `now`."""

# Each half by its index, which holds no seat that is gone for good. The lower end lets PostgreSQL take the
# lapsed ones for few: without it it would plan anew for each `now`.
_LAPSED = seat.c.recalled_at.is_(None), seat.c.held_until >= EPOCH, seat.c.held_until <= NOW
_OF_FREE = union_all(select(seat.c.bulletin_id).where(UNCLAIMED), select(seat.c.bulletin_id).where(*_LAPSED))
HAS_FREE: Mapping[Dialect, ColumnElement[bool]] = {
    "sqlite": bulletin.c.id.in_(_OF_FREE),
    # As an array it begins with the free seats, whatever is guessed of their number: beside them a town has
    # the bulletins of years.
    "postgresql": bulletin.c.id == any_(func.array(_OF_FREE.scalar_subquery())),
}
"""Whether a bulletin has a free seat. Needs a value for `now`."""
