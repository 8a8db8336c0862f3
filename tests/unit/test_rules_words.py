"""The rules of a territory in words: each choice of a policy is said, and what is usual nowhere is not."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.flows.rules_words import in_words
from bot.texts import texts_in
from domain.application import QueueClass
from domain.policy import Policy
from domain.policy_terms import (
    ContactCentre,
    DayUnit,
    Opens,
    PriorityPeriod,
    PrivilegeRule,
    Proof,
    PublishOn,
    ReferralMode,
)
from domain.publication_pause import DatedPause, MonthDay, YearlyPause

T = texts_in("en")
USUAL = Policy()
TODAY = date(2026, 11, 20)


def said(**changed: Any) -> list[str]:
    """The lines that are not said of the usual rules."""
    usual = in_words(T, USUAL, TODAY)
    return [line for line in in_words(T, replace(USUAL, **changed), TODAY) if line not in usual]


def test_the_usual_rules_are_said_in_the_order_in_which_a_family_meets_them() -> None:
    lines = in_words(T, USUAL, TODAY)

    assert [line for line in lines if line and not line.startswith("•")] == [
        "The queue", "Free seats", "The referral", "Privileges",
    ]  # fmt: skip
    assert len([line for line in lines if "by a document" in line]) == 3
    assert len([line for line in lines if "by the state register" in line]) == 5
    assert "• No lists are published: 01.08–31.08 of every year" in lines


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        (
            {"age_limit_years": 7},
            "• A child can join while younger than 7, and leaves on 1 September of the year of turning 7.",
        ),
        ({"carry_pattern": True}, "• That turn goes on where it stopped."),
        ({"languages": ("kk", "ru", "uz")}, "• Languages of instruction: Kazakh, Russian, Uzbek"),
        ({"confirmed_phones": 1}, "• An application names 1 confirmed phone."),
        ({"publish_at": time(17, 30)}, "• Lists are published on working days at 17:30."),
        ({"publish_on": PublishOn.EVERY_DAY}, "• Lists are published every day at 18:00."),
        ({"opens_at": time(9)}, "• A list opens on the next working day at 09:00."),
        ({"opens": Opens.AT_PUBLICATION}, "• A list opens as soon as it is published."),
        (
            {"priority": PriorityPeriod(1, DayUnit.WORKING_DAYS)},
            "• For 1 working day it is open to the first of the queue, then to everyone.",
        ),
        (
            {"priority": PriorityPeriod(1, DayUnit.CALENDAR_DAYS)},
            "• For 1 day of 24 hours it is open to the first of the queue, then to everyone.",
        ),
        ({"hold": timedelta(minutes=5)}, "• A chosen seat is held for 5 minutes."),
        (
            {"silent_periods": 0},
            "• If you don't choose a seat, you keep your place and date, however often this happens.",
        ),
        (
            {"silent_periods": 1},
            "• If 1 chance in a row passes without an answer, we ask you; without a reply the application is "
            "paused, and place and date are kept.",
        ),
        (
            {"referral_mode": ReferralMode.ACTIVATED},
            "• You confirm a seat; the kindergarten issues the referral within 2 working days.",
        ),
        ({"referral_working_days": 3}, "• It is valid for 3 working days after the day of issue."),
        ({"extensions": 0}, "• It can't be extended."),
        ({"extensions": 2}, "• It can be extended with documents by up to 30 days, 2 times."),
        (
            {"suspension_working_days": 1},
            "• If it is not used, the application is on the stop-list for 1 working day.",
        ),
        ({"suspension_working_days": 0}, "• If it is not used, the application waits again at once."),
        ({"privileges": ()}, "• There are none here."),
        (
            {"pauses": (DatedPause(date(2026, 12, 28), date(2027, 1, 8)),)},
            "• No lists are published: 28.12.2026–08.01.2027",
        ),
        (
            {"pauses": (YearlyPause(MonthDay(12, 28), MonthDay(1, 8)),)},
            "• No lists are published: 28.12–08.01 of every year",
        ),
        ({"days_off": frozenset({TODAY})}, "• Days off besides the holidays: 20.11.2026"),
        (
            {"working_days": frozenset({date(2026, 11, 28), date(2026, 11, 21)})},
            "• Working days besides the usual ones: 21.11.2026, 28.11.2026",
        ),
        ({"contact_centre": ContactCentre(phone="+77253300300")}, "Phone: +77253300300"),
    ],
)
def test_another_choice_is_said(changed: dict[str, Any], line: str) -> None:
    assert line in said(**changed)


def test_extra_days_that_are_over_are_not_said() -> None:
    assert said(days_off=frozenset({TODAY - timedelta(1)})) == []


def test_a_privilege_of_the_territory_s_own_is_said_by_its_code() -> None:
    own = PrivilegeRule("miners", QueueClass.FIRST_PRIORITY, Proof.DOCUMENT)

    assert said(privileges=(*USUAL.privileges, own)) == ["• miners: first priority, by a document"]
