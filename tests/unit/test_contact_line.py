"""The contact centre's hours, the alarm of those who wait, and the silence that gives a question back."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.contact_line import PATIENCE, SILENCE, Opening, is_silent
from domain.local_time import instant_at
from domain.policy_terms import ContactHours, PublishOn
from domain.working_days import WorkingCalendar

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
WORKING, EVERY = PublishOn.WORKING_DAYS, PublishOn.EVERY_DAY
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (20, 21, 22, 23))


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return instant_at(day, time(hour, minute, second))


def opening(on: PublishOn, since: time, until: time, **exceptions: frozenset[date]) -> Opening:
    return Opening(ContactHours(on, since, until), WorkingCalendar(**exceptions))


OFFICE = opening(WORKING, time(9), time(18))
NIGHT = opening(WORKING, time(20), time(4))
ALL_DAY = opening(WORKING, time(0), time(0))
ALWAYS = opening(EVERY, time(9), time(9))


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        (at(FRIDAY, 8, 59, 59), False),
        (at(FRIDAY, 9), True),
        (at(FRIDAY, 17, 59, 59), True),
        (at(FRIDAY, 18), False),
        (at(SATURDAY, 12), False),
        (at(MONDAY, 9), True),
    ],
)
def test_an_office_is_open_from_its_first_second_to_before_its_last(when: datetime, is_open: bool) -> None:
    assert OFFICE.is_open(when) is is_open


@pytest.mark.parametrize(
    ("when", "opens"),
    [
        (at(FRIDAY, 8, 59, 59), at(FRIDAY, 9)),
        (at(FRIDAY, 9), at(FRIDAY, 9)),
        (at(FRIDAY, 12, 30), at(FRIDAY, 12, 30)),
        (at(FRIDAY, 18), at(MONDAY, 9)),
        (at(SUNDAY, 23, 59, 59), at(MONDAY, 9)),
        # Independence Day is a Wednesday, the New Year goes on until Tuesday.
        (at(date(2026, 12, 15), 18), at(date(2026, 12, 17), 9)),
        (at(date(2026, 12, 31), 18), at(date(2027, 1, 5), 9)),
    ],
)
def test_outside_its_hours_it_opens_on_the_next_working_day(when: datetime, opens: datetime) -> None:
    assert OFFICE.opens_at(when) == opens


def test_a_territory_may_have_days_of_its_own() -> None:
    own = opening(
        WORKING, time(9), time(18), days_off=frozenset({MONDAY}), working_days=frozenset({SATURDAY})
    )

    assert own.opens_at(at(FRIDAY, 18)) == at(SATURDAY, 9)
    assert own.opens_at(at(SATURDAY, 18)) == at(date(2026, 11, 24), 9)


@pytest.mark.parametrize(
    ("when", "opens"),
    [
        (at(FRIDAY, 19, 59, 59), at(FRIDAY, 20)),
        (at(FRIDAY, 23, 59, 59), at(FRIDAY, 23, 59, 59)),
        (at(SATURDAY, 3, 59, 59), at(SATURDAY, 3, 59, 59)),
        (at(SATURDAY, 4), at(MONDAY, 20)),
        (at(MONDAY, 3), at(MONDAY, 20)),
    ],
)
def test_hours_over_midnight_belong_to_the_day_on_which_they_began(when: datetime, opens: datetime) -> None:
    assert NIGHT.opens_at(when) == opens


def test_equal_times_are_the_whole_of_each_of_its_days() -> None:
    assert ALL_DAY.is_open(at(FRIDAY, 0))
    assert ALL_DAY.is_open(at(FRIDAY, 23, 59, 59))
    assert ALL_DAY.opens_at(at(SATURDAY, 0)) == at(MONDAY, 0)
    assert ALWAYS.is_open(at(SUNDAY, 3))


def test_a_centre_that_names_no_hours_is_always_open() -> None:
    unknown = Opening(None, WorkingCalendar())

    assert unknown.opens_at(at(SUNDAY, 3)) == at(SUNDAY, 3)
    assert unknown.alarm_at(at(SUNDAY, 3)) == at(SUNDAY, 3, 3)


def test_the_hours_are_those_of_the_clock_before_and_after_it_was_changed() -> None:
    assert OFFICE.opens_at(datetime(2024, 2, 29, 2, tzinfo=UTC)) == datetime(2024, 2, 29, 3, tzinfo=UTC)
    assert OFFICE.opens_at(datetime(2024, 3, 1, 2, tzinfo=UTC)) == datetime(2024, 3, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "alarm"),
    [
        (at(FRIDAY, 9), at(FRIDAY, 9, 3)),
        (at(FRIDAY, 8, 59, 59), at(FRIDAY, 9, 3)),
        (at(SATURDAY, 12), at(MONDAY, 9, 3)),
        (at(FRIDAY, 17, 56, 59), at(FRIDAY, 17, 59, 59)),
        # When the three minutes are over the centre is closed: nobody is there to be alarmed.
        (at(FRIDAY, 17, 57), at(MONDAY, 9)),
        (at(FRIDAY, 17, 59), at(MONDAY, 9, 2)),
    ],
)
def test_only_the_time_while_it_is_open_counts_for_the_alarm(since: datetime, alarm: datetime) -> None:
    assert OFFICE.alarm_at(since) == alarm


def test_the_alarm_runs_on_over_midnight_where_it_stays_open() -> None:
    assert ALWAYS.alarm_at(at(FRIDAY, 23, 59)) == at(SATURDAY, 0, 2)
    assert PATIENCE == 3 * MINUTE


@pytest.mark.parametrize(("span", "silent"), [(-SECOND, False), (timedelta(0), True), (SECOND, True)])
def test_five_minutes_count_from_the_later_of_the_word_and_the_giving(span: timedelta, silent: bool) -> None:
    word, given = at(FRIDAY, 10), at(FRIDAY, 10, 2)

    assert is_silent(word, given, given + SILENCE + span) is silent
    assert is_silent(given, word, given + SILENCE + span) is silent


def test_nobody_is_silent_while_nobody_waits() -> None:
    assert not is_silent(None, at(FRIDAY, 10), at(SUNDAY, 10))
