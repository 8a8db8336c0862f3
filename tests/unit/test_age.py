"""Who is young enough to join, and when a birth year ages out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.age import ages_out_at, ages_out_on, birthday_of, may_join
from domain.errors import AgeRefused, NotBornYet, TooOld
from domain.local_time import start_of

BIRTH_DATES = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def joins(birth_date: date, today: date, limit_years: int = 6) -> bool:
    try:
        may_join(birth_date, today, limit_years)
    except AgeRefused:
        return False
    return True


def test_a_birth_year_ages_out_on_the_first_of_september() -> None:
    assert ages_out_at(2020) == datetime(2026, 8, 31, 19, tzinfo=UTC)
    assert ages_out_at(2017) == datetime(2023, 8, 31, 18, tzinfo=UTC)
    assert ages_out_at(2020, limit_years=7) == datetime(2027, 8, 31, 19, tzinfo=UTC)


def test_a_child_joins_until_the_day_before_its_sixth_birthday() -> None:
    birth_date = date(2020, 3, 14)

    may_join(birth_date, date(2026, 3, 13))
    with pytest.raises(TooOld) as on_the_day:
        may_join(birth_date, date(2026, 3, 14))
    with pytest.raises(TooOld) as after:
        may_join(birth_date, date(2026, 3, 15))

    assert on_the_day.value == TooOld(limit_years=6, since=date(2026, 3, 14))
    assert after.value == on_the_day.value


def test_a_child_born_in_autumn_joins_until_its_birth_year_ages_out() -> None:
    birth_date = date(2020, 10, 9)

    may_join(birth_date, date(2026, 8, 31))
    with pytest.raises(TooOld) as caught:
        may_join(birth_date, date(2026, 9, 1))

    assert caught.value == TooOld(limit_years=6, since=date(2026, 9, 1))


def test_who_was_born_on_29_february_turns_six_on_1_march() -> None:
    birth_date = date(2020, 2, 29)

    assert birthday_of(birth_date, 6) == date(2026, 3, 1)
    may_join(birth_date, date(2026, 2, 28))
    with pytest.raises(TooOld) as caught:
        may_join(birth_date, date(2026, 3, 1))

    assert caught.value == TooOld(limit_years=6, since=date(2026, 3, 1))


def test_29_february_stays_a_birthday_in_a_leap_year() -> None:
    assert birthday_of(date(2020, 2, 29), 4) == date(2024, 2, 29)


def test_a_birth_date_after_today_is_refused() -> None:
    today = date(2026, 11, 20)

    may_join(today, today)
    with pytest.raises(NotBornYet) as caught:
        may_join(date(2026, 11, 21), today)

    assert caught.value == NotBornYet(date(2026, 11, 21))


def test_the_limit_is_the_policys() -> None:
    assert joins(date(2020, 3, 14), date(2026, 12, 1), limit_years=7)
    assert not joins(date(2020, 3, 14), date(2026, 12, 1), limit_years=6)


@given(BIRTH_DATES, st.integers(0, 9 * 366), st.integers(1, 8))
def test_who_may_join_is_not_aged_out_at_any_instant_of_that_day(
    birth_date: date, days: int, limit_years: int
) -> None:
    today = birth_date + timedelta(days=days)

    if joins(birth_date, today, limit_years):
        assert start_of(today + timedelta(days=1)) <= ages_out_at(birth_date.year, limit_years)
        assert today < birthday_of(birth_date, limit_years)


@given(BIRTH_DATES, st.integers(0, 9 * 366))
def test_nobody_grows_young_enough_again(birth_date: date, days: int) -> None:
    today = birth_date + timedelta(days=days)

    if not joins(birth_date, today):
        assert not joins(birth_date, today + timedelta(days=1))


@given(BIRTH_DATES)
def test_everybody_born_in_a_year_ages_out_together(birth_date: date) -> None:
    assert ages_out_on(birth_date.year) == date(birth_date.year + 6, 9, 1)
