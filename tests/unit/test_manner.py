"""How pressing a notice is, and when it may disturb."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.local_time import instant_at
from domain.manner import Urgency, goes_out_later, may_be_sent_at, urgency_of
from domain.notice import Told

EVENING = date(2026, 11, 20)
MORNING = instant_at(EVENING + timedelta(days=1), time(7))
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("urgency", [Urgency.NORMAL, Urgency.DIGEST])
def test_from_ten_in_the_evening_nothing_but_the_critical_goes_before_seven(urgency: Urgency) -> None:
    ten = instant_at(EVENING, time(22))

    assert may_be_sent_at(urgency, ten - SECOND) == ten - SECOND
    assert may_be_sent_at(urgency, ten) == MORNING


@pytest.mark.parametrize("before", [timedelta(0), SECOND, timedelta(hours=7)])
def test_after_midnight_it_goes_at_seven_of_the_same_day(before: timedelta) -> None:
    assert may_be_sent_at(Urgency.NORMAL, MORNING - before) == MORNING


@pytest.mark.parametrize("urgency", [Urgency.ANSWER, Urgency.CRITICAL])
def test_what_is_critical_goes_at_any_hour(urgency: Urgency) -> None:
    at_night = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)

    assert may_be_sent_at(urgency, at_night) == at_night


@pytest.mark.parametrize("kind", [Told.WITHDRAWN, Told.REFERRAL_GIVEN_UP, Told.PRIVILEGE_DROPPED])
def test_what_one_parent_gives_away_the_other_is_told_at_once_and_at_night(kind: Told) -> None:
    at_night = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)

    assert goes_out_later(kind, at_night) is None


@pytest.mark.parametrize(
    "kind", [Told.SENT_DECLINED, Told.REFUSED_AT_DESK, Told.EXTENSION_REVOKED, Told.REFERRAL_REVOKED]
)
def test_what_staff_take_back_is_critical(kind: Told) -> None:
    assert urgency_of(kind) is Urgency.CRITICAL


def test_the_loss_of_a_seat_is_critical_and_a_joined_helper_is_not() -> None:
    assert urgency_of(Told.SEAT_RECALLED) is Urgency.CRITICAL
    assert urgency_of(Told.HELPER_JOINED) is Urgency.NORMAL
