"""Reading the log again and again: which ids were passed over, which messages are still to be heard of."""

from datetime import timedelta

import pytest

from bot.web.console.live.tail import (
    MOST_PASSED_OVER,
    PASSED_OVER_FOR,
    SETTLES_WITHIN,
    Seen,
    passed_over,
    unsettled,
)
from storage.centre.news import Line, Mark
from tests.fakes.clock import START

MICROSECOND = timedelta(microseconds=1)


def seen(message: int, **values: object) -> Seen:
    """A look that has read the log to that message."""
    return Seen(Mark(message), {}, {}, {}, **values)  # type: ignore[arg-type]


def test_the_ids_between_are_asked_for_again() -> None:
    assert list(passed_over(seen(10), [12, 15], START)) == [11, 13, 14]


def test_nothing_was_passed_over_where_all_came_in_order() -> None:
    assert passed_over(seen(10), [11, 12], START) == {}


def test_one_that_has_come_is_not_asked_for_any_more() -> None:
    before = seen(15, passed_over={11: START, 13: START})

    assert list(passed_over(before, [13], START)) == [11]


@pytest.mark.parametrize(
    ("after", "asked"),
    [(PASSED_OVER_FOR - MICROSECOND, [11]), (PASSED_OVER_FOR, []), (PASSED_OVER_FOR + MICROSECOND, [])],
)
def test_one_that_does_not_come_is_given_up(after: timedelta, asked: list[int]) -> None:
    assert list(passed_over(seen(15, passed_over={11: START}), [], START + after)) == asked


def test_no_more_are_asked_for_than_a_statement_bears() -> None:
    found = passed_over(seen(10), [1_000_000], START)

    assert len(found) == MOST_PASSED_OVER
    assert max(found) == 999_999


@pytest.mark.parametrize(
    ("state", "watched", "kept"),
    [
        ("pending", False, True),
        ("sent", False, False),
        ("sent", True, True),
        ("delivered", True, True),
        ("read", True, False),
        ("failed", True, False),
        (None, True, False),
    ],
)
def test_a_message_is_followed_until_nothing_more_can_become_of_it(
    state: str | None, watched: bool, kept: bool
) -> None:
    line = Line(1, 7, state)

    assert bool(unsettled(seen(1), [line], {7} if watched else set(), START)) is kept


@pytest.mark.parametrize(("after", "kept"), [(SETTLES_WITHIN - MICROSECOND, True), (SETTLES_WITHIN, False)])
def test_a_message_that_does_not_settle_is_let_be(after: timedelta, kept: bool) -> None:
    line = Line(1, 7, "pending")
    before = seen(1, unsettled={1: (line, START)})

    assert bool(unsettled(before, [line], set(), START + after)) is kept
