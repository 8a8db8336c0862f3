"""Rounds: their hour, the days they are made for, and whose day it is."""

from datetime import date, timedelta

import pytest

from domain.local_time import instant_at
from domain.rounds import A_WEEK, BEGINS, Days, Round, begins_after, latest_day

DAY = date(2026, 11, 20)
ONE = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("which", Round)
def test_a_day_has_come_at_its_hour_and_not_a_second_before(which: Round) -> None:
    begins = instant_at(DAY, BEGINS[which])

    assert latest_day(which, begins) == DAY
    assert latest_day(which, begins - SECOND) == DAY - ONE
    assert begins_after(which, DAY - ONE) == begins


def test_each_share_has_one_day_in_any_seven() -> None:
    shares = [Days(DAY + n * ONE, DAY + (n + 1) * ONE).shares(A_WEEK) for n in range(A_WEEK)]

    assert sorted(share for each in shares for share in each) == list(range(A_WEEK))


def test_the_days_that_were_missed_are_made_up_for_together() -> None:
    missed = Days(DAY, DAY + 3 * ONE).shares(A_WEEK)

    one_by_one = [Days(DAY + n * ONE, DAY + (n + 1) * ONE).shares(A_WEEK) for n in range(3)]
    assert missed == sorted(share for each in one_by_one for share in each)


def test_nobody_has_two_days_in_a_round_however_long_it_was_missed() -> None:
    assert Days(DAY, DAY + 30 * ONE).shares(A_WEEK) == list(range(A_WEEK))
