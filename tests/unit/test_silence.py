"""Two access periods without an answer."""

import pytest

from domain.policy import Policy
from domain.silence import must_ask, pause_at, silent_periods
from tests.unit.instants import at


@pytest.mark.parametrize(
    ("newest_first", "silent"),
    [([], 0), ([True], 0), ([False], 1), ([False, False], 2), ([False, True, False], 1)],
)
def test_silence_is_counted_back_to_the_last_answer(newest_first: list[bool], silent: int) -> None:
    assert silent_periods(newest_first) == silent


@pytest.mark.parametrize(("silent", "ask"), [(0, False), (1, False), (2, True), (3, True)])
def test_after_two_silent_periods_the_parent_is_asked(silent: int, ask: bool) -> None:
    assert must_ask(silent, Policy()) is ask


def test_a_policy_can_ask_never() -> None:
    assert must_ask(99, Policy(silent_periods=0)) is False


def test_the_question_waits_as_long_as_an_access_period() -> None:
    assert pause_at(at("2026-11-26 07:00"), Policy()) == at("2026-12-01 07:00")
