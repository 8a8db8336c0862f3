"""Whether a review is about a kindergarten in some territories."""

from collections.abc import Collection

from sqlalchemy import bindparam, select

from storage.tables import kindergarten, review
from storage.transaction import Transaction
from storage.types import Id

_WITHIN = (
    select(review.c.id)
    .join(kindergarten, kindergarten.c.id == review.c.kindergarten_id)
    .where(
        review.c.id == bindparam("of_review", type_=Id),
        kindergarten.c.territory_id.in_(bindparam("territories", type_=Id, expanding=True)),
    )
)


def is_within(tx: Transaction, review_id: int, territories: Collection[int]) -> bool:
    """Whether it is; False for a review that is not there."""
    asked = {"of_review": review_id, "territories": list(territories)}
    return tx.conn.execute(_WITHIN, asked).first() is not None
