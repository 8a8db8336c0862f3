from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import TooManyTries
from domain.tries import (
    CHECKS_PER_CONTACT,
    PARENTS_PER_ADDRESS,
    PARENTS_PER_CONTACT,
    PARENTS_PER_PHONE,
    TryLimit,
    require_try,
    tries_left,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TWO_AN_HOUR = TryLimit(2, timedelta(hours=1))


def test_a_try_is_let_through_while_fewer_than_the_limit_count() -> None:
    require_try(TWO_AN_HOUR, [NOON - timedelta(minutes=1)], NOON)


def test_one_more_than_the_limit_is_refused_until_the_oldest_stops_counting() -> None:
    tried = [NOON - timedelta(minutes=50), NOON - timedelta(minutes=10)]

    with pytest.raises(TooManyTries) as refused:
        require_try(TWO_AN_HOUR, tried, NOON)

    assert refused.value == TooManyTries(again_at=NOON + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("after_the_first", "passes"),
    [
        (timedelta(minutes=59, seconds=59), False),
        (timedelta(hours=1), True),
        (timedelta(hours=1, seconds=1), True),
    ],
)
def test_a_try_counts_until_just_before_its_hour_is_over(after_the_first: timedelta, passes: bool) -> None:
    tried = [NOON, NOON + timedelta(seconds=30)]

    try:
        require_try(TWO_AN_HOUR, tried, NOON + after_the_first)
    except TooManyTries:
        let_through = False
    else:
        let_through = True

    assert let_through is passes


def test_the_refusal_names_the_instant_at_which_the_next_try_passes() -> None:
    tried = [NOON + timedelta(minutes=minute) for minute in range(7)]
    now = NOON + timedelta(minutes=10)

    with pytest.raises(TooManyTries) as refused:
        require_try(CHECKS_PER_CONTACT, tried, now)

    require_try(CHECKS_PER_CONTACT, tried, refused.value.again_at)
    with pytest.raises(TooManyTries):
        require_try(CHECKS_PER_CONTACT, tried, refused.value.again_at - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("since", "left"),
    [(timedelta(minutes=59, seconds=59), 1), (timedelta(hours=1), 2), (timedelta(hours=1, seconds=1), 2)],
)
def test_a_try_is_off_the_count_after_the_span(since: timedelta, left: int) -> None:
    assert tries_left(TWO_AN_HOUR, [NOON - since], NOON) == left


def test_never_fewer_than_no_tries_are_left() -> None:
    assert tries_left(TWO_AN_HOUR, [NOON] * 3, NOON) == 0


@pytest.mark.parametrize(
    ("limit", "most"), [(PARENTS_PER_CONTACT, 5), (PARENTS_PER_PHONE, 5), (PARENTS_PER_ADDRESS, 20)]
)
def test_the_register_is_asked_about_so_many_parents_a_day(limit: TryLimit, most: int) -> None:
    tried = [NOON] * most

    require_try(limit, tried[1:], NOON)
    with pytest.raises(TooManyTries) as refused:
        require_try(limit, tried, NOON + timedelta(hours=24, seconds=-1))
    assert refused.value.again_at == NOON + timedelta(hours=24)
    require_try(limit, tried, NOON + timedelta(hours=24))
