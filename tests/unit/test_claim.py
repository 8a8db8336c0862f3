"""One live claim per child, and no hold prolonged by taking it again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claim import Claim, ClaimKind, barred_until
from domain.hold import HoldEnd, take
from domain.policy import Policy
from tests.unit.instants import TICK, at

TAKEN = at("2026-11-23 10:00")
HOLD = take(TAKEN, Policy())
MINUTE = timedelta(minutes=1)


def test_a_claim_is_live_before_its_end_and_what_has_no_end_always() -> None:
    held = Claim(ClaimKind.HELD, HOLD.until)

    assert held.is_live(HOLD.until - TICK)
    assert not held.is_live(HOLD.until)
    assert not Claim(ClaimKind.HELD, HOLD.until, ended_at=TAKEN).is_live(TAKEN)
    assert Claim(ClaimKind.APPLIED).is_live(TAKEN + 9999 * MINUTE)


@pytest.mark.parametrize(
    ("after", "barred"),
    [
        (10 * MINUTE - TICK, False),
        (10 * MINUTE, True),
        (20 * MINUTE - TICK, True),
        (20 * MINUTE, False),
    ],
)
def test_a_lapsed_hold_bars_its_bulletin_for_ten_minutes(after: timedelta, barred: bool) -> None:
    until = barred_until([HOLD], TAKEN + after)

    assert until == (TAKEN + 20 * MINUTE if barred else None)


@pytest.mark.parametrize("end", [HoldEnd.LET_GO, HoldEnd.WITHDRAWN])
def test_a_hold_that_its_parent_ended_bars_from_that_instant(end: HoldEnd) -> None:
    gone = HOLD.ended(end, TAKEN + MINUTE)

    assert barred_until([gone], TAKEN + MINUTE) == TAKEN + 11 * MINUTE
    assert barred_until([gone], TAKEN + 11 * MINUTE) is None


@pytest.mark.parametrize("end", [HoldEnd.CONFIRMED, HoldEnd.SUSPENDED, HoldEnd.AGED_OUT, HoldEnd.RECALLED])
def test_a_hold_that_ended_otherwise_bars_nothing(end: HoldEnd) -> None:
    assert barred_until([HOLD.ended(end, TAKEN)], TAKEN) is None


def test_the_latest_bar_counts() -> None:
    gone = HOLD.ended(HoldEnd.LET_GO, TAKEN + MINUTE)
    later = take(TAKEN + 30 * MINUTE, Policy())

    assert barred_until([gone, later], TAKEN + 41 * MINUTE) == TAKEN + 50 * MINUTE


@given(st.timedeltas(timedelta(), timedelta(hours=1)))
def test_at_every_instant_a_hold_is_good_or_bars_or_is_forgotten(offset: timedelta) -> None:
    now = TAKEN + offset

    states = [
        HOLD.is_valid(now),
        barred_until([HOLD], now) is not None,
        now >= HOLD.until + 10 * MINUTE,
    ]

    assert states.count(True) == 1
