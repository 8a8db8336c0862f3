"""What parents say of a kindergarten: one review a parent, shown once staff has looked at it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, update

from domain.errors import NotEnrolledThere, ReviewChanged
from domain.review import ReviewState
from storage.dialects import inserts
from storage.ids import new_id
from storage.tables import (
    application,
    bulletin,
    child_group,
    claim,
    guardian,
    kindergarten,
    review,
    seat,
)
from storage.transaction import Transaction
from storage.types import Id, Instant


@dataclass(frozen=True, slots=True)
class Review:
    """A review; who wrote it is nobody's business but the author's. `written_at`: as it stands now."""

    id: int
    kindergarten_id: int
    stars: int
    text: str
    state: ReviewState
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A review that staff has to look at, with the kindergarten it is about."""

    review: Review
    kindergarten: str
    territory_id: int


@dataclass(frozen=True, slots=True)
class Decided:
    """Who wrote a review that was decided, and of which kindergarten."""

    parent_id: int
    kindergarten: str


_PARENT = bindparam("of_parent", type_=Id)
_OF = bindparam("of_kindergarten", type_=Id)
_MY_CHILDREN = or_(
    claim.c.child_id.in_(select(guardian.c.child_id).where(guardian.c.parent_id == _PARENT)),
    claim.c.child_id.in_(select(application.c.child_id).where(application.c.parent_id == _PARENT)),
)
_ENROLLED = (
    select(claim.c.id)
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .where(claim.c.state == "enrolled", child_group.c.kindergarten_id == _OF, _MY_CHILDREN)
    .limit(1)
)
_OWN = select(review).where(review.c.kindergarten_id == _OF, review.c.parent_id == _PARENT)
_REMOVE = delete(review).where(review.c.kindergarten_id == _OF, review.c.parent_id == _PARENT)
_PENDING = (
    review.c.state == ReviewState.PENDING.value,
    kindergarten.c.territory_id.in_(bindparam("territories", type_=Id, expanding=True)),
)
_HOW_MANY_WAIT = (
    select(func.count())
    .select_from(review)
    .join(kindergarten, kindergarten.c.id == review.c.kindergarten_id)
    .where(*_PENDING)
)
_NAME = select(kindergarten.c.name).where(kindergarten.c.id == bindparam("of_kindergarten", type_=Id))
_WAITING = (
    select(review, kindergarten.c.name, kindergarten.c.territory_id)
    .join(kindergarten, kindergarten.c.id == review.c.kindergarten_id)
    .where(*_PENDING)
    .order_by(review.c.created_at, review.c.id)
    .limit(bindparam("most"))
)
_DECIDE = (
    update(review)
    .where(
        and_(
            review.c.id == bindparam("review_id", type_=Id),
            review.c.state == ReviewState.PENDING.value,
            review.c.created_at == bindparam("seen_at", type_=Instant()),
        )
    )
    .values(
        state=bindparam("decision"), decided_at=bindparam("at", type_=Instant()), decided_by=bindparam("by")
    )
    .returning(review.c.parent_id, review.c.kindergarten_id)
)


def is_enrolled_there(tx: Transaction, parent_id: int, kindergarten_id: int) -> bool:
    """Whether a child of the parent has a contract with the kindergarten."""
    asked = {"of_parent": parent_id, "of_kindergarten": kindergarten_id}
    return tx.conn.execute(_ENROLLED, asked).first() is not None


def write(tx: Transaction, parent_id: int, kindergarten_id: int, stars: int, text: str) -> None:
    """Write the parent's review, in the place of a former one; it waits for a look. Raises NotEnrolledThere.

    `stars` and `text` are as the domain has let them pass (domain.review).
    """
    if not is_enrolled_there(tx, parent_id, kindergarten_id):
        raise NotEnrolledThere
    written = {
        "stars": stars,
        "text": text or None,
        "state": ReviewState.PENDING.value,
        "created_at": tx.now,
        "decided_at": None,
        "decided_by": None,
    }
    row = {"id": new_id(), "kindergarten_id": kindergarten_id, "parent_id": parent_id, **written}
    put = inserts(review)[tx.dialect].values(row)
    tx.conn.execute(put.on_conflict_do_update(index_elements=["kindergarten_id", "parent_id"], set_=written))


def remove(tx: Transaction, parent_id: int, kindergarten_id: int) -> bool:
    """Take the parent's own review away; False where there is none."""
    return (
        tx.conn.execute(_REMOVE, {"of_parent": parent_id, "of_kindergarten": kindergarten_id}).rowcount == 1
    )


def own(tx: Transaction, parent_id: int, kindergarten_id: int) -> Review | None:
    """The parent's own review, wherever it stands."""
    row = tx.conn.execute(_OWN, {"of_parent": parent_id, "of_kindergarten": kindergarten_id}).first()
    return None if row is None else review_of(row)


def waiting(tx: Transaction, territory_ids: Iterable[int], limit: int) -> Sequence[Waiting]:
    """So many of the reviews that wait for a look in these territories, the oldest first."""
    rows = tx.conn.execute(_WAITING, {"territories": list(territory_ids), "most": limit})
    return [Waiting(review_of(row), row.name, row.territory_id) for row in rows]


def how_many_wait(tx: Transaction, territory_ids: Iterable[int]) -> int:
    """How many wait for a look in these territories."""
    found: int = tx.conn.execute(_HOW_MANY_WAIT, {"territories": list(territory_ids)}).scalar_one()
    return found


def decide(tx: Transaction, review_id: int, seen_at: datetime, *, show: bool, staff_id: int) -> Decided:
    """Show the review or refuse it, as it was written at `seen_at`, by one of the staff; whose it is.

    Raises ReviewChanged where it is not that one any more: written anew, decided, or taken away. Whoever
    looked at one text must not let another pass.
    """
    state = ReviewState.SHOWN if show else ReviewState.REFUSED
    asked = {
        "review_id": review_id,
        "seen_at": seen_at,
        "decision": state.value,
        "at": tx.now,
        "by": staff_id,
    }
    row = tx.conn.execute(_DECIDE, asked).one_or_none()
    if row is None:
        raise ReviewChanged
    name: str = tx.conn.execute(_NAME, {"of_kindergarten": row.kindergarten_id}).scalar_one()
    return Decided(row.parent_id, name)


def review_of(row: Any) -> Review:
    """A review out of its row."""
    return Review(
        id=row.id,
        kindergarten_id=row.kindergarten_id,
        stars=row.stars,
        text=row.text or "",
        state=ReviewState(row.state),
        written_at=row.created_at,
    )
