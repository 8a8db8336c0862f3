"""What may become of an application."""

import pytest

from domain.application import (
    COUNTED,
    LIVE,
    TRANSITIONS,
    Happening,
    QueueClass,
    Status,
    Step,
    check_pausable,
    status_after,
    step,
    submitted_at_when_restored,
)
from domain.errors import CannotPause, StatusForbids
from tests.unit.instants import at


def walked(*happenings: Happening) -> Status:
    status = Status.AWAITING_PLACE
    for happening in happenings:
        status = status_after(status, happening)
    return status


@pytest.mark.parametrize(
    ("way", "end"),
    [
        ([Happening.REFERRED, Happening.ENROLLED], Status.ENROLLED),
        ([Happening.SENT, Happening.REFERRED, Happening.ENROLLED], Status.ENROLLED),
        ([Happening.SENT, Happening.TAKEN_BACK], Status.AWAITING_PLACE),
        ([Happening.SENT, Happening.TURNED_DOWN], Status.AWAITING_PLACE),
        ([Happening.REFERRED, Happening.GIVEN_UP], Status.AWAITING_PLACE),
        ([Happening.REFERRED, Happening.REFUSED_AT_DESK], Status.AWAITING_PLACE),
        ([Happening.REFERRED, Happening.REVOKED], Status.AWAITING_PLACE),
        ([Happening.REFERRED, Happening.EXPIRED], Status.SUSPENDED),
        (
            [Happening.REFERRED, Happening.EXPIRED, Happening.SUSPENSION_OVER],
            Status.AWAITING_PLACE,
        ),
        ([Happening.WITHDRAWN, Happening.RESTORED], Status.AWAITING_PLACE),
        (
            [
                Happening.REFERRED,
                Happening.EXPIRED,
                Happening.WITHDRAWN,
                Happening.RESTORED_SUSPENDED,
            ],
            Status.SUSPENDED,
        ),
        ([Happening.AGED_OUT], Status.AGED_OUT),
    ],
)
def test_an_application_goes_its_ways(way: list[Happening], end: Status) -> None:
    assert walked(*way) == end


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("happening", Happening)
def test_whatever_has_no_transition_is_refused(status: Status, happening: Happening) -> None:
    before, after = TRANSITIONS[happening]

    if status in before:
        assert status_after(status, happening) == after
    else:
        with pytest.raises(StatusForbids) as refused:
            status_after(status, happening)
        assert refused.value == StatusForbids(status, happening)


def test_nothing_follows_enrolment_and_age() -> None:
    ends = {Status.ENROLLED, Status.AGED_OUT}

    assert [each for each, (before, _) in TRANSITIONS.items() if before & ends] == []


def test_live_and_counted_are_those_of_the_rule_book() -> None:
    assert {
        Status.AWAITING_PLACE,
        Status.APPLIED,
        Status.REFERRED,
        Status.SUSPENDED,
    } == LIVE
    assert {Status.AWAITING_PLACE, Status.APPLIED} == COUNTED


@pytest.mark.parametrize("status", Status)
def test_a_pause_is_for_those_without_a_seat_in_hand(status: Status) -> None:
    if status in {Status.AWAITING_PLACE, Status.SUSPENDED}:
        check_pausable(status)
    else:
        with pytest.raises(CannotPause) as refused:
            check_pausable(status)
        assert refused.value == CannotPause(status)


@pytest.mark.parametrize(
    ("now", "date"),
    [
        ("2026-12-01 09:59:59", "2026-03-05 12:00"),
        ("2026-12-01 10:00:00", "2026-12-01 10:00:00"),
        ("2026-12-01 10:00:01", "2026-12-01 10:00:01"),
    ],
)
def test_the_archive_keeps_the_date_for_thirty_days(now: str, date: str) -> None:
    submitted_at, withdrawn_at = at("2026-03-05 12:00"), at("2026-11-01 10:00")

    assert submitted_at_when_restored(submitted_at, withdrawn_at, at(now)) == at(date)


@pytest.mark.parametrize(
    ("status", "may_choose", "shown"),
    [
        (Status.AWAITING_PLACE, False, Step.QUEUE),
        (Status.AWAITING_PLACE, True, Step.BULLETIN),
        (Status.APPLIED, False, Step.BULLETIN),
        (Status.REFERRED, False, Step.REFERRAL),
        (Status.SUSPENDED, False, Step.QUEUE),
        (Status.ENROLLED, False, Step.RESULT),
        (Status.WITHDRAWN, False, Step.RESULT),
        (Status.AGED_OUT, False, Step.RESULT),
    ],
)
def test_the_page_shows_four_steps(status: Status, may_choose: bool, shown: Step) -> None:
    assert step(status, may_choose=may_choose) == shown


def test_classes_count_in_their_order() -> None:
    assert list(QueueClass) == [0, 1, 2]
