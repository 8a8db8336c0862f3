"""Policies as plain data."""

import json
import tomllib
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.application import QueueClass
from domain.errors import PolicyFault, PolicyInvalid
from domain.policy import Policy
from domain.policy_data import from_data, to_data
from domain.policy_terms import (
    ContactCentre,
    ContactHours,
    DayUnit,
    Opens,
    PriorityPeriod,
    PrivilegeRule,
    Proof,
    PublishOn,
    ReferralMode,
)
from domain.publication_pause import AUGUST, DatedPause, MonthDay, YearlyPause

DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
POLICIES = st.builds(
    Policy,
    publish_at=st.times(),
    publish_on=st.sampled_from(PublishOn),
    opens=st.sampled_from(Opens),
    priority=st.builds(PriorityPeriod, st.integers(1, 60), st.sampled_from(DayUnit)),
    hold=st.integers(60, 86_400).map(lambda seconds: timedelta(seconds=seconds)),
    referral_mode=st.sampled_from(ReferralMode),
    carry_pattern=st.booleans(),
    silent_periods=st.integers(0, 100),
    languages=st.sampled_from([("kk",), ("ru", "kk"), ("kk", "ru", "uz")]),
    privileges=st.sampled_from([(), (PrivilegeRule("orphan", QueueClass.OUT_OF_QUEUE, Proof.DOCUMENT),)]),
    pauses=st.sampled_from(
        [
            (),
            (AUGUST, DatedPause(date(2026, 3, 16), date(2026, 4, 10))),
            (YearlyPause(MonthDay(2, 29), MonthDay(3, 1)),),
        ]
    ),
    days_off=st.frozensets(DAYS, max_size=3),
    contact_centre=st.builds(
        ContactCentre,
        phone=st.none() | st.just("+77015550101"),
        hours=st.none() | st.builds(ContactHours, st.sampled_from(PublishOn), st.times(), st.times()),
        pages=st.sampled_from([(), ("https://example.kz/",)]),
    ),
)


def test_nothing_said_is_the_default() -> None:
    assert from_data({}) == Policy()


def test_every_field_is_written() -> None:
    written = set(to_data(Policy()))

    assert written == {*Policy.__dataclass_fields__, "hold_seconds"} - {"hold"}


@given(POLICIES)
def test_what_is_written_reads_back_through_json(policy: Policy) -> None:
    assert from_data(json.loads(json.dumps(to_data(policy)))) == policy


def test_a_file_may_use_the_dates_and_times_of_toml() -> None:
    data = tomllib.loads(
        """
        publish_at = 17:30:00
        publish_on = "every_day"
        hold_seconds = 900
        days_off = [2026-11-23]
        working_days = ["2026-11-21"]
        priority = { days = 1, unit = "calendar_days" }
        languages = ["kk", "ru", "uz"]
        pauses = [{ first = "08-01", last = "08-31" }, { first = 2026-03-16, last = 2026-04-10 }]

        [[privileges]]
        code = "orphan"
        queue_class = "out_of_queue"
        proof = "document"

        [contact_centre]
        phone = "+77015550101"
        hours = { on = "working_days", since = 09:00:00, until = "18:30" }
        """
    )

    assert from_data(data) == Policy(
        publish_at=time(17, 30),
        publish_on=PublishOn.EVERY_DAY,
        hold=timedelta(minutes=15),
        days_off=frozenset({date(2026, 11, 23)}),
        working_days=frozenset({date(2026, 11, 21)}),
        priority=PriorityPeriod(1, DayUnit.CALENDAR_DAYS),
        languages=("kk", "ru", "uz"),
        pauses=(AUGUST, DatedPause(date(2026, 3, 16), date(2026, 4, 10))),
        privileges=(PrivilegeRule("orphan", QueueClass.OUT_OF_QUEUE, Proof.DOCUMENT),),
        contact_centre=ContactCentre(
            phone="+77015550101",
            hours=ContactHours(PublishOn.WORKING_DAYS, time(9), time(18, 30)),
        ),
    )


@pytest.mark.parametrize(
    ("data", "field", "fault"),
    [
        ({"hold": 600}, "hold", PolicyFault.UNKNOWN_FIELD),
        ({"hold_seconds": "600"}, "hold_seconds", PolicyFault.WRONG_TYPE),
        ({"hold_seconds": 59}, "hold_seconds", PolicyFault.OUT_OF_RANGE),
        ({"hold_seconds": 10**30}, "hold_seconds", PolicyFault.OUT_OF_RANGE),
        ({"silent_periods": True}, "silent_periods", PolicyFault.WRONG_TYPE),
        ({"carry_pattern": 1}, "carry_pattern", PolicyFault.WRONG_TYPE),
        ({"publish_at": "25:00"}, "publish_at", PolicyFault.OUT_OF_RANGE),
        ({"publish_at": "18:00+05:00"}, "publish_at", PolicyFault.WRONG_TYPE),
        ({"publish_at": 18}, "publish_at", PolicyFault.WRONG_TYPE),
        ({"publish_on": "sundays"}, "publish_on", PolicyFault.NOT_A_CHOICE),
        ({"languages": "kk"}, "languages", PolicyFault.WRONG_TYPE),
        ({"languages": ["kk", ""]}, "languages[1]", PolicyFault.WRONG_TYPE),
        ({"days_off": ["2026-02-30"]}, "days_off[0]", PolicyFault.OUT_OF_RANGE),
        ({"priority": {"days": 3}}, "priority.unit", PolicyFault.MISSING),
        ({"priority": 3}, "priority", PolicyFault.WRONG_TYPE),
        (
            {"privileges": [{"code": "orphan", "queue_class": "general", "proof": "register"}]},
            "privileges[0].queue_class",
            PolicyFault.NOT_A_CHOICE,
        ),
        (
            {"privileges": [{"code": "orphan", "queue_class": "second", "proof": "register"}]},
            "privileges[0].queue_class",
            PolicyFault.NOT_A_CHOICE,
        ),
        (
            {"privileges": [{"code": "orphan", "queue_class": "general"}]},
            "privileges[0].proof",
            PolicyFault.MISSING,
        ),
        ({"pauses": [{"first": "02-30", "last": "03-01"}]}, "pauses[0]", PolicyFault.OUT_OF_RANGE),
        (
            {"pauses": [{"first": "08-01", "last": "2026-08-31"}]},
            "pauses[0].first",
            PolicyFault.OUT_OF_RANGE,
        ),
        ({"contact_centre": {"fax": "1"}}, "contact_centre.fax", PolicyFault.UNKNOWN_FIELD),
    ],
)
def test_a_wrong_value_is_named_by_its_path(data: dict[str, Any], field: str, fault: PolicyFault) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        from_data(data)

    assert caught.value == PolicyInvalid(field, fault)
