"""How parents found that they were helped: questions that staff have closed, and the stars they got.

A question counts where it was asked; one that was asked nowhere counts everywhere.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, tuple_

from domain.contact_line import STARS
from storage.centre.inbox import Key, key_values
from storage.centre.within import IN_REACH
from storage.dialects import is_one_of
from storage.tables import CLOSED_BY_STAFF, UNHAPPY, conversation, help_request
from storage.transaction import Transaction
from storage.types import Id, Instant


@dataclass(frozen=True, slots=True)
class Stars:
    """So many questions were closed; of those that were rated, how many got which stars."""

    closed: int
    spread: Mapping[int, int]

    @property
    def rated(self) -> int:
        """How many got any."""
        return sum(self.spread.values())

    @property
    def mean(self) -> float | None:
        """Of those that were rated; None where none was."""
        given = sum(stars * number for stars, number in self.spread.items())
        return given / self.rated if self.rated else None


@dataclass(frozen=True, slots=True)
class Unhappy:
    """A question that got one or two stars. `opens`: its conversation is within reach now.

    `closed_by` is the actor's name of whoever closed it.
    """

    id: int
    conversation_id: int
    territory_id: int | None
    closed_by: str
    stars: int
    rated_at: datetime
    opens: bool

    @property
    def key(self) -> Key:
        """Where it stands in the list."""
        return Key(self.rated_at, self.id)


_SINCE = bindparam("since", type_=Instant())
_ASKED_HERE = or_(
    help_request.c.territory_id.is_(None), is_one_of(help_request.c.territory_id, "territories")
)
_COUNTED = (
    select(help_request.c.closed_by, help_request.c.rating, func.count().label("number"))
    .where(CLOSED_BY_STAFF, help_request.c.closed_at >= _SINCE, _ASKED_HERE)
    .group_by(help_request.c.closed_by, help_request.c.rating)
)
_KEY = (help_request.c.rated_at, help_request.c.id)
_before = tuple_(bindparam("before_at", type_=Instant()), bindparam("before_id", type_=Id))
# Nothing is rated before it is closed: the index of what was rated since then has all of it.
_UNHAPPY = (
    select(
        help_request.c.id,
        help_request.c.conversation_id,
        help_request.c.territory_id,
        help_request.c.closed_by,
        help_request.c.rating,
        help_request.c.rated_at,
        IN_REACH.label("opens"),
    )
    .join_from(help_request, conversation, conversation.c.id == help_request.c.conversation_id)
    .where(
        UNHAPPY,
        CLOSED_BY_STAFF,
        help_request.c.rated_at >= _SINCE,
        help_request.c.closed_at >= _SINCE,
        _ASKED_HERE,
        tuple_(*_KEY) < _before,
    )
    .order_by(help_request.c.rated_at.desc(), help_request.c.id.desc())
    .limit(bindparam("most"))
)


def by_closer(tx: Transaction, since: datetime, territories: Collection[int]) -> dict[str, Stars]:
    """What was asked in these territories and closed at that instant or later, by the actor who closed it."""
    counted: dict[str, dict[int | None, int]] = {}
    for actor, rating, number in tx.conn.execute(_COUNTED, {"since": since, "territories": territories}):
        counted.setdefault(actor, {})[rating] = number
    return {
        actor: Stars(sum(numbers.values()), {stars: numbers.get(stars, 0) for stars in STARS})
        for actor, numbers in counted.items()
    }


def together(some: Iterable[Stars]) -> Stars:
    """All of these as one."""
    every = list(some)
    return Stars(
        sum(each.closed for each in every),
        {stars: sum(each.spread[stars] for each in every) for stars in STARS},
    )


def unhappy(
    tx: Transaction, since: datetime, territories: Collection[int], before: Key | None, most: int
) -> list[Unhappy]:
    """Of the same questions those that got one or two stars, the newest rated first."""
    asked: dict[str, Any] = {"since": since, "territories": territories, "most": most} | key_values(before)
    return [Unhappy(*row) for row in tx.conn.execute(_UNHAPPY, asked)]
