"""Marks in the queue: a parent is told when a daily pass finds the place at or under one (section 9).

A place moves to and fro around a mark, and who is told of it every other day soon reads nothing any
more. So a mark that was told is told again only after the place has fallen back a good way behind it: by
half of the mark, and by two places at the least (ours): 100 after 150, 50 after 75, 10 after 15, 1 after 3.
"""

MARKS = (100, 50, 10, 1)
"""The farthest first. A place at the mark counts as one under it."""


def falls_back_at(mark: int) -> int:
    """Beyond this place a mark is forgotten, and can be told anew."""
    return mark + max(mark // 2, 2)


REACH = falls_back_at(MARKS[0])
"""So many places of a queue are looked at: nothing beyond them can change what is told."""


def mark_at(place: int) -> int | None:
    """The nearest mark that a place is at or under; None behind them all."""
    return min((mark for mark in MARKS if place <= mark), default=None)


def known_after(known: int | None, place: int) -> int | None:
    """The mark that counts as known once a place was looked at; `known` is what it was before."""
    reached = mark_at(place)
    if known is None or (reached is not None and reached < known):
        return reached
    return min((mark for mark in MARKS if mark >= known and place <= falls_back_at(mark)), default=None)


def is_crossing(known: int | None, place: int) -> bool:
    """Whether the place has come to a mark that is nearer than the one that is known."""
    reached = mark_at(place)
    return reached is not None and (known is None or reached < known)
