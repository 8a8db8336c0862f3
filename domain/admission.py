"""Who are the first of the queue, for whom a list opens (ours, reading [003]).

Walk the merged order of the queues concerned and admit an application when all admitted so far
and it could be seated at once on distinct seats that fit them; stop when no seat is unclaimed.
Seats of one bulletin are alike and so are applications with equal wishes, so the matching is
kept as counts of wishes per bulletin and grows by one with each admission.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.application import QueueKind, Status
from domain.taking import Offer, Wish, fits

QueueName = tuple[QueueKind, int, int]
"""Queue kind, territory id and birth year."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application met on the walk."""

    application_id: int
    wish: Wish
    status: Status = Status.AWAITING_PLACE
    paused: bool = False

    @property
    def is_eligible(self) -> bool:
        """Whether it awaits a place and is not paused; it keeps its rung in any case."""
        return self.status is Status.AWAITING_PLACE and not self.paused


def queues_concerned(offers: Iterable[Offer]) -> frozenset[QueueName]:
    """The queues whose union is walked for these seats."""
    return frozenset(
        (offer.queue_kind, offer.territory_id, year) for offer in offers for year in offer.birth_years
    )


def admitted(free: Mapping[Offer, int], order: Iterable[Candidate]) -> tuple[int, ...]:
    """The ids of those admitted to a list with so many free, not recalled seats, in order.

    Reads no further in ``order`` than the walk goes.
    """
    ids: list[int] = []
    if not any(free.values()):
        return ()
    admission = Admission(free)
    for candidate in order:
        if admission.admits(candidate):
            ids.append(candidate.application_id)
            if admission.is_complete:
                break
    return tuple(ids)


class Admission:
    """The walk, one candidate at a time, for whoever reads the queue in chunks."""

    def __init__(self, free: Mapping[Offer, int]) -> None:
        """Start with the free, not recalled seats of the list. Raises ValueError below zero."""
        if any(count < 0 for count in free.values()):
            raise ValueError("fewer than no seats are free")
        offered = [(offer, count) for offer, count in free.items() if count]
        # Offers are named by their number here: to hash one takes longer than the walk's step.
        self._offers = tuple(offer for offer, _ in offered)
        self._free = [count for _, count in offered]
        self._unclaimed = sum(self._free)
        self._seated: list[Counter[Wish]] = [Counter() for _ in offered]
        self._fitting: dict[Wish, tuple[int, ...]] = {}
        self._hopeless: set[Wish] = set()

    @property
    def is_complete(self) -> bool:
        """Whether no seat is unclaimed, so that the walk ends."""
        return not self._unclaimed

    def admits(self, candidate: Candidate) -> bool:
        """Admit the next of the merged order if it can be seated beside all before it."""
        wish = candidate.wish
        if not candidate.is_eligible or wish in self._hopeless:
            return False
        path = self._path_to_a_free_seat(wish)
        if path is None:
            # Admissions never free a seat, so an equal wish fails later as well.
            self._hopeless.add(wish)
            return False
        self._seat(wish, path)
        self._unclaimed -= 1
        return True

    def _fits(self, wish: Wish) -> tuple[int, ...]:
        if wish not in self._fitting:
            self._fitting[wish] = tuple(
                number for number, offer in enumerate(self._offers) if fits(offer, wish)
            )
        return self._fitting[wish]

    def _path_to_a_free_seat(self, wish: Wish) -> list[tuple[int, Wish | None]] | None:
        """Offers from one that fits to one with a free seat, each with the wish it passes on."""
        came_from: dict[int, tuple[int, Wish] | None] = dict.fromkeys(self._fits(wish))
        waiting = deque(came_from)
        while waiting:
            offer = waiting.popleft()
            if self._free[offer]:
                return _traced(offer, came_from)
            for holder in self._seated[offer]:
                for other in self._fits(holder):
                    if other not in came_from:
                        came_from[other] = (offer, holder)
                        waiting.append(other)
        return None

    def _seat(self, wish: Wish, path: list[tuple[int, Wish | None]]) -> None:
        for offer, passed_on in path:
            seated = self._seated[offer]
            seated[wish] += 1
            if passed_on is None:
                self._free[offer] -= 1
                return
            seated[passed_on] -= 1
            if not seated[passed_on]:
                del seated[passed_on]
            wish = passed_on


def _traced(last: int, came_from: Mapping[int, tuple[int, Wish] | None]) -> list[tuple[int, Wish | None]]:
    path: list[tuple[int, Wish | None]] = [(last, None)]
    step = came_from[last]
    while step is not None:
        path.append(step)
        step = came_from[step[0]]
    return path[::-1]
