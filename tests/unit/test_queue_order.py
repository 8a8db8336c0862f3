"""The closed form of a queue against laying it out one by one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.application import QueueClass
from domain.queue_order import (
    QueueKey,
    Sizes,
    at_place,
    in_pattern,
    merged,
    phase_after_leaving,
    place,
)

Out, First, General = QueueClass
START = datetime(2026, 1, 1, tzinfo=UTC)

sizes = st.builds(Sizes, *[st.integers(0, 30)] * 3)
phases = st.integers(0, 3)
classes = st.sampled_from(QueueClass)
Item = tuple[QueueClass, int]


def laid_out(sizes: Sizes, phase: int) -> list[Item]:
    """The rule, told naively: take from the top until nobody is left."""
    waiting = {each: [(each, index) for index in range(sizes.of(each))] for each in QueueClass}
    order = waiting[Out]
    general_due = phase
    while waiting[First] or waiting[General]:
        wants_general = general_due > 0
        general_due = general_due - 1 if wants_general else 3
        wanted, other = (General, First) if wants_general else (First, General)
        order.append((waiting[wanted] or waiting[other]).pop(0))
    return order


@given(sizes, phases)
def test_places_are_those_of_the_queue_laid_out_one_by_one(sizes: Sizes, phase: int) -> None:
    order = laid_out(sizes, phase)

    places = [place(queue_class, index, sizes, phase) for queue_class, index in order]

    assert places == list(range(1, sizes.total + 1))


@given(sizes, phases)
def test_who_stands_at_a_place_is_the_inverse_of_the_place(sizes: Sizes, phase: int) -> None:
    standing = [at_place(number, sizes, phase) for number in range(1, sizes.total + 1)]

    assert standing == laid_out(sizes, phase)


@given(sizes, phases)
def test_the_pattern_lays_iterators_out_the_same_way(sizes: Sizes, phase: int) -> None:
    classes = {each: [(each, n) for n in range(sizes.of(each))] for each in QueueClass}

    assert list(in_pattern(classes, phase)) == laid_out(sizes, phase)


@given(sizes, phases, classes, st.data())
def test_a_join_never_moves_anyone_ahead(
    sizes: Sizes, phase: int, joined: QueueClass, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, sizes.of(joined)))
    after = sizes.changed(joined, +1)

    moves = [
        place(each, index + (each is joined and index >= at), after, phase) - place(each, index, sizes, phase)
        for each in QueueClass
        for index in range(sizes.of(each))
    ]

    assert [move for move in moves if move < 0] == []


@given(sizes, phases)
def test_the_first_of_the_queue_leaving_moves_everybody_up_by_one_when_the_pattern_is_carried(
    sizes: Sizes, phase: int
) -> None:
    order = laid_out(sizes, phase)
    if not order:
        return
    gone, _ = order[0]
    if gone is General and phase == 0:
        return  # class 1 is used up: nothing to carry

    after = laid_out(sizes.changed(gone, -1), phase_after_leaving(phase, gone))

    assert [each for each, _ in after] == [each for each, _ in order[1:]]


def test_a_plain_queue_alternates_one_and_three() -> None:
    order = [at_place(number, Sizes(1, 3, 8))[0] for number in range(1, 13)]

    assert order == [Out, First, *[General] * 3, First, *[General] * 3, First, *[General] * 2]


def test_with_two_of_three_still_to_go_the_general_basis_comes_first() -> None:
    order = [at_place(number, Sizes(0, 2, 5), 2)[0] for number in range(1, 8)]

    assert order == [General, General, First, General, General, General, First]


def test_the_phase_runs_down_and_starts_again_with_class_one() -> None:
    phases = [phase_after_leaving(0, First)]
    for leaving in (General, Out, General, General, General):
        phases.append(phase_after_leaving(phases[-1], leaving))

    assert phases == [3, 2, 2, 1, 0, 0]


@pytest.mark.parametrize("index", [-1, 4])
def test_an_index_outside_its_class_has_no_place(index: int) -> None:
    with pytest.raises(ValueError, match="no index"):
        place(General, index, Sizes(2, 3, 4))


@pytest.mark.parametrize("number", [0, 10])
def test_nobody_stands_at_a_place_outside_the_queue(number: int) -> None:
    with pytest.raises(ValueError, match="no place"):
        at_place(number, Sizes(2, 3, 4))


@pytest.mark.parametrize("phase", [-1, 4])
def test_there_are_no_other_phases(phase: int) -> None:
    with pytest.raises(ValueError, match="no phase"):
        place(Out, 0, Sizes(1), phase)
    with pytest.raises(ValueError, match="no phase"):
        at_place(1, Sizes(1), phase)


def keyed(minutes: int, number: int) -> QueueKey:
    return QueueKey(START + timedelta(minutes=minutes), number)


def test_within_a_class_time_goes_before_number() -> None:
    keys = [keyed(1, 5), keyed(0, 9), keyed(1, 2)]

    assert sorted(keys) == [keyed(0, 9), keyed(1, 2), keyed(1, 5)]


queues = st.dictionaries(
    st.tuples(st.integers(0, 50), st.integers(0, 1000)),
    st.tuples(classes, st.integers(0, 3)),
    max_size=60,
)


@given(queues, phases)
def test_several_queues_merge_as_if_all_stood_in_one(
    members: dict[tuple[int, int], tuple[QueueClass, int]], phase: int
) -> None:
    keys = {keyed(*key): value for key, value in members.items()}

    def of(queue: int, queue_class: QueueClass) -> list[QueueKey]:
        return sorted(key for key, value in keys.items() if value == (queue_class, queue))

    parts = [{each: of(queue, each) for each in QueueClass} for queue in range(4)]
    union = {each: sorted(k for k, (c, _) in keys.items() if c is each) for each in QueueClass}

    assert list(merged(parts, key=lambda key: key, phase=phase)) == list(in_pattern(union, phase))


def test_a_merge_reads_no_further_than_it_is_asked() -> None:
    read: list[QueueKey] = []

    def endless(minute: int) -> Iterator[QueueKey]:
        for number in count():
            read.append(keyed(minute, number))
            yield read[-1]

    order = merged([{General: endless(1)}, {First: endless(0)}], key=lambda key: key)

    assert len(list(islice(order, 6))) == 6
    assert len(read) == 6
