"""The line of a place over time: in steps, the front at the top, round marks around it."""

from datetime import date, timedelta

import pytest

from bot.papers.place_picture import drawn, in_words, page
from bot.texts import LANGUAGES, texts_in
from domain.place_curve import curve_of, known_places
from domain.place_days import DayMove

DAY = date(2026, 11, 1)
PNG = b"\x89PNG"


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def test_a_place_stays_until_it_moves_and_the_front_is_at_the_top() -> None:
    curve = curve_of([(DAY, 400), (on(5), 300)], on(10))

    assert curve.points == ((0.0, 1.0), (0.5, 1.0), (0.5, 0.0), (1.0, 0.0))


@pytest.mark.parametrize(("low", "high"), [(1, 1), (1, 2), (36, 41), (312, 395), (99, 1001), (7, 250000)])
def test_a_few_round_marks_hold_the_whole_line(low: int, high: int) -> None:
    ticks = curve_of([(DAY, high), (on(1), low)], on(1)).ticks

    assert ticks[0][0] <= low
    assert ticks[-1][0] >= high
    assert 2 <= len(ticks) <= 5


def test_what_is_not_known_while_out_of_the_queue_is_left_out() -> None:
    days = [DayMove(DAY, 36, 40, ()), DayMove(on(1), 40, None, ()), DayMove(on(2), None, 38, ())]

    assert known_places(days) == [(DAY, 36), (DAY, 40), (on(2), 38)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_drawn_and_said_in_each_language(language: str) -> None:
    t, curve = texts_in(language), curve_of([(DAY, 391), (on(5), 395), (on(9), 312)], on(20))

    assert drawn(page(t, curve, 1200300401)).startswith(PNG)
    assert all(said in in_words(t, curve) for said in ("391", "312", "395", "21.11.2026", "06.11.2026"))
