"""School years and age groups."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.school_year import (
    AgeGroup,
    age_group,
    explained_age_group,
    reference_year,
    school_year_runs,
)


@pytest.mark.parametrize(
    ("today", "year", "runs"),
    [
        (date(2026, 1, 1), 2025, True),
        (date(2026, 5, 25), 2025, True),
        (date(2026, 5, 26), 2026, False),
        (date(2026, 8, 31), 2026, False),
        (date(2026, 9, 1), 2026, True),
        (date(2026, 12, 31), 2026, True),
        (date(2027, 1, 1), 2026, True),
    ],
)
def test_the_year_turns_after_the_last_day_of_school(today: date, year: int, runs: bool) -> None:
    assert reference_year(today) == year
    assert school_year_runs(today) is runs


@pytest.mark.parametrize(
    ("today", "birth_date", "group"),
    [
        (date(2026, 4, 25), date(2023, 2, 1), 2),
        (date(2026, 6, 10), date(2023, 2, 1), 3),
        (date(2026, 5, 26), date(2023, 8, 30), 3),
        (date(2026, 5, 26), date(2023, 10, 15), 3),
    ],
)
def test_the_four_examples_of_the_guide(today: date, birth_date: date, group: int) -> None:
    assert age_group(birth_date.year, today) == group


def test_a_group_says_what_it_was_counted_from() -> None:
    group = explained_age_group(2023, date(2026, 4, 25))

    assert group == AgeGroup(birth_year=2023, reference_year=2025, school_year_runs=True)
    assert (group.from_age, group.to_age) == (2, 3)


def test_a_child_of_the_coming_september_has_no_group_yet() -> None:
    assert age_group(2026, date(2026, 3, 1)) == -1


@given(st.integers(2000, 2090), st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_a_child_moves_up_one_group_a_year_and_only_on_26_may(birth_year: int, today: date) -> None:
    tomorrow = today + timedelta(days=1)

    moved = age_group(birth_year, tomorrow) - age_group(birth_year, today)

    assert moved == ((tomorrow.month, tomorrow.day) == (5, 26))
