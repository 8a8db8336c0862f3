"""When a family is reminded: every rung at its hour, none twice, and of what was missed the newest alone."""

from datetime import date, datetime, time, timedelta

import pytest

from domain.ladder import Rung, Step, evenings_begun_before, fallen_due, ladder, last_evening, next_after
from domain.local_time import instant_at
from domain.working_days import WorkingCalendar

SECOND = timedelta(seconds=1)
FRIDAY = date(2026, 11, 27)
RUNGS = ladder(FRIDAY, WorkingCalendar())
ISSUED = instant_at(date(2026, 11, 20), time(16, 20))


def on(day: date, hour: int) -> datetime:
    return instant_at(day, time(hour))


def test_the_four_rungs_before_a_friday() -> None:
    assert (
        Rung(Step.TWO_WORKING_DAYS, on(date(2026, 11, 25), 10)),
        Rung(Step.EVENING_BEFORE, on(date(2026, 11, 26), 19)),
        Rung(Step.LAST_MORNING, on(FRIDAY, 8)),
        Rung(Step.LAST_AFTERNOON, on(FRIDAY, 16)),
    ) == RUNGS


@pytest.mark.parametrize(
    ("last_day", "first"),
    [
        (date(2026, 12, 23), date(2026, 12, 21)),
        # The 16th is a holiday, and the weekend before it counts for nothing.
        (date(2026, 12, 17), date(2026, 12, 14)),
        # An extension may end on a Sunday.
        (date(2026, 12, 27), date(2026, 12, 24)),
        (date(2027, 1, 12), date(2027, 1, 8)),
    ],
)
def test_the_first_rung_stands_two_working_days_before(last_day: date, first: date) -> None:
    assert ladder(last_day, WorkingCalendar())[0].at == on(first, 10)


def test_a_day_off_of_the_territory_moves_the_first_rung_forward() -> None:
    calendar = WorkingCalendar(days_off=frozenset({date(2026, 11, 25)}))

    assert ladder(FRIDAY, calendar)[0].at == on(date(2026, 11, 24), 10)


@pytest.mark.parametrize("which", range(4))
def test_each_rung_falls_due_at_its_second(which: int) -> None:
    rung = RUNGS[which]
    before = RUNGS[which - 1] if which else None
    told = None if before is None else before.step

    assert fallen_due(RUNGS, ISSUED, rung.at - SECOND, told) is None
    assert fallen_due(RUNGS, ISSUED, rung.at, told) == rung
    assert fallen_due(RUNGS, ISSUED, rung.at + SECOND, rung.step) is None


def test_of_four_that_were_missed_the_newest_alone_is_due() -> None:
    assert fallen_due(RUNGS, ISSUED, on(FRIDAY, 20), None) == RUNGS[3]


def test_what_fell_due_before_the_last_day_was_set_is_not_told() -> None:
    revoked_in_the_evening = on(date(2026, 11, 26), 21)

    assert fallen_due(RUNGS, revoked_in_the_evening, on(FRIDAY, 7), None) is None
    assert fallen_due(RUNGS, revoked_in_the_evening, on(FRIDAY, 8), None) == RUNGS[2]


def test_after_the_last_rung_there_is_none() -> None:
    assert next_after(RUNGS, ISSUED) == RUNGS[0]
    assert next_after(RUNGS, RUNGS[0].at) == RUNGS[1]
    assert next_after(RUNGS, RUNGS[3].at) is None


def test_the_last_evening_of_an_access_is_that_of_the_day_before() -> None:
    thursday_07_00 = on(date(2026, 11, 26), 7)

    assert last_evening(thursday_07_00) == on(date(2026, 11, 25), 19)


@pytest.mark.parametrize(("hour", "second"), [(18, 3599), (19, 0), (23, 0)])
def test_whose_evening_has_begun_is_found_by_the_end_of_the_access(hour: int, second: int) -> None:
    now = on(date(2026, 11, 25), hour) + second * SECOND
    ends = [on(date(2026, 11, 25), 23), on(date(2026, 11, 26), 7), on(date(2026, 11, 27), 7)]

    found = [each for each in ends if each < evenings_begun_before(now)]
    assert found == [each for each in ends if last_evening(each) <= now]
