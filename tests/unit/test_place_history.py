"""A place explained from the journal against a queue that is replayed in full."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.application import QueueClass
from domain.place_history import (
    EventKind,
    Move,
    QueueEvent,
    Reason,
    Standing,
    explain,
    history,
)
from domain.queue_order import QueueKey, Sizes, in_pattern, phase_after_leaving

Out, First, General = QueueClass
START = datetime(2026, 1, 1, tzinfo=UTC)
LEAVING = [kind for kind in EventKind if kind.leaves]
ENTERING = [kind for kind in EventKind if kind.enters]


def key(number: int, minutes: int | None = None) -> QueueKey:
    return QueueKey(START + timedelta(minutes=number if minutes is None else minutes), number)


@dataclass
class PlainQueue:
    """A queue as a list of everybody in it, and the journal it would write."""

    classes: dict[QueueKey, QueueClass] = field(default_factory=dict)
    phase: int = 0
    events: list[QueueEvent] = field(default_factory=list)

    def of(self, queue_class: QueueClass) -> list[QueueKey]:
        return sorted(key for key, each in self.classes.items() if each is queue_class)

    @property
    def sizes(self) -> Sizes:
        return Sizes(*(len(self.of(each)) for each in QueueClass))

    def place(self, number: int) -> int | None:
        order = in_pattern({each: self.of(each) for each in QueueClass}, self.phase)
        return {key.number: place for place, key in enumerate(order, 1)}.get(number)

    def standing(self, number: int) -> Standing:
        (own,) = (key for key in self.classes if key.number == number)
        queue_class = self.classes[own]
        return Standing(
            queue_class=queue_class,
            key=own,
            index=self.of(queue_class).index(own),
            sizes=self.sizes,
            phase=self.phase,
        )

    def enters(self, key: QueueKey, queue_class: QueueClass, kind: EventKind) -> None:
        self.classes[key] = queue_class
        self._write(key, queue_class, kind)

    def leaves(self, key: QueueKey, kind: EventKind, *, carry: bool = False) -> None:
        queue_class = self.classes.pop(key)
        if carry and kind is EventKind.REFERRED:
            self.phase = phase_after_leaving(self.phase, queue_class)
        self._write(key, queue_class, kind)

    def reclassified(self, key: QueueKey, queue_class: QueueClass) -> None:
        moved_from = self.classes[key]
        self.classes[key] = queue_class
        self._write(key, queue_class, EventKind.RECLASSIFIED, moved_from)

    def _write(
        self,
        key: QueueKey,
        queue_class: QueueClass,
        kind: EventKind,
        moved_from: QueueClass | None = None,
    ) -> None:
        number = len(self.events) + 1
        self.events.append(
            QueueEvent(
                sequence=number,
                at=START + timedelta(days=number),
                kind=kind,
                queue_class=queue_class,
                key=key,
                sizes_after=self.sizes,
                phase_after=self.phase,
                moved_from=moved_from,
                index_after=None if kind.leaves else self.of(queue_class).index(key),
            )
        )


@st.composite
def replayed(draw: st.DrawFn) -> tuple[Standing, PlainQueue, list[int | None]]:
    """A queue, one application in it, and its place after each event that follows."""
    classes = st.sampled_from(QueueClass)
    queue = PlainQueue(phase=draw(st.integers(0, 3)))
    carry = draw(st.booleans())
    for number in range(1, draw(st.integers(1, 25)) + 1):
        queue.classes[key(number, draw(st.integers(0, 40)))] = draw(classes)
    own = draw(st.sampled_from(sorted(queue.classes)))
    start, places, next_number = queue.standing(own.number), [], 100
    for _ in range(draw(st.integers(0, 25))):
        who = draw(st.sampled_from([*sorted(queue.classes), None]))
        if who is None:
            back = own if queue.place(own.number) is None else None
            newcomer = back or key(next_number, draw(st.integers(0, 60)))
            queue.enters(newcomer, draw(classes), draw(st.sampled_from(ENTERING)))
            next_number += 1
        elif draw(st.booleans()):
            queue.leaves(who, draw(st.sampled_from(LEAVING)), carry=carry)
        else:
            queue.reclassified(who, draw(classes))
        places.append(queue.place(own.number))
    return start, queue, places


@given(replayed())
def test_history_is_the_places_of_a_replayed_queue(
    case: tuple[Standing, PlainQueue, list[int | None]],
) -> None:
    start, queue, places = case

    told = {step.event.sequence: step.after for step in history(start, queue.events)}

    expected: list[int | None] = []
    known: int | None = start.place
    for event in queue.events:
        known = told.get(event.sequence, known)
        expected.append(known)
    assert expected == places


@given(replayed())
def test_the_reasons_add_up_to_the_whole_move(
    case: tuple[Standing, PlainQueue, list[int | None]],
) -> None:
    start, queue, places = case
    end = places[-1] if places else start.place

    move = explain(start, queue.events)

    seen = [place for place in places if place is not None]
    last_seen = seen[-1] if seen else start.place
    assert (move.before, move.after) == (start.place, end)
    assert sum(reason.places for reason in move.reasons) == last_seen - start.place


def test_a_privileged_child_that_joins_later_moves_the_general_basis_back() -> None:
    queue = PlainQueue({key(number): General for number in range(1, 6)})
    start = queue.standing(5)

    queue.enters(key(50), First, EventKind.JOINED)
    queue.enters(key(51), Out, EventKind.JOINED)
    queue.enters(key(52), General, EventKind.JOINED)

    assert explain(start, queue.events) == Move(
        5,
        7,
        (Reason(EventKind.JOINED, First, 1, 1), Reason(EventKind.JOINED, Out, 1, 1)),
    )


def test_equal_reasons_are_told_together() -> None:
    queue = PlainQueue({key(number): General for number in range(1, 8)})
    start = queue.standing(7)

    for number in (1, 2, 3):
        queue.leaves(key(number), EventKind.REFERRED)
    queue.leaves(key(4), EventKind.WITHDRAWN)

    assert explain(start, queue.events) == Move(
        7,
        3,
        (
            Reason(EventKind.REFERRED, General, 3, -3),
            Reason(EventKind.WITHDRAWN, General, 1, -1),
        ),
    )


def test_an_own_privilege_is_an_own_reason() -> None:
    queue = PlainQueue({key(number): General for number in range(1, 8)})
    start = queue.standing(7)

    queue.reclassified(key(7), First)

    assert explain(start, queue.events) == Move(
        7, 1, (Reason(EventKind.RECLASSIFIED, First, 1, -6, own=True),)
    )


def test_time_out_of_the_queue_is_one_reason_the_return() -> None:
    queue = PlainQueue({key(number): General for number in range(1, 8)})
    start = queue.standing(5)

    queue.leaves(key(5), EventKind.REFERRED)
    queue.leaves(key(1), EventKind.REFERRED)
    queue.leaves(key(2), EventKind.AGED_OUT)
    queue.enters(key(5), General, EventKind.RETURNED)

    assert explain(start, queue.events) == Move(5, 3, (Reason(EventKind.RETURNED, General, 1, -2, own=True),))


def test_after_leaving_there_is_no_place() -> None:
    queue = PlainQueue({key(number): General for number in range(1, 4)})
    start = queue.standing(3)

    queue.leaves(key(1), EventKind.REFERRED)
    queue.leaves(key(3), EventKind.WITHDRAWN)

    assert explain(start, queue.events) == Move(3, None, (Reason(EventKind.REFERRED, General, 1, -1),))


def test_restored_with_a_new_date_it_comes_to_stand_at_the_back() -> None:
    queue = PlainQueue({key(number): General for number in range(1, 4)})
    start = queue.standing(1)

    queue.leaves(key(1), EventKind.WITHDRAWN)
    queue.enters(key(1, minutes=90), General, EventKind.RESTORED)
    queue.enters(key(60), General, EventKind.RETURNED)

    assert explain(start, queue.events) == Move(
        1,
        4,
        (
            Reason(EventKind.RESTORED, General, 1, 2, own=True),
            Reason(EventKind.RETURNED, General, 1, 1),
        ),
    )


def test_an_own_event_that_does_not_say_where_it_led_cannot_be_replayed() -> None:
    queue = PlainQueue({key(1): General})
    start = queue.standing(1)
    event = QueueEvent(
        sequence=1,
        at=START,
        kind=EventKind.RECLASSIFIED,
        queue_class=First,
        key=key(1),
        sizes_after=Sizes(0, 1, 0),
        moved_from=General,
    )

    with pytest.raises(ValueError, match="event 1"):
        explain(start, [event])
