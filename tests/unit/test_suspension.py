"""The stop-list begins when a referral ends and ends by itself."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.application import Status
from domain.policy import Policy
from domain.referral import issue
from domain.suspension import Suspension, status_at, suspended_until, suspension_after
from domain.working_days import WorkingCalendar
from tests.unit.instants import TICK, at, instants

POLICY = Policy()
CALENDAR = POLICY.calendar()
REFERRAL = issue(at("2026-11-21 11:00"), POLICY)
SUSPENSION = suspension_after(REFERRAL, CALENDAR)
BEGIN, UNTIL = at("2026-11-28 00:00"), at("2026-12-12 00:00")


@pytest.mark.parametrize(
    ("issued_at", "begins_at", "until"),
    [
        ("2019-06-26 16:23", "2019-07-04 00:00", "2019-07-19 00:00"),
        ("2026-11-21 11:00", "2026-11-28 00:00", "2026-12-12 00:00"),
    ],
)
def test_the_dates_of_the_rule_book(issued_at: str, begins_at: str, until: str) -> None:
    suspension = suspension_after(issue(at(issued_at), POLICY), CALENDAR)

    assert suspension == Suspension(begins_at=at(begins_at), until=at(until), working_days=10)


def test_after_an_extension_it_begins_when_that_ends() -> None:
    longer = REFERRAL.extend(30, documents=1, now=REFERRAL.issued_at)

    assert suspension_after(longer, CALENDAR) == Suspension(
        begins_at=at("2026-12-28 00:00"), until=at("2027-01-14 00:00"), working_days=10
    )


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (BEGIN - TICK, Status.REFERRED),
        (BEGIN, Status.SUSPENDED),
        (BEGIN + TICK, Status.SUSPENDED),
        (UNTIL - TICK, Status.SUSPENDED),
        (UNTIL, Status.AWAITING_PLACE),
        (UNTIL + TICK, Status.AWAITING_PLACE),
    ],
)
def test_the_status_that_counts_turns_by_itself(now: datetime, status: Status) -> None:
    assert status_at(Status.REFERRED, SUSPENSION, now) == status


def test_a_status_without_a_referral_or_a_suspension_is_what_is_written() -> None:
    written = [each for each in Status if each not in (Status.REFERRED, Status.SUSPENDED)]

    assert [status_at(each, SUSPENSION, BEGIN) for each in written] == written
    assert status_at(Status.SUSPENDED, None, BEGIN) == Status.SUSPENDED


@given(instants, st.timedeltas(timedelta(), timedelta(days=45)))
def test_at_every_instant_exactly_one_of_valid_suspended_and_awaiting_holds(
    issued_at: datetime, offset: timedelta
) -> None:
    referral = issue(issued_at, POLICY)
    suspension = suspension_after(referral, CALENDAR)
    now = issued_at + offset

    status = status_at(Status.REFERRED, suspension, now)

    assert suspension.begins_at == referral.ends_at
    assert (status is Status.REFERRED) is referral.is_valid(now)
    assert (status is Status.SUSPENDED) is suspension.is_running(now)
    assert (status is Status.AWAITING_PLACE) is (now >= suspension.until)


def test_a_policy_without_suspension_gives_none() -> None:
    referral = issue(at("2026-11-21 11:00"), Policy(suspension_working_days=0))

    none = suspension_after(referral, CALENDAR)

    assert none.is_running(none.begins_at) is False
    assert status_at(Status.REFERRED, none, referral.ends_at) == Status.AWAITING_PLACE


def test_a_suspension_follows_the_child_until_the_last_one_ends() -> None:
    later = Suspension(begins_at=BEGIN, until=UNTIL + timedelta(days=7), working_days=10)

    assert suspended_until([], BEGIN) is None
    assert suspended_until([SUSPENSION], BEGIN - TICK) is None
    assert suspended_until([SUSPENSION, later], BEGIN) == later.until
    assert suspended_until([SUSPENSION, later], UNTIL) == later.until
    assert suspended_until([SUSPENSION], UNTIL) is None


def test_a_day_declared_later_never_makes_it_longer() -> None:
    day_off = WorkingCalendar(days_off=frozenset({date(2026, 12, 1)}))
    working = WorkingCalendar(working_days=frozenset({date(2026, 12, 6)}))

    assert SUSPENSION.with_calendar(day_off, BEGIN) == SUSPENSION
    assert SUSPENSION.with_calendar(working, BEGIN).until == at("2026-12-11 00:00")


def test_a_suspension_that_gets_shorter_does_not_end_before_now() -> None:
    working = WorkingCalendar(working_days=frozenset({date(2026, 12, 6)}))
    now = at("2026-12-11 15:00")

    assert SUSPENSION.with_calendar(working, now).until == now
    assert SUSPENSION.with_calendar(working, UNTIL) == SUSPENSION
