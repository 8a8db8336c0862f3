"""The kindergarten answers; after two working days the department may."""

import pytest

from domain.activation import Decider, activate_by, check_decider
from domain.errors import ActivationRefused
from domain.policy import Policy
from tests.unit.instants import TICK, at


@pytest.mark.parametrize(
    ("sent_at", "due_at"),
    [
        ("2026-11-23 10:00", "2026-11-26 00:00"),
        ("2026-11-20 23:59:59", "2026-11-25 00:00"),
        ("2026-11-21 10:00", "2026-11-25 00:00"),
        ("2026-12-15 10:00", "2026-12-19 00:00"),
    ],
)
def test_staff_have_two_working_days(sent_at: str, due_at: str) -> None:
    assert activate_by(at(sent_at), Policy()) == at(due_at)


def test_the_department_may_answer_when_they_have_passed() -> None:
    due_at = at("2026-11-26 00:00")

    check_decider(Decider.DEPARTMENT, due_at, due_at)
    with pytest.raises(ActivationRefused) as refused:
        check_decider(Decider.DEPARTMENT, due_at, due_at - TICK)

    assert refused.value == ActivationRefused(due_at)


def test_the_kindergarten_may_answer_at_any_time() -> None:
    due_at = at("2026-11-26 00:00")

    for now in (due_at - TICK, due_at, due_at + TICK):
        check_decider(Decider.KINDERGARTEN, due_at, now)
