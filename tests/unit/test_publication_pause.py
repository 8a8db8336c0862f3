"""Pauses of publication, whose first and last day count."""

from datetime import date

import pytest

from domain.publication_pause import AUGUST, DatedPause, MonthDay, YearlyPause


@pytest.mark.parametrize(
    ("day", "paused"),
    [
        (date(2026, 7, 31), False),
        (date(2026, 8, 1), True),
        (date(2026, 8, 31), True),
        (date(2026, 9, 1), False),
        (date(2031, 8, 15), True),
    ],
)
def test_august_is_paused_every_year(day: date, paused: bool) -> None:
    assert AUGUST.covers(day) is paused


@pytest.mark.parametrize(
    ("day", "paused"),
    [
        (date(2026, 12, 24), False),
        (date(2026, 12, 25), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 10), True),
        (date(2027, 1, 11), False),
    ],
)
def test_a_yearly_pause_may_run_over_new_year(day: date, paused: bool) -> None:
    assert YearlyPause(MonthDay(12, 25), MonthDay(1, 10)).covers(day) is paused


@pytest.mark.parametrize(
    ("day", "paused"),
    [
        (date(2026, 3, 15), False),
        (date(2026, 3, 16), True),
        (date(2026, 4, 10), True),
        (date(2026, 4, 11), False),
        (date(2027, 3, 20), False),
    ],
)
def test_a_dated_pause_happens_once(day: date, paused: bool) -> None:
    assert DatedPause(date(2026, 3, 16), date(2026, 4, 10)).covers(day) is paused


def test_a_pause_of_one_day_is_that_day() -> None:
    day = date(2026, 3, 16)

    assert DatedPause(day, day).covers(day)
    assert YearlyPause(MonthDay(3, 16), MonthDay(3, 16)).covers(day)


def test_a_pause_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="2026, 4, 10"):
        DatedPause(date(2026, 4, 10), date(2026, 3, 16))
    with pytest.raises(ValueError, match="day is out of range"):
        YearlyPause(MonthDay(2, 30), MonthDay(3, 1))
