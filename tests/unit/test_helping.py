"""When somebody helps, and when that is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.helping import HELPS_FOR, NAMED_FOR, PARENTS_ALONE, TOLD_TO_HELPERS, Helper
from domain.notice import Told
from domain.phone import Phone

NAMED = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)
SAID_YES = NAMED + timedelta(days=2)
SECOND = timedelta(seconds=1)
ASKED = Helper(1, 2, None, NAMED, None, None, Phone("+77015550301"))
HELPER = replace(ASKED, contact_id=3, confirmed_at=SAID_YES)


@pytest.mark.parametrize(("after", "waits"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
def test_who_was_named_can_say_yes_within_seven_days(after: timedelta, waits: bool) -> None:
    now = NAMED + NAMED_FOR + after

    assert (ASKED.waits(now), ASKED.helps(now)) == (waits, False)


@pytest.mark.parametrize(("after", "helps"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
def test_a_year_after_saying_yes_it_is_over(after: timedelta, helps: bool) -> None:
    now = SAID_YES + HELPS_FOR + after

    assert (HELPER.helps(now), HELPER.waits(now), HELPER.is_over(now)) == (helps, False, not helps)


def test_what_was_ended_is_over_at_once() -> None:
    ended, never_came = replace(HELPER, ended_at=SAID_YES), replace(ASKED, ended_at=SAID_YES)

    assert not ended.helps(SAID_YES)
    assert not never_came.waits(SAID_YES)


def test_of_every_kind_of_notice_it_is_known_whether_helpers_are_told() -> None:
    assert set(Told) == TOLD_TO_HELPERS | PARENTS_ALONE
    assert not TOLD_TO_HELPERS & PARENTS_ALONE
