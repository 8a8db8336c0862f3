"""Working days: the rule book's own dates, moved days off, and a territory's exceptions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.working_days import WorkingCalendar

NATIONAL = WorkingCalendar()
DAYS = st.dates(date(2000, 1, 3), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 11, 23), True),
        (date(2026, 12, 15), True),
        (date(2026, 12, 16), False),  # Independence Day
        (date(2026, 12, 17), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), False),  # in lieu of Saturday 2 January
        (date(2027, 1, 5), True),
        (date(2027, 1, 6), True),
        (date(2027, 1, 7), False),  # Christmas
        (date(2027, 1, 8), True),
        (date(2019, 7, 5), True),
        (date(2019, 7, 6), False),  # Capital Day, a Saturday
        (date(2019, 7, 8), False),  # in lieu of it
        (date(2019, 7, 9), True),
        (date(2019, 5, 4), True),  # a Saturday worked for Friday 10 May
        (date(2019, 5, 10), False),
        (date(2018, 12, 29), True),  # a Saturday worked for Monday 31 December
        (date(2018, 12, 31), False),
        (date(2013, 12, 28), True),  # a Saturday worked for 3 January of the next year
        (date(2014, 1, 3), False),
        (date(2026, 8, 31), True),  # a working day since 2026
    ],
)
def test_national_days_are_as_declared(day: date, working: bool) -> None:
    assert NATIONAL.is_working(day) is working


@pytest.mark.parametrize(
    ("published", "opens"),
    [
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 12, 15), date(2026, 12, 17)),
        (date(2026, 12, 31), date(2027, 1, 5)),
        (date(2019, 6, 20), date(2019, 6, 21)),
        (date(2019, 6, 26), date(2019, 6, 27)),
    ],
)
def test_a_list_opens_on_the_next_working_day(published: date, opens: date) -> None:
    assert NATIONAL.next_working_day(published) == opens


@pytest.mark.parametrize(
    ("opens", "priority_ends"),
    [
        (date(2026, 11, 16), date(2026, 11, 19)),  # Monday, Thursday
        (date(2026, 11, 18), date(2026, 11, 23)),  # Wednesday, Monday
        (date(2026, 11, 23), date(2026, 11, 26)),
        (date(2026, 12, 17), date(2026, 12, 22)),
        (date(2027, 1, 5), date(2027, 1, 11)),
        (date(2019, 6, 21), date(2019, 6, 26)),
        (date(2019, 6, 27), date(2019, 7, 2)),
    ],
)
def test_priority_ends_on_the_third_working_day(opens: date, priority_ends: date) -> None:
    assert NATIONAL.nth_working_day_after(opens, 3) == priority_ends


@pytest.mark.parametrize(
    ("issued", "last_day"),
    [
        (date(2019, 6, 26), date(2019, 7, 3)),
        (date(2026, 11, 21), date(2026, 11, 27)),
        (date(2026, 12, 16), date(2026, 12, 23)),
        (date(2026, 12, 31), date(2027, 1, 12)),
    ],
)
def test_a_referral_lasts_through_the_fifth_working_day(issued: date, last_day: date) -> None:
    assert NATIONAL.nth_working_day_after(issued, 5) == last_day


@pytest.mark.parametrize(
    ("expired", "last_day"),
    [
        (date(2019, 7, 3), date(2019, 7, 18)),
        (date(2026, 11, 27), date(2026, 12, 11)),
    ],
)
def test_a_suspension_lasts_through_the_tenth_working_day(expired: date, last_day: date) -> None:
    assert NATIONAL.nth_working_day_after(expired, 10) == last_day


def test_two_working_days_before_steps_over_weekends_and_holidays() -> None:
    assert NATIONAL.nth_working_day_before(date(2026, 11, 27), 2) == date(2026, 11, 25)
    assert NATIONAL.nth_working_day_before(date(2026, 12, 17), 2) == date(2026, 12, 14)
    assert NATIONAL.nth_working_day_before(date(2027, 1, 12), 4) == date(2027, 1, 5)
    assert NATIONAL.nth_working_day_before(date(2027, 1, 5), 1) == date(2026, 12, 31)


def test_a_day_off_declared_later_moves_the_next_working_day() -> None:
    calendar = WorkingCalendar(days_off=frozenset({date(2026, 11, 23)}))

    assert calendar.next_working_day(date(2026, 11, 20)) == date(2026, 11, 24)


def test_a_weekend_declared_working_counts() -> None:
    calendar = WorkingCalendar(working_days=frozenset({date(2026, 11, 21)}))

    assert calendar.next_working_day(date(2026, 11, 20)) == date(2026, 11, 21)


def test_a_territorys_own_days_win_over_the_nations() -> None:
    calendar = WorkingCalendar(
        days_off=frozenset({date(2019, 5, 4)}), working_days=frozenset({date(2026, 12, 16)})
    )

    assert calendar.is_working(date(2019, 5, 4)) is False
    assert calendar.is_working(date(2026, 12, 16)) is True


def test_a_day_cannot_be_off_and_working() -> None:
    day = date(2026, 11, 23)

    with pytest.raises(ValueError, match="2026, 11, 23"):
        WorkingCalendar(days_off=frozenset({day}), working_days=frozenset({day}))


@pytest.mark.parametrize("n", [0, -1])
def test_there_is_no_zeroth_working_day(n: int) -> None:
    with pytest.raises(ValueError, match=str(n)):
        NATIONAL.nth_working_day_after(date(2026, 11, 20), n)
    with pytest.raises(ValueError, match=str(n)):
        NATIONAL.nth_working_day_before(date(2026, 11, 20), n)


@given(DAYS, st.integers(1, 30))
def test_the_nth_working_day_has_n_working_days_up_to_it(day: date, n: int) -> None:
    found = NATIONAL.nth_working_day_after(day, n)

    between = [day + timedelta(days=k) for k in range(1, (found - day).days + 1)]
    assert NATIONAL.is_working(found)
    assert sum(map(NATIONAL.is_working, between)) == n


@given(DAYS, st.integers(1, 30))
def test_counting_back_from_a_working_day_undoes_counting_on(day: date, n: int) -> None:
    start = NATIONAL.next_working_day(day)

    assert NATIONAL.nth_working_day_before(NATIONAL.nth_working_day_after(start, n), n) == start


@given(DAYS, st.integers(1, 15), st.frozensets(st.integers(1, 30), max_size=5))
def test_a_day_off_declared_later_never_brings_a_day_nearer(
    day: date, n: int, offsets: frozenset[int]
) -> None:
    later = WorkingCalendar(days_off=frozenset(day + timedelta(days=k) for k in offsets))

    assert later.nth_working_day_after(day, n) >= NATIONAL.nth_working_day_after(day, n)
