"""Marks of a place: at or under, once a crossing, and again only after the place fell back a good way."""

import pytest

from domain.place_marks import REACH, is_crossing, known_after, mark_at


@pytest.mark.parametrize(
    ("place", "mark"),
    [(101, None), (100, 100), (51, 100), (50, 50), (11, 50), (10, 10), (2, 10), (1, 1)],
)
def test_a_place_at_the_mark_counts_as_one_under_it(place: int, mark: int | None) -> None:
    assert mark_at(place) == mark


def test_a_mark_is_told_once_while_the_place_stays_about_it() -> None:
    told, known = [], None
    for place in (101, 100, 99, 103, 100, 120, 98, 150, 97):
        if is_crossing(known, place):
            told.append(place)
        known = known_after(known, place)

    assert told == [100]


@pytest.mark.parametrize(
    ("mark", "still", "forgotten"), [(100, 150, 151), (50, 75, 76), (10, 15, 16), (1, 3, 4)]
)
def test_a_mark_is_told_again_after_the_place_fell_back_by_half_of_it(
    mark: int, still: int, forgotten: int
) -> None:
    assert not is_crossing(known_after(mark, still), mark)
    assert is_crossing(known_after(mark, forgotten), mark)


def test_who_falls_back_behind_one_mark_still_knows_the_farther_ones() -> None:
    known = known_after(10, 76)

    assert known == 100
    assert not is_crossing(known, 60)
    assert is_crossing(known, 50)


def test_several_marks_at_once_are_one_crossing_to_the_nearest() -> None:
    assert is_crossing(None, 9)
    assert known_after(None, 9) == 10
    assert not is_crossing(known_after(100, 9), 10)


def test_nothing_beyond_the_reach_can_be_known() -> None:
    assert known_after(100, REACH) == 100
    assert known_after(100, REACH + 1) is None
