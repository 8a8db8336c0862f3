"""Who is told when seats come out, and when what is left opens to everyone (sections 6 and 9; figures ours).

Whoever subscribed to such seats is told of all that fit. Without a subscription those are told for whom it
can matter: a list of 22 seats fits thousands of a queue, and to tell all of them every evening would take
the night, and teach everybody to read nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from domain.application import QueueKind
from domain.taking import Offer

MOST = 10
"""So many subscriptions a parent may have."""
NEAR_METRES = 2000
"""Within walking distance of a small child's parents."""

IN_PROSPECT = 3
"""Told at 18:00: three times as many of the queue as there are seats. Those beyond would have their turn
only if two of three ahead of them let it pass."""
OF_WHAT_IS_LEFT = 10
"""Told when it opens to everyone: ten times as many as there are seats left. First come, first served: more
of them could only find it gone."""
STALE_AFTER = timedelta(days=1)
"""An opening to everyone that could not be told within a day is not told any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Which seats a parent wants to hear of. None, or nothing in it, leaves that open.

    `houses`: the ids of the kindergartens that are wanted, one that was chosen or all within reach.
    """

    territory_id: int
    queue_kind: QueueKind | None = None
    birth_year: int | None = None
    languages: frozenset[str] = field(default_factory=frozenset)
    houses: frozenset[int] | None = None

    def wants(self, offer: Offer, house_id: int) -> bool:
        """Whether the seats of a bulletin in that kindergarten are among them."""
        return (
            offer.territory_id == self.territory_id
            and self.queue_kind in (None, offer.queue_kind)
            and (self.birth_year is None or self.birth_year in offer.birth_years)
            and (not self.languages or offer.language in self.languages)
            and (self.houses is None or house_id in self.houses)
        )


def prospects(free: Iterable[tuple[Offer, int]], times: int) -> dict[Offer, int]:
    """The same seats, so many times: for whom it can matter is who would be admitted to as many."""
    return {offer: number * times for offer, number in free}
