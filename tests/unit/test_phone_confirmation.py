"""What confirms a phone, and how many an application needs."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import PhonesMissing
from domain.phone import Phone
from domain.phone_confirmation import Vouching, is_vouched, refuse_missing_phones

MINE = Phone("+77015550101")
SECOND = Phone("+77015550102")
OTHER = Phone("+77015550103")
VOUCHED_AT = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)
VOUCHING = Vouching(MINE, VOUCHED_AT)
NINETY_DAYS = timedelta(days=90)
SECOND_OF_TIME = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("after", "vouched"),
    [
        (timedelta(0), True),
        (NINETY_DAYS - SECOND_OF_TIME, True),
        (NINETY_DAYS, False),
        (NINETY_DAYS + SECOND_OF_TIME, False),
    ],
)
def test_a_messengers_word_counts_for_ninety_days(after: timedelta, vouched: bool) -> None:
    assert is_vouched(MINE, VOUCHING, VOUCHED_AT + after) is vouched


def test_a_messenger_vouches_only_for_the_accounts_own_number() -> None:
    assert not is_vouched(OTHER, VOUCHING, VOUCHED_AT)


def test_without_a_messengers_word_a_code_is_needed() -> None:
    assert not is_vouched(MINE, None, VOUCHED_AT)


def test_two_confirmed_phones_are_enough() -> None:
    refuse_missing_phones([MINE, SECOND], {MINE, SECOND, OTHER}, required=2)


@pytest.mark.parametrize(
    ("named", "missing"),
    [
        ([], 2),
        ([MINE], 1),
        ([MINE, MINE], 1),
        ([MINE, OTHER], 1),
        ([OTHER], 2),
    ],
)
def test_missing_phones_are_counted(named: list[Phone], missing: int) -> None:
    with pytest.raises(PhonesMissing) as caught:
        refuse_missing_phones(named, {MINE, SECOND}, required=2)

    assert caught.value == PhonesMissing(missing)


def test_a_policy_may_ask_for_one() -> None:
    refuse_missing_phones([MINE], {MINE}, required=1)
