"""Ten minutes to the second."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import HoldOver
from domain.hold import Hold, HoldEnd, take
from domain.policy import Policy
from tests.unit.instants import TICK, at

TAKEN = at("2026-11-23 10:00:00")
HOLD = take(TAKEN, Policy())
UNTIL = at("2026-11-23 10:10:00")


def test_a_hold_lasts_ten_minutes() -> None:
    assert Hold(TAKEN, UNTIL) == HOLD
    assert take(TAKEN, Policy(hold=timedelta(minutes=5))).until == at("2026-11-23 10:05")


@pytest.mark.parametrize(
    ("now", "good"),
    [
        ("2026-11-23 10:00:00", True),
        ("2026-11-23 10:09:59", True),
        ("2026-11-23 10:09:59.999999", True),
        ("2026-11-23 10:10:00", False),
        ("2026-11-23 10:10:01", False),
    ],
)
def test_a_hold_is_good_before_its_end(now: str, good: bool) -> None:
    assert HOLD.is_valid(at(now)) is good


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-11-23 10:00:00", timedelta(minutes=10)),
        ("2026-11-23 10:09:59.999999", timedelta(microseconds=1)),
        ("2026-11-23 10:10:00", timedelta()),
        ("2026-11-23 11:00:00", timedelta()),
    ],
)
def test_what_is_left_of_a_hold_is_nothing_once_it_has_lapsed(now: str, left: timedelta) -> None:
    assert HOLD.left(at(now)) == left


@pytest.mark.parametrize("end", [end for end in HoldEnd if end is not HoldEnd.LAPSED])
def test_of_a_hold_that_ended_before_its_time_there_is_nothing_to_count(end: HoldEnd) -> None:
    assert HOLD.ended(end, at("2026-11-23 10:04")).left(at("2026-11-23 10:05")) is None


def test_a_hold_taken_while_allowed_outlasts_its_access() -> None:
    held = take(at("2026-11-26 06:55"), Policy())

    confirmed = held.ended(HoldEnd.CONFIRMED, at("2026-11-26 07:04:59.999999"))

    assert confirmed.end is HoldEnd.CONFIRMED
    with pytest.raises(HoldOver) as refused:
        held.ended(HoldEnd.CONFIRMED, at("2026-11-26 07:05"))
    assert refused.value == HoldOver(HoldEnd.LAPSED, at("2026-11-26 07:05"))


@pytest.mark.parametrize("end", [end for end in HoldEnd if end is not HoldEnd.LAPSED])
def test_an_ended_hold_is_over_and_cannot_end_again(end: HoldEnd) -> None:
    now = UNTIL - TICK

    ended = HOLD.ended(end, now)

    assert ended.over(now) == (end, now)
    with pytest.raises(HoldOver) as refused:
        ended.ended(HoldEnd.CONFIRMED, now)
    assert refused.value == HoldOver(end, now)


@given(st.timedeltas(timedelta(), timedelta(minutes=30)))
def test_at_every_instant_a_hold_is_either_good_or_lapsed(offset: timedelta) -> None:
    now = TAKEN + offset

    lapsed = HOLD.over(now) == (HoldEnd.LAPSED, UNTIL)

    assert HOLD.is_valid(now) is not lapsed
    assert lapsed is (offset >= timedelta(minutes=10))
