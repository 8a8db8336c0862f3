"""The territory's clock and UTC, on both sides of the change of zone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.local_time import instant_at, local, local_date, start_of

DAYS = st.dates(date(2005, 1, 1), date(2099, 12, 31))


def test_a_day_begins_at_nineteen_utc_since_march_2024() -> None:
    assert start_of(date(2026, 11, 21)) == datetime(2026, 11, 20, 19, tzinfo=UTC)


def test_a_day_began_at_eighteen_utc_before_march_2024() -> None:
    assert start_of(date(2019, 7, 4)) == datetime(2019, 7, 3, 18, tzinfo=UTC)


def test_the_day_of_the_change_is_twenty_five_hours_long() -> None:
    length = start_of(date(2024, 3, 1)) - start_of(date(2024, 2, 29))

    assert length == timedelta(hours=25)


@pytest.mark.parametrize(
    ("utc_hour", "utc_minute", "shown"),
    [(16, 59, time(22, 59)), (17, 0, time(23)), (17, 59, time(23, 59)), (18, 0, time(23))],
)
def test_the_last_hour_before_the_change_comes_twice(utc_hour: int, utc_minute: int, shown: time) -> None:
    instant = datetime(2024, 2, 29, utc_hour, utc_minute, tzinfo=UTC)

    assert local(instant).time() == shown
    assert local_date(instant) == date(2024, 2, 29)


def test_a_time_that_came_twice_means_its_first_coming() -> None:
    assert instant_at(date(2024, 2, 29), time(23, 30)) == datetime(2024, 2, 29, 17, 30, tzinfo=UTC)


def test_the_first_day_after_the_change_begins_where_the_day_before_ends() -> None:
    first = start_of(date(2024, 3, 1))

    assert first == datetime(2024, 2, 29, 19, tzinfo=UTC)
    assert local_date(first) == date(2024, 3, 1)
    assert local_date(first - timedelta(seconds=1)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2024, 2, 28), datetime(2024, 2, 28, 12, tzinfo=UTC)),
        (date(2024, 3, 1), datetime(2024, 3, 1, 13, tzinfo=UTC)),
        (date(2026, 11, 20), datetime(2026, 11, 20, 13, tzinfo=UTC)),
    ],
)
def test_six_in_the_evening_is_another_hour_of_utc_after_the_change(day: date, utc: datetime) -> None:
    assert instant_at(day, time(18)) == utc


def test_instants_are_in_utc() -> None:
    assert instant_at(date(2026, 11, 20), time(7)).tzinfo is UTC


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="2026"):
        local_date(datetime(2026, 11, 20))  # noqa: DTZ001 - the mistake itself


@given(DAYS)
def test_a_day_is_exactly_what_lies_between_its_start_and_the_next(day: date) -> None:
    start, end = start_of(day), start_of(day + timedelta(days=1))

    assert local_date(start) == day
    assert local_date(start - timedelta(microseconds=1)) == day - timedelta(days=1)
    assert local_date(end - timedelta(microseconds=1)) == day


@given(DAYS, st.times())
def test_a_wall_clock_time_reads_back(day: date, wall_clock: time) -> None:
    shown = local(instant_at(day, wall_clock))

    assert (shown.date(), shown.time()) == (day, wall_clock)
