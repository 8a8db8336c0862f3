"""A place over time, day by day: what a queue's journal tells of one application, made short enough to read.

Days are those of the territory's clock. A day on which nothing moved the application is not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from domain.application import QueueClass
from domain.local_time import local_date
from domain.place_history import EventKind, Reason, Step


@dataclass(frozen=True, slots=True)
class DayMove:
    """From where to where the place moved on a day, and why. None: out of the queue.

    The reasons add up to the move while the application was in the queue all day; its own comings and
    goings have no number of places.
    """

    day: date
    before: int | None
    after: int | None
    reasons: tuple[Reason, ...]


def by_day(steps: Iterable[Step]) -> list[DayMove]:
    """The days of these steps, in their order; the largest reasons of a day first, its own before all."""
    return [
        _day(day, list(moved)) for day, moved in groupby(steps, key=lambda each: local_date(each.event.at))
    ]


def _day(day: date, steps: list[Step]) -> DayMove:
    totals: dict[tuple[bool, EventKind, QueueClass], tuple[int, int]] = {}
    for step in steps:
        if not step.own and (step.before is None or step.after is None):
            continue
        which = (step.own, step.event.kind, step.event.queue_class)
        count, places = totals.get(which, (0, 0))
        totals[which] = (count + 1, places + _places(step))
    reasons = [
        Reason(kind, queue_class, count, places, own)
        for (own, kind, queue_class), (count, places) in totals.items()
    ]
    reasons.sort(key=lambda each: (not each.own, -abs(each.places)))
    return DayMove(day, steps[0].before, steps[-1].after, tuple(reasons))


def _places(step: Step) -> int:
    return step.after - step.before if step.before is not None and step.after is not None else 0
