"""A place over time as a line that can be drawn: the front of the queue is at the top.

Places and days become parts of the height and of the width, from 0 to 1. A place stays until it moves, so
the line goes in steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from domain.place_days import DayMove

_MOST_TICKS = 4
_ROUND = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn and said: the corners, marks of the scale as (place, height), and what stands out."""

    points: tuple[tuple[float, float], ...]
    ticks: tuple[tuple[int, float], ...]
    first: tuple[date, int]
    last: tuple[date, int]
    nearest: tuple[date, int]
    farthest: tuple[date, int]


def known_places(days: Sequence[DayMove]) -> list[tuple[date, int]]:
    """Day and place wherever it is known: before the first move, and after the moves of each day."""
    known = [(each.day, each.before) for each in days[:1]] + [(each.day, each.after) for each in days]
    return [(day, place) for day, place in known if place is not None]


def curve_of(known: Sequence[tuple[date, int]], today: date) -> Curve:
    """The line through these, oldest first, up to today. Raises ValueError where nothing is known."""
    if not known:
        raise ValueError("no place is known")
    ticks = _ticks(min(place for _, place in known), max(place for _, place in known))
    low, high = ticks[0], ticks[-1]
    begin, span = known[0][0], max((today - known[0][0]).days, 1)

    def height(place: int) -> float:
        return (place - low) / max(high - low, 1)

    points: list[tuple[float, float]] = []
    for day, place in known:
        across = (day - begin).days / span
        if points:
            points.append((across, points[-1][1]))
        points.append((across, height(place)))
    points.append((1.0, points[-1][1]))
    return Curve(
        points=tuple(points),
        ticks=tuple((each, height(each)) for each in ticks),
        first=known[0],
        last=(today, known[-1][1]),
        nearest=min(known, key=lambda each: each[1]),
        farthest=max(known, key=lambda each: each[1]),
    )


def _ticks(low: int, high: int) -> list[int]:
    """A few round places that hold all of them between the first and the last."""
    steps = (each * 10**power for power in count() for each in _ROUND)
    step = next(each for each in steps if -(-high // each) - low // each <= _MOST_TICKS)
    first = low // step * step
    last = max(-(-high // step) * step, first + step)
    return [max(each, 1) for each in range(first, last + 1, step)]
