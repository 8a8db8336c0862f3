"""The reviews of a kindergarten that everybody sees, newest first, and what they come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, tuple_

from domain.review import ReviewState
from storage.reviews import Review, review_of
from storage.tables import review
from storage.transaction import Transaction
from storage.types import Id, Instant


@dataclass(frozen=True, slots=True)
class Rating:
    """How many reviews are shown, and the mean of their stars."""

    number: int
    stars: float


_OF = bindparam("of_kindergarten", type_=Id)
_SHOWN = review.c.state == ReviewState.SHOWN.value
_RATINGS = (
    select(review.c.kindergarten_id, func.count().label("number"), func.sum(review.c.stars).label("stars"))
    .where(review.c.kindergarten_id.in_(bindparam("many", type_=Id, expanding=True)), _SHOWN)
    .group_by(review.c.kindergarten_id)
)
_KEY = (review.c.created_at, review.c.id)
_EDGE = tuple_(bindparam("edge_at", type_=Instant()), bindparam("edge_id", type_=Id))
_ALL_SHOWN = select(review).where(review.c.kindergarten_id == _OF, _SHOWN).limit(bindparam("most"))
_NEWEST = _ALL_SHOWN.order_by(*(each.desc() for each in _KEY))
_BEFORE = _NEWEST.where(tuple_(*_KEY) < _EDGE)
_AFTER = _ALL_SHOWN.where(tuple_(*_KEY) > _EDGE).order_by(*_KEY)


def ratings(tx: Transaction, kindergarten_ids: Iterable[int]) -> dict[int, Rating]:
    """The rating of each of these that has a review which is shown."""
    rows = tx.conn.execute(_RATINGS, {"many": list(kindergarten_ids)})
    return {row.kindergarten_id: Rating(row.number, int(row.stars) / row.number) for row in rows}


def newest(
    tx: Transaction, kindergarten_id: int, limit: int, before: Review | None = None
) -> Sequence[Review]:
    """So many of those that are shown, newest first, from the newest or before one."""
    asked: dict[str, Any] = {"of_kindergarten": kindergarten_id, "most": limit}
    if before is None:
        return [review_of(row) for row in tx.conn.execute(_NEWEST, asked)]
    return [review_of(row) for row in tx.conn.execute(_BEFORE, asked | _edge(before))]


def newer(tx: Transaction, kindergarten_id: int, limit: int, after: Review) -> Sequence[Review]:
    """The first so many of those that are newer than one, newest first."""
    asked = {"of_kindergarten": kindergarten_id, "most": limit}
    return [review_of(row) for row in tx.conn.execute(_AFTER, asked | _edge(after))][::-1]


def find(tx: Transaction, review_id: int, kindergarten_id: int) -> Review | None:
    """A review of that kindergarten."""
    one = select(review).where(review.c.id == review_id, review.c.kindergarten_id == kindergarten_id)
    row = tx.conn.execute(one).first()
    return None if row is None else review_of(row)


def _edge(edge: Review) -> dict[str, Any]:
    return {"edge_at": edge.written_at, "edge_id": edge.id}
