"""Which class a privilege gives, and how long its proof lasts."""

from datetime import timedelta

import pytest

from domain.application import QueueClass
from domain.errors import ObjectionTooLate
from domain.policy import Policy
from domain.policy_terms import PrivilegeRule
from domain.privilege import Privilege, PrivilegeState, claimed, effective_class
from tests.unit.instants import TICK, at

NOW = at("2026-11-20 12:00")
LATER = NOW + timedelta(days=91)


def rule(code: str) -> PrivilegeRule:
    found = Policy().privilege(code)
    assert found is not None
    return found


SERVICEMAN, LARGE_FAMILY = rule("serviceman"), rule("large_family")


def confirmed(of: PrivilegeRule) -> Privilege:
    return claimed(of, NOW).answered(confirmed=True, now=NOW)


@pytest.mark.parametrize(
    ("code", "queue_class"),
    [
        ("serviceman", QueueClass.OUT_OF_QUEUE),
        ("special_state_body", QueueClass.OUT_OF_QUEUE),
        ("state_courier", QueueClass.OUT_OF_QUEUE),
        ("large_family", QueueClass.FIRST_PRIORITY),
        ("disabled_parents", QueueClass.FIRST_PRIORITY),
        ("without_parental_care", QueueClass.FIRST_PRIORITY),
        ("orphan", QueueClass.FIRST_PRIORITY),
        ("special_needs", QueueClass.FIRST_PRIORITY),
    ],
)
def test_a_confirmed_privilege_gives_its_class(code: str, queue_class: QueueClass) -> None:
    assert confirmed(rule(code)).queue_class == queue_class


def test_until_its_document_is_checked_an_application_stands_on_a_general_basis() -> None:
    under_review = claimed(SERVICEMAN, NOW)

    assert under_review.state is PrivilegeState.UNDER_REVIEW
    assert under_review.queue_class is QueueClass.GENERAL


def test_the_best_class_counts() -> None:
    assert effective_class([]) is QueueClass.GENERAL
    assert effective_class([confirmed(LARGE_FAMILY)]) is QueueClass.FIRST_PRIORITY
    assert effective_class([confirmed(LARGE_FAMILY), confirmed(SERVICEMAN)]) is QueueClass.OUT_OF_QUEUE
    assert effective_class([confirmed(LARGE_FAMILY), claimed(SERVICEMAN, NOW)]) is QueueClass.FIRST_PRIORITY


def test_a_privilege_confirmed_again_is_fresh() -> None:
    again = confirmed(LARGE_FAMILY).answered(confirmed=True, now=LATER)

    assert again == Privilege(LARGE_FAMILY, PrivilegeState.CONFIRMED, NOW, LATER)


def test_a_privilege_not_confirmed_again_is_lost() -> None:
    lost = confirmed(LARGE_FAMILY).answered(confirmed=False, now=LATER)

    assert (lost.state, lost.queue_class) == (PrivilegeState.LOST, QueueClass.GENERAL)
    assert lost.answered(confirmed=False, now=LATER + TICK) == lost


def test_a_privilege_never_confirmed_is_refused() -> None:
    refused = claimed(SERVICEMAN, NOW).answered(confirmed=False, now=LATER)

    assert (refused.state, refused.queue_class) == (PrivilegeState.REFUSED, QueueClass.GENERAL)


def test_a_loss_can_be_objected_to_for_ten_days() -> None:
    lost = confirmed(LARGE_FAMILY).answered(confirmed=False, now=NOW)
    until = NOW + timedelta(days=10)

    lost.check_objection(until - TICK)
    with pytest.raises(ObjectionTooLate) as refused:
        lost.check_objection(until)

    assert refused.value == ObjectionTooLate(until)
    assert lost.answered(confirmed=True, now=LATER).queue_class is QueueClass.FIRST_PRIORITY


def test_only_a_loss_is_objected_to() -> None:
    with pytest.raises(ObjectionTooLate):
        confirmed(LARGE_FAMILY).check_objection(NOW)


def test_a_dropped_privilege_gives_nothing_and_stays_dropped() -> None:
    dropped = confirmed(LARGE_FAMILY).dropped(NOW)

    assert (dropped.state, dropped.queue_class) == (PrivilegeState.DROPPED, QueueClass.GENERAL)
    assert dropped.answered(confirmed=True, now=LATER) == dropped
    assert dropped.dropped(LATER) == dropped
