from datetime import UTC, datetime, timedelta

import pytest

from domain.codes import LIFE, REPEAT_AFTER, SentCode, check, require_repeat, require_usable
from domain.errors import CodeLapsed, CodeTooSoon, CodeWrong

SENT = datetime(2026, 11, 20, 10, tzinfo=UTC)
FRESH = SentCode(SENT, tries_left=3)
TICK = timedelta(microseconds=1)


def test_a_code_can_be_used_until_just_before_its_five_minutes_are_over() -> None:
    assert require_usable(FRESH, SENT + LIFE - TICK) == FRESH


@pytest.mark.parametrize(
    ("code", "now"),
    [
        (FRESH, SENT + LIFE),
        (FRESH, SENT + LIFE + TICK),
        (None, SENT),
        (SentCode(SENT, tries_left=0), SENT),
        (SentCode(SENT, tries_left=3, used=True), SENT),
    ],
)
def test_an_old_spent_used_or_missing_code_has_lapsed(code: SentCode | None, now: datetime) -> None:
    with pytest.raises(CodeLapsed):
        require_usable(code, now)


def test_a_wrong_code_says_how_many_tries_are_left() -> None:
    with pytest.raises(CodeWrong) as wrong:
        check(FRESH, right=False)

    assert wrong.value == CodeWrong(tries_left=2)


def test_the_last_wrong_try_ends_the_code() -> None:
    with pytest.raises(CodeLapsed):
        check(SentCode(SENT, tries_left=1), right=False)


def test_the_right_code_passes() -> None:
    check(FRESH, right=True)


def test_a_new_code_is_sent_a_minute_after_the_last_and_not_before() -> None:
    require_repeat(None, SENT)
    require_repeat(SENT, SENT + REPEAT_AFTER)

    with pytest.raises(CodeTooSoon) as too_soon:
        require_repeat(SENT, SENT + REPEAT_AFTER - TICK)

    assert too_soon.value == CodeTooSoon(again_at=SENT + REPEAT_AFTER)
