"""How long an enrolled child takes room in its group."""

from datetime import date

import pytest

from domain.enrolment import takes_room

LAST = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "takes"),
    [(date(2026, 12, 30), True), (LAST, True), (date(2027, 1, 1), False)],
    ids=["the day before", "the last day", "the day after"],
)
def test_its_place_is_empty_from_the_day_after_its_last_one(day: date, takes: bool) -> None:
    assert takes_room(day, LAST, 2023) is takes


@pytest.mark.parametrize(
    ("day", "limit", "takes"),
    [
        (date(2028, 8, 31), 6, True),
        (date(2028, 9, 1), 6, False),
        (date(2028, 9, 1), 7, True),
        (date(2029, 9, 1), 7, False),
    ],
)
def test_a_child_of_school_age_takes_no_room_whatever_was_noted(day: date, limit: int, takes: bool) -> None:
    assert takes_room(day, None, 2022, limit) is takes
