"""The order of a queue in closed form: place from class and index, and back [003].

First all of class 0; then one of class 1 and three of class 2, again and again; when one of
the two is used up the other follows. Within a class by submission time, then by number.
Places start at 1, indices within a class at 0.

``phase`` is how many of class 2 still go before the next of class 1: 0 where the pattern
starts anew at the top of the live queue, 0 to 3 where the policy carries it over (ours).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import TypeVar

from domain.application import QueueClass

T = TypeVar("T")

GENERAL_IN_A_ROW = 3
"""How many of class 2 follow one of class 1 [003]."""


@dataclass(frozen=True, slots=True, order=True)
class QueueKey:
    """What orders applications within a class: when it was submitted, then its number (ours)."""

    submitted_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many applications each class of a queue counts, paused ones included."""

    out_of_queue: int = 0
    first_priority: int = 0
    general: int = 0

    @property
    def total(self) -> int:
        """The size of the whole queue."""
        return self.out_of_queue + self.first_priority + self.general

    def of(self, queue_class: QueueClass) -> int:
        """The size of one class."""
        return (self.out_of_queue, self.first_priority, self.general)[queue_class]

    def changed(self, queue_class: QueueClass, by: int) -> Sizes:
        """These sizes after ``by`` applications joined (or, negative, left) a class."""
        match queue_class:
            case QueueClass.OUT_OF_QUEUE:
                return replace(self, out_of_queue=self.out_of_queue + by)
            case QueueClass.FIRST_PRIORITY:
                return replace(self, first_priority=self.first_priority + by)
            case QueueClass.GENERAL:
                return replace(self, general=self.general + by)


def place(queue_class: QueueClass, index: int, sizes: Sizes, phase: int = 0) -> int:
    """The place, from 1, of the application with this 0-based index within its class [003].

    Raises ValueError when the class has no such index or there is no such phase.
    """
    _check_phase(phase)
    if not 0 <= index < sizes.of(queue_class):
        raise ValueError(f"no index {index} in a class of {sizes.of(queue_class)}")
    match queue_class:
        case QueueClass.OUT_OF_QUEUE:
            return index + 1
        case QueueClass.FIRST_PRIORITY:
            ahead = min(GENERAL_IN_A_ROW * index + phase, sizes.general)
        case QueueClass.GENERAL if index < phase:
            ahead = 0
        case QueueClass.GENERAL:
            ahead = min((index - phase) // GENERAL_IN_A_ROW + 1, sizes.first_priority)
    return sizes.out_of_queue + index + ahead + 1


def at_place(place: int, sizes: Sizes, phase: int = 0) -> tuple[QueueClass, int]:
    """Who stands at a place: the class and the 0-based index within it. The inverse of `place`.

    Raises ValueError when the queue has no such place or there is no such phase.
    """
    _check_phase(phase)
    if not 1 <= place <= sizes.total:
        raise ValueError(f"no place {place} in a queue of {sizes.total}")
    if place <= sizes.out_of_queue:
        return QueueClass.OUT_OF_QUEUE, place - 1
    ahead = place - sizes.out_of_queue - 1
    first = _first_priority_among(ahead, sizes, phase)
    if _first_priority_among(ahead + 1, sizes, phase) > first:
        return QueueClass.FIRST_PRIORITY, first
    return QueueClass.GENERAL, ahead - first


def phase_after_leaving(phase: int, queue_class: QueueClass) -> int:
    """The phase after one of this class left the queue with a referral (ours: `carry_pattern`)."""
    _check_phase(phase)
    match queue_class:
        case QueueClass.OUT_OF_QUEUE:
            return phase
        case QueueClass.FIRST_PRIORITY:
            return GENERAL_IN_A_ROW
        case QueueClass.GENERAL:
            return max(phase - 1, 0)


def merged(
    queues: Iterable[Mapping[QueueClass, Iterable[T]]],
    key: Callable[[T], QueueKey],
    phase: int = 0,
) -> Iterator[T]:
    """One queue formed from the union of several, lazily: by key within a class, one pattern.

    Each class of each queue comes in its own order. It is never a merge by place numbers:
    those of two queues say nothing about each other (ours).
    """
    queues = list(queues)
    union = {each: merge(*(queue.get(each, ()) for queue in queues), key=key) for each in QueueClass}
    return in_pattern(union, phase)


def in_pattern(classes: Mapping[QueueClass, Iterable[T]], phase: int = 0) -> Iterator[T]:
    """Three classes, each in its order, laid out lazily as the queue is [003].

    A class that is not there is empty. Raises ValueError where there is no such phase.
    """
    _check_phase(phase)
    out_of_queue, first, general = (iter(classes.get(each, ())) for each in QueueClass)
    yield from out_of_queue
    yield from islice(general, phase)
    for item in first:
        yield item
        yield from islice(general, GENERAL_IN_A_ROW)
    yield from general


def _first_priority_among(count: int, sizes: Sizes, phase: int) -> int:
    """How many of class 1 stand among the first ``count`` behind class 0."""
    unbounded = max(count - phase + GENERAL_IN_A_ROW, 0) // (GENERAL_IN_A_ROW + 1)
    return max(count - sizes.general, min(unbounded, sizes.first_priority))


def _check_phase(phase: int) -> None:
    if not 0 <= phase <= GENERAL_IN_A_ROW:
        raise ValueError(f"no phase {phase}")
