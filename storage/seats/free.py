"""Which seats nobody has, and which bulletins have such: one condition for all who count, show, take them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    any_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
    union_all,
)

from storage.tables import bulletin, seat
from storage.tables.seats import UNCLAIMED
from storage.transaction import Dialect
from storage.types import EPOCH, Id, Instant

NOW = bindparam("now", type_=Instant())
TERRITORY = bindparam("territory", type_=Id)

FREE: ColumnElement[bool] = seat.c.recalled_at.is_(None) & or_(
    seat.c.claim_id.is_(None), seat.c.held_until <= NOW
)
"""Not recalled, and unclaimed or its hold has lapsed. Needs a value for `now`."""

# Each half by its index, which holds no seat that is gone for good. The lower end lets PostgreSQL take the
# lapsed ones for few: without it it would plan anew for each `now`.
_LAPSED = seat.c.recalled_at.is_(None), seat.c.held_until >= EPOCH, seat.c.held_until <= NOW
_THERE = seat.c.territory_id == TERRITORY
_LAPSED_THERE = select(seat.c.bulletin_id).where(_THERE, *_LAPSED)
_UNCLAIMED_THERE: Mapping[Dialect, Select[Any]] = {
    # By the index of claims, of which it expects one each, SQLite would find those of all places.
    "sqlite": select(literal_column("seat.bulletin_id", Id))
    .select_from(text("seat INDEXED BY ix_seat_unclaimed"))
    .where(
        text(
            "seat.territory_id = :territory AND seat.recalled_at IS NULL AND seat.claim_id IS NULL"
        ).bindparams(TERRITORY)
    ),
    "postgresql": select(seat.c.bulletin_id).where(_THERE, UNCLAIMED),
}


def _with_free(dialect: Dialect) -> CompoundSelect[Any]:
    return union_all(_UNCLAIMED_THERE[dialect], _LAPSED_THERE)


HAS_FREE: Mapping[Dialect, ColumnElement[bool]] = {
    "sqlite": bulletin.c.id.in_(_with_free("sqlite")),
    # As an array it begins with the free seats, whatever is guessed of their number: beside them a town has
    # the bulletins of years.
    "postgresql": bulletin.c.id == any_(func.array(_with_free("postgresql").scalar_subquery())),
}
"""Whether a bulletin of a territory has a free seat. Needs values for `territory` and `now`."""
