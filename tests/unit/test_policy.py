"""The rules of a territory, and which of them are in force."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.application import QueueClass
from domain.errors import NoPolicyInForce, PolicyFault, PolicyInvalid
from domain.local_time import start_of
from domain.policy import DatedPolicy, Policy, PolicyHistory
from domain.policy_terms import (
    NO_CONTACT_CENTRE,
    DayUnit,
    Opens,
    PriorityPeriod,
    PrivilegeRule,
    Proof,
    PublishOn,
    ReferralMode,
)
from domain.publication_pause import AUGUST, DatedPause, MonthDay, YearlyPause

FIRST = Policy()
SECOND = replace(FIRST, priority=PriorityPeriod(1, DayUnit.CALENDAR_DAYS))
SINCE_2019 = DatedPolicy(date(2019, 10, 9), SECOND)
START_OF_2014 = datetime(2014, 1, 1, tzinfo=UTC)
HISTORY = PolicyHistory((SINCE_2019, DatedPolicy(date(2018, 1, 1), FIRST)))


def test_defaults_are_those_of_the_rule_book() -> None:
    policy = Policy()

    assert (policy.publish_at, policy.publish_on) == (time(18), PublishOn.WORKING_DAYS)
    assert (policy.opens, policy.opens_at) == (Opens.NEXT_WORKING_DAY, time(7))
    assert policy.priority == PriorityPeriod(3, DayUnit.WORKING_DAYS)
    assert policy.hold == timedelta(minutes=10)
    assert policy.referral_mode is ReferralMode.INSTANT
    assert (policy.activation_working_days, policy.referral_working_days) == (2, 5)
    assert (policy.extension_days, policy.extensions) == (30, 1)
    assert (policy.suspension_working_days, policy.age_limit_years) == (10, 6)
    assert (policy.confirmed_phones, policy.silent_periods) == (2, 2)
    assert policy.carry_pattern is False
    assert policy.languages == ("kk", "ru")
    assert policy.pauses == (AUGUST,)
    assert policy.contact_centre == NO_CONTACT_CENTRE


def test_privileges_give_the_classes_and_proofs_of_the_documents() -> None:
    assert [(rule.code, rule.queue_class, rule.proof) for rule in Policy().privileges] == [
        ("serviceman", QueueClass.OUT_OF_QUEUE, Proof.DOCUMENT),
        ("special_state_body", QueueClass.OUT_OF_QUEUE, Proof.DOCUMENT),
        ("state_courier", QueueClass.OUT_OF_QUEUE, Proof.DOCUMENT),
        ("large_family", QueueClass.FIRST_PRIORITY, Proof.REGISTER),
        ("disabled_parents", QueueClass.FIRST_PRIORITY, Proof.REGISTER),
        ("without_parental_care", QueueClass.FIRST_PRIORITY, Proof.REGISTER),
        ("orphan", QueueClass.FIRST_PRIORITY, Proof.REGISTER),
        ("special_needs", QueueClass.FIRST_PRIORITY, Proof.REGISTER),
    ]


def test_a_privilege_is_found_by_its_code() -> None:
    rule = Policy().privilege("orphan")

    assert rule == PrivilegeRule("orphan", QueueClass.FIRST_PRIORITY, Proof.REGISTER)
    assert Policy().privilege("unheard_of") is None


def test_the_calendar_knows_the_territorys_own_days() -> None:
    policy = Policy(days_off=frozenset({date(2026, 11, 23)}), working_days=frozenset({date(2026, 11, 21)}))

    assert policy.calendar().is_working(date(2026, 11, 23)) is False
    assert policy.calendar().is_working(date(2026, 11, 21)) is True


def test_any_pause_of_publication_counts() -> None:
    policy = Policy(pauses=(AUGUST, DatedPause(date(2026, 3, 16), date(2026, 4, 10))))

    assert policy.is_paused(date(2026, 8, 1))
    assert policy.is_paused(date(2026, 3, 16))
    assert not policy.is_paused(date(2026, 11, 20))


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"hold": timedelta(seconds=59)}, "hold", PolicyFault.OUT_OF_RANGE),
        ({"hold": timedelta(days=1, seconds=1)}, "hold", PolicyFault.OUT_OF_RANGE),
        ({"confirmed_phones": 0}, "confirmed_phones", PolicyFault.OUT_OF_RANGE),
        ({"confirmed_phones": 3}, "confirmed_phones", PolicyFault.OUT_OF_RANGE),
        ({"silent_periods": -1}, "silent_periods", PolicyFault.OUT_OF_RANGE),
        ({"referral_working_days": 0}, "referral_working_days", PolicyFault.OUT_OF_RANGE),
        ({"publish_at": time(18, tzinfo=UTC)}, "publish_at", PolicyFault.WRONG_TYPE),
        ({"languages": ()}, "languages", PolicyFault.MISSING),
        ({"languages": ("kk", "kk")}, "languages", PolicyFault.DUPLICATE),
        ({"languages": ("kk", "РУ")}, "languages[1]", PolicyFault.OUT_OF_RANGE),
        (
            {"priority": PriorityPeriod(0, DayUnit.WORKING_DAYS)},
            "priority.days",
            PolicyFault.OUT_OF_RANGE,
        ),
        (
            {"privileges": (PrivilegeRule("orphan", QueueClass.GENERAL, Proof.REGISTER),)},
            "privileges[0].queue_class",
            PolicyFault.NOT_A_CHOICE,
        ),
        (
            {"privileges": Policy().privileges + Policy().privileges[:1]},
            "privileges",
            PolicyFault.DUPLICATE,
        ),
        (
            {
                "days_off": frozenset({date(2026, 11, 23)}),
                "working_days": frozenset({date(2026, 11, 23)}),
            },
            "working_days",
            PolicyFault.CONTRADICTION,
        ),
        (
            {"pauses": (YearlyPause(MonthDay(1, 15), MonthDay(12, 31)),)},
            "pauses",
            PolicyFault.CONTRADICTION,
        ),
    ],
)
def test_a_wrong_field_is_named_with_its_fault(
    change: dict[str, Any], field: str, fault: PolicyFault
) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        Policy(**change)

    assert caught.value == PolicyInvalid(field, fault)


@pytest.mark.parametrize(
    "change",
    [
        {"hold": timedelta(minutes=1)},
        {"hold": timedelta(days=1)},
        {"confirmed_phones": 1},
        {"silent_periods": 0},
        {"suspension_working_days": 0},
        {"privileges": ()},
        {"pauses": ()},
    ],
)
def test_the_ends_of_what_is_allowed_are_allowed(change: dict[str, Any]) -> None:
    assert Policy(**change) != Policy()


@pytest.mark.parametrize(
    ("instant", "policy"),
    [
        (start_of(date(2018, 1, 1)), FIRST),
        (start_of(date(2019, 10, 9)) - timedelta(seconds=1), FIRST),
        (start_of(date(2019, 10, 9)), SECOND),
        (start_of(date(2019, 10, 9)) + timedelta(seconds=1), SECOND),
        (datetime(2026, 11, 20, 13, tzinfo=UTC), SECOND),
    ],
)
def test_the_newest_policy_counts_from_midnight_of_its_day(instant: datetime, policy: Policy) -> None:
    assert HISTORY.in_force(instant) == policy


def test_it_is_told_since_when_a_policy_counts() -> None:
    assert HISTORY.dated(start_of(date(2026, 1, 1))) == SINCE_2019


def test_before_the_first_policy_there_is_none() -> None:
    instant = start_of(date(2018, 1, 1)) - timedelta(seconds=1)

    with pytest.raises(NoPolicyInForce) as caught:
        HISTORY.in_force(instant)

    assert caught.value == NoPolicyInForce(instant)


def test_two_policies_of_one_day_are_refused() -> None:
    with pytest.raises(PolicyInvalid) as caught:
        PolicyHistory((SINCE_2019, SINCE_2019))

    assert caught.value == PolicyInvalid("since", PolicyFault.DUPLICATE)


@given(
    st.sets(st.dates(date(2015, 1, 1), date(2030, 1, 1)), min_size=1, max_size=6),
    st.integers(0, 17 * 366 * 24).map(lambda hours: START_OF_2014 + timedelta(hours=hours)),
)
def test_in_force_is_the_newest_that_has_begun(days: set[date], instant: datetime) -> None:
    entries = tuple(DatedPolicy(day, Policy(hold=timedelta(minutes=5))) for day in days)
    begun = [day for day in days if start_of(day) <= instant]

    try:
        since = PolicyHistory(entries).dated(instant).since
    except NoPolicyInForce:
        assert begun == []
        return

    assert since == max(begun)
