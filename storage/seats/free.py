"""Which seats of a bulletin nobody has: one condition for all who count, show or take them."""

from sqlalchemy import ColumnElement, bindparam, or_

from storage.tables import seat
from storage.types import Instant

NOW = bindparam("now", type_=Instant())

FREE: ColumnElement[bool] = seat.c.recalled_at.is_(None) & or_(
    seat.c.claim_id.is_(None), seat.c.held_until <= NOW
)
"""Not recalled, and unclaimed or its hold has lapsed. Needs a value for `now`."""
