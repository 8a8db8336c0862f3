"""Why this age group: the cases of the guide's table, told with their dates [001]."""

from datetime import date

import pytest

from bot.flows.mine.age_group import explanation
from bot.texts import Texts

T = Texts("en")
AUTUMN = T(
    "Who was born from 1 September to 31 December is counted together with those born before "
    "1 September of the same year."
)


def group(from_age: int) -> str:
    return T("Age group: {from_age}–{to_age} years", from_age=from_age, to_age=from_age + 1)


@pytest.mark.parametrize(
    ("today", "born", "from_age"),
    [
        (date(2026, 4, 25), date(2023, 2, 1), 2),
        (date(2026, 6, 10), date(2023, 2, 1), 3),
        (date(2026, 5, 26), date(2023, 8, 30), 3),
        (date(2026, 5, 26), date(2023, 10, 15), 3),
        (date(2026, 5, 25), date(2023, 10, 15), 2),
        (date(2026, 8, 31), date(2023, 2, 1), 3),
        (date(2026, 9, 1), date(2023, 2, 1), 3),
    ],
)
def test_the_cases_of_the_table(today: date, born: date, from_age: int) -> None:
    told = explanation(T, born, today)

    assert told.startswith(group(from_age))
    assert (AUTUMN in told) == (born.month >= 9)


def test_while_a_school_year_runs_its_own_september_is_told_and_the_next_26_may() -> None:
    told = explanation(T, date(2023, 2, 1), date(2026, 4, 25))

    assert "25.04.2026" in told
    assert "01.09.2025" in told
    assert "2025 − 2023 = 2" in told
    assert "26.05.2026" in told
    assert "3–4" in told
    assert "01.09.2026" in told


def test_between_two_school_years_the_coming_one_is_told() -> None:
    told = explanation(T, date(2023, 2, 1), date(2026, 6, 10))

    assert "2026 − 2023 = 3" in told
    assert "26.05.2027" in told
    assert "4–5" in told


def test_until_when_the_child_can_be_in_the_queue_is_told() -> None:
    told = explanation(T, date(2023, 12, 31), date(2026, 11, 20))

    assert "31.08.2029" in told
    assert "01.09.2029" in told


def test_a_newborn_has_no_group_yet_but_learns_when_there_is_one() -> None:
    told = explanation(T, date(2026, 3, 1), date(2026, 11, 20))

    assert told.startswith(T("There is no group for this age yet."))
    assert "1–2" in told


def test_in_the_last_summer_there_is_no_group_before_school() -> None:
    told = explanation(T, date(2023, 2, 1), date(2029, 6, 1))

    assert told.startswith(T("For this age there is no kindergarten group any more: school comes next."))
    assert "26.05.2030" not in told


def test_another_age_limit_of_the_territory_ends_the_queue_earlier() -> None:
    assert "01.09.2028" in explanation(T, date(2023, 2, 1), date(2026, 11, 20), limit_years=5)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_dates_are_the_same_in_every_language(language: str) -> None:
    told = explanation(Texts(language), date(2023, 10, 15), date(2026, 5, 26))

    assert all(each in told for each in ("15.10.2023", "26.05.2026", "2026 − 2023 = 3", "01.09.2029"))
