"""What an erasure does to applications, and how long the rest is kept."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.application import LIVE, Status
from domain.claim import Claim, ClaimKind
from domain.erasing import Concerned, Consequences, consequences, kept_until
from domain.errors import SeatInHand
from tests.unit.instants import at

NOW = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def concerned(status: Status = Status.AWAITING_PLACE, *claims: Claim, shared: bool = False) -> Concerned:
    return Concerned(1, status, shared, claims)


@pytest.mark.parametrize("status", [Status.AWAITING_PLACE, Status.SUSPENDED])
def test_an_application_that_nobody_else_cares_for_is_withdrawn(status: Status) -> None:
    assert consequences([concerned(status)], NOW) == Consequences(withdrawn=(1,), staying=())


@pytest.mark.parametrize("status", sorted(LIVE))
def test_with_another_parent_it_stays_whatever_is_in_hand(status: Status) -> None:
    held = Claim(ClaimKind.HELD, NOW + SECOND)

    assert consequences([concerned(status, held, shared=True)], NOW) == Consequences((), staying=(1,))


@pytest.mark.parametrize("status", sorted(set(Status) - LIVE))
def test_nothing_becomes_of_what_has_ended(status: Status) -> None:
    assert consequences([concerned(status)], NOW) == Consequences((), ())


@pytest.mark.parametrize("status", [Status.APPLIED, Status.REFERRED])
def test_a_confirmed_seat_has_to_be_given_up_or_used_before(status: Status) -> None:
    with pytest.raises(SeatInHand) as refused:
        consequences([concerned(status)], NOW)

    assert refused.value == SeatInHand(1)


@pytest.mark.parametrize(
    ("held_until", "in_hand"), [(NOW + SECOND, True), (NOW, False), (NOW - SECOND, False)]
)
def test_a_hold_stands_in_the_way_until_its_very_end(held_until: datetime, in_hand: bool) -> None:
    application = concerned(Status.AWAITING_PLACE, Claim(ClaimKind.HELD, held_until))

    try:
        consequences([application], NOW)
    except SeatInHand:
        refused = True
    else:
        refused = False

    assert refused == in_hand


def test_each_application_is_looked_at_by_itself() -> None:
    mine = Concerned(1, Status.AWAITING_PLACE, shared=False)
    ours = Concerned(2, Status.REFERRED, shared=True)
    past = Concerned(3, Status.ENROLLED, shared=False)

    assert consequences([mine, ours, past], NOW) == Consequences((1,), (2,))


@pytest.mark.parametrize(
    ("ended", "until"),
    [
        ("2026-11-20 16:20", "2029-11-21 00:00"),
        ("2026-11-20 00:00", "2029-11-21 00:00"),
        ("2026-11-20 23:59", "2029-11-21 00:00"),
        ("2028-02-29 12:00", "2031-03-02 00:00"),
    ],
)
def test_what_has_to_stay_stays_three_years_to_the_end_of_the_day(ended: str, until: str) -> None:
    assert kept_until(at(ended)) == at(until)
