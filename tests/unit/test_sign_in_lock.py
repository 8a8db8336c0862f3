"""How long a login of the staff is locked after wrong passwords in a row."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.sign_in_lock import FORGOTTEN_AFTER, SignInLock

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def after(wrong: int) -> SignInLock:
    """The lock after so many at one instant."""
    lock = SignInLock()
    for _ in range(wrong):
        lock = lock.after_wrong(NOW)
    return lock


@pytest.mark.parametrize(
    ("wrong", "minutes"),
    [(1, 0), (9, 0), (10, 15), (11, 30), (12, 60), (13, 120), (14, 240), (15, 240), (5000, 240)],
)
def test_the_tenth_wrong_password_locks_and_each_further_one_for_twice_as_long(
    wrong: int, minutes: int
) -> None:
    lock = after(wrong)

    assert lock.until == (NOW + timedelta(minutes=minutes) if minutes else None)
    assert lock.wrong <= 14


@pytest.mark.parametrize(("later", "is_locked"), [(-SECOND, True), (timedelta(), False), (SECOND, False)])
def test_a_lock_is_over_at_its_very_second(later: timedelta, is_locked: bool) -> None:
    lock = after(10)

    assert lock.until is not None
    assert lock.is_locked(lock.until + later) is is_locked
    assert not SignInLock(9).is_locked(NOW)


@pytest.mark.parametrize(("later", "wrong"), [(-SECOND, 11), (timedelta(), 1)])
def test_a_day_after_a_lock_the_count_begins_anew(later: timedelta, wrong: int) -> None:
    lock = after(10)
    assert lock.until is not None

    again = lock.after_wrong(lock.until + FORGOTTEN_AFTER + later)

    assert again.wrong == wrong
