"""When lists come out, open, and open to everyone."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy import Policy
from domain.policy_terms import DayUnit, Opens, PriorityPeriod, PublishOn
from domain.seat_list import (
    BulletinState,
    ListState,
    SeatList,
    bulletin_state,
    list_for,
    priority_end,
)
from tests.unit.instants import TICK, at, instants

POLICY = Policy()
ASTANA = Policy(priority=PriorityPeriod(1, DayUnit.CALENDAR_DAYS))
SITCEN = Policy(opens=Opens.AT_PUBLICATION)
EVERY_DAY = Policy(publish_on=PublishOn.EVERY_DAY)
policies = st.sampled_from([POLICY, ASTANA, SITCEN, EVERY_DAY])


def times(publish_at: str, opens_at: str, priority_ends_at: str) -> SeatList:
    return SeatList(publish_at=at(publish_at), opens_at=at(opens_at), priority_ends_at=at(priority_ends_at))


FRIDAY = times("2026-11-20 18:00", "2026-11-23 07:00", "2026-11-26 07:00")


@pytest.mark.parametrize(
    ("reported_at", "expected"),
    [
        ("2026-11-20 17:59:59", FRIDAY),
        ("2026-12-15 10:00", times("2026-12-15 18:00", "2026-12-17 07:00", "2026-12-22 07:00")),
        ("2026-12-31 10:00", times("2026-12-31 18:00", "2027-01-05 07:00", "2027-01-11 07:00")),
        # Opens on a Monday and on a Wednesday.
        ("2026-10-02 12:00", times("2026-10-02 18:00", "2026-10-05 07:00", "2026-10-08 07:00")),
        ("2026-10-06 12:00", times("2026-10-06 18:00", "2026-10-07 07:00", "2026-10-12 07:00")),
        # The worked case: the first bulletin as it counts there, and by its own instant.
        ("2019-06-20 12:00", times("2019-06-20 18:00", "2019-06-21 07:00", "2019-06-26 07:00")),
        ("2019-06-26 12:00", times("2019-06-26 18:00", "2019-06-27 07:00", "2019-07-02 07:00")),
    ],
)
def test_the_dates_of_the_rule_book(reported_at: str, expected: SeatList) -> None:
    assert list_for(at(reported_at), POLICY) == expected


@pytest.mark.parametrize(
    ("reported_at", "publish_at"),
    [
        ("2026-11-19 17:59:59.999999", "2026-11-19 18:00"),
        ("2026-11-19 18:00:00", "2026-11-20 18:00"),
        ("2026-11-19 18:00:01", "2026-11-20 18:00"),
        ("2026-11-20 18:00:00", "2026-11-23 18:00"),
        ("2026-11-21 09:00", "2026-11-23 18:00"),
        ("2026-11-22 23:59", "2026-11-23 18:00"),
        ("2026-07-31 17:59:59", "2026-07-31 18:00"),
        ("2026-07-31 18:00", "2026-09-01 18:00"),
        ("2026-08-01 00:00", "2026-09-01 18:00"),
        ("2026-08-31 17:00", "2026-09-01 18:00"),
    ],
)
def test_a_report_comes_out_at_the_next_publication(reported_at: str, publish_at: str) -> None:
    assert list_for(at(reported_at), POLICY).publish_at == at(publish_at)


def test_with_publication_every_day_a_weekend_list_opens_on_monday() -> None:
    assert list_for(at("2026-11-21 09:00"), EVERY_DAY) == times(
        "2026-11-21 18:00", "2026-11-23 07:00", "2026-11-26 07:00"
    )


def test_a_list_can_open_at_its_publication() -> None:
    assert list_for(at("2026-11-20 09:00"), SITCEN) == times(
        "2026-11-20 18:00", "2026-11-20 18:00", "2026-11-25 18:00"
    )


def test_a_calendar_day_of_priority_is_24_hours() -> None:
    assert list_for(at("2026-11-20 09:00"), ASTANA) == times(
        "2026-11-20 18:00", "2026-11-23 07:00", "2026-11-24 07:00"
    )


def test_a_priority_over_the_change_of_the_clocks_ends_by_the_wall_clock() -> None:
    monday_before = at("2024-02-28 07:00")

    assert priority_end(monday_before, POLICY) == at("2024-03-04 07:00")


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-20 17:59:59", ListState.UNPUBLISHED),
        ("2026-11-20 18:00:00", ListState.LOOK_ONLY),
        ("2026-11-20 18:00:01", ListState.LOOK_ONLY),
        ("2026-11-23 06:59:59", ListState.LOOK_ONLY),
        ("2026-11-23 07:00:00", ListState.FOR_THE_FIRST),
        ("2026-11-23 07:00:01", ListState.FOR_THE_FIRST),
        ("2026-11-26 06:59:59", ListState.FOR_THE_FIRST),
        ("2026-11-26 07:00:00", ListState.OPEN_TO_EVERYONE),
        ("2026-11-26 07:00:01", ListState.OPEN_TO_EVERYONE),
    ],
)
def test_a_list_turns_at_its_instants(now: str, state: ListState) -> None:
    made = FRIDAY.with_access(FRIDAY.opens_at, POLICY)

    assert made.state(at(now)) == state


@pytest.mark.parametrize(
    ("made_at", "ends_at", "late"),
    [
        ("2026-11-23 07:00:00", "2026-11-26 07:00", False),
        ("2026-11-23 08:00:00", "2026-11-26 07:00", False),
        ("2026-11-23 08:00:01", "2026-11-26 08:00:01", True),
        ("2026-11-25 10:30", "2026-11-30 10:30", True),
        ("2026-12-20 10:30", "2026-12-23 10:30", True),
    ],
)
def test_access_made_over_an_hour_late_runs_from_then(made_at: str, ends_at: str, late: bool) -> None:
    made = FRIDAY.with_access(at(made_at), POLICY)

    assert (made.priority_ends_at, made.made_late) == (at(ends_at), late)


def test_access_is_made_once() -> None:
    made = FRIDAY.with_access(FRIDAY.opens_at, POLICY)

    assert made.with_access(at("2026-11-25 07:00"), POLICY) == made


def test_access_is_not_made_before_the_list_opens() -> None:
    with pytest.raises(ValueError, match="no access"):
        FRIDAY.with_access(FRIDAY.opens_at - TICK, POLICY)


@pytest.mark.parametrize(
    ("now", "needed"),
    [("2026-11-23 06:59:59", False), ("2026-11-23 07:00", True), ("2026-12-23 07:00", True)],
)
def test_a_list_that_opened_needs_its_access_made(now: str, needed: bool) -> None:
    made = FRIDAY.with_access(FRIDAY.opens_at, POLICY)

    assert FRIDAY.needs_access(at(now)) is needed
    assert made.needs_access(at(now)) is False


@given(instants, policies)
def test_a_list_is_published_after_the_report_and_opens_and_ends_in_order(
    reported_at: datetime, policy: Policy
) -> None:
    coming = list_for(reported_at, policy)

    assert reported_at < coming.publish_at <= coming.opens_at < coming.priority_ends_at


@given(instants, st.timedeltas(timedelta(), timedelta(days=9)), policies)
def test_what_is_reported_later_is_never_published_opened_or_freed_earlier(
    reported_at: datetime, later: timedelta, policy: Policy
) -> None:
    one, other = list_for(reported_at, policy), list_for(reported_at + later, policy)

    assert one.publish_at <= other.publish_at
    assert one.opens_at <= other.opens_at
    assert one.priority_ends_at <= other.priority_ends_at


@given(instants, st.timedeltas(timedelta(), timedelta(days=9)), policies)
def test_late_access_never_shortens_the_priority(
    reported_at: datetime, late: timedelta, policy: Policy
) -> None:
    coming = list_for(reported_at, policy)

    made = coming.with_access(coming.opens_at + late, policy)

    assert made.priority_ends_at >= coming.priority_ends_at
    assert made.state(coming.opens_at + late) is ListState.FOR_THE_FIRST


@given(instants, st.timedeltas(timedelta(days=-9), timedelta(days=9)), policies, st.booleans())
def test_at_every_instant_exactly_one_state_holds_and_none_comes_back(
    reported_at: datetime, offset: timedelta, policy: Policy, made: bool
) -> None:
    coming = list_for(reported_at, policy)
    if made:
        coming = coming.with_access(coming.opens_at, policy)
    now = coming.opens_at + offset
    begins = {
        ListState.LOOK_ONLY: coming.publish_at,
        ListState.FOR_THE_FIRST: coming.opens_at,
    }
    if made:
        begins[ListState.OPEN_TO_EVERYONE] = coming.priority_ends_at

    begun = [state for state, since in begins.items() if since <= now]

    assert coming.state(now) is (begun[-1] if begun else ListState.UNPUBLISHED)


@pytest.mark.parametrize(
    ("free", "recalled", "state"),
    [
        (3, False, BulletinState.LOOK_ONLY),
        (0, False, BulletinState.FULL),
        (3, True, BulletinState.RECALLED),
        (0, True, BulletinState.RECALLED),
    ],
)
def test_a_bulletin_shows_recalled_before_full_before_its_list(
    free: int, recalled: bool, state: BulletinState
) -> None:
    shown = bulletin_state(FRIDAY, at("2026-11-20 18:00"), free=free, recalled=recalled)

    assert shown == state


def test_a_bulletin_knows_every_state_of_a_list() -> None:
    assert [BulletinState(each.value).name for each in ListState] == [e.name for e in ListState]
