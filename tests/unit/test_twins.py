"""Two seats or none."""

from dataclasses import replace
from datetime import date

import pytest

from domain.claim import ClaimKind
from domain.errors import NoTwins, OtherClaim, SeatGone
from domain.taking import Bulletin
from domain.twins import Attempt, Child, are_twins, check_twins, reasons_against_both
from tests.unit.test_taking import APPLICANT, BULLETIN, OPEN

ONE = Child(1, frozenset({10, 11}), date(2022, 5, 4))
OTHER = Child(2, frozenset({11}), date(2022, 5, 4))


def test_twins_have_a_parent_and_the_birth_date_in_common() -> None:
    assert are_twins(ONE, OTHER)
    check_twins(ONE, OTHER)


@pytest.mark.parametrize(
    "other",
    [
        ONE,
        replace(OTHER, birth_date=date(2022, 5, 5)),
        replace(OTHER, parent_ids=frozenset({12})),
    ],
)
def test_others_are_no_twins(other: Child) -> None:
    with pytest.raises(NoTwins):
        check_twins(ONE, other)


def attempt(bulletin: Bulletin) -> Attempt:
    return Attempt(APPLICANT, bulletin)


def test_two_free_seats_of_one_bulletin_are_enough() -> None:
    seats = attempt(replace(BULLETIN, free=2))

    assert reasons_against_both(seats, seats, OPEN) == ((), ())


@pytest.mark.parametrize("free", [0, 1])
def test_a_single_seat_is_none_for_twins(free: int) -> None:
    seats = attempt(replace(BULLETIN, free=free))

    assert reasons_against_both(seats, seats, OPEN) == ((SeatGone(7),), (SeatGone(7),))


def test_seats_of_two_bulletins_are_counted_apart() -> None:
    here = attempt(replace(BULLETIN, free=1))
    there = attempt(replace(BULLETIN, free=1, offer=replace(BULLETIN.offer, bulletin_id=8)))

    assert reasons_against_both(here, there, OPEN) == ((), ())


def test_each_twin_must_be_allowed_by_itself() -> None:
    seats = attempt(BULLETIN)
    busy = replace(seats, applicant=replace(APPLICANT, claim=ClaimKind.REFERRED))

    assert reasons_against_both(seats, busy, OPEN) == ((), (OtherClaim(ClaimKind.REFERRED),))
