"""Which IIN is a parent's and which a child's, and what names tell (ours)."""

from datetime import date

import pytest

from domain.applicants import require_child, require_parent, sex_in_name, split_name
from domain.errors import LooksLikeAdult, LooksLikeChild, NameMalformed, SamePerson
from domain.iin import Iin, Sex, make_iin


def iin(born: date) -> Iin:
    return next(made for serial in range(9) if (made := make_iin(born, Sex.FEMALE, serial)) is not None)


BORN = date(2010, 11, 20)


def test_on_the_sixteenth_birthday_somebody_may_apply_and_the_day_before_not() -> None:
    require_parent(iin(BORN), date(2026, 11, 20))

    with pytest.raises(LooksLikeChild):
        require_parent(iin(BORN), date(2026, 11, 19))


def test_since_the_sixteenth_birthday_nobody_is_a_child() -> None:
    require_child(iin(BORN), None, date(2026, 11, 19))

    with pytest.raises(LooksLikeAdult):
        require_child(iin(BORN), None, date(2026, 11, 20))


def test_nobody_is_the_own_child() -> None:
    with pytest.raises(SamePerson):
        require_child(iin(BORN), iin(BORN), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Каменов Ермек", ("Каменов", "Ермек", "")),
        ("  каменов ЕРМЕК  ахметович ", ("Каменов", "Ермек", "Ахметович")),
        ("Серік Дана Асан қызы", ("Серік", "Дана", "Асан Қызы")),
        ("Нұр-Ахмет Әлия", ("Нұр-Ахмет", "Әлия", "")),
    ],
)
def test_a_name_is_taken_apart(typed: str, parts: tuple[str, str, str]) -> None:
    assert split_name(typed) == parts


@pytest.mark.parametrize("typed", ["", "Ермек", "Каменов 2", "а б в г д", f"{'X' * 61} Y", "Каменов <b>"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(NameMalformed):
        split_name(typed)


@pytest.mark.parametrize(
    ("surname", "patronymic", "sex"),
    [
        ("Каменова", "Ермекқызы", Sex.FEMALE),
        ("Каменов", "Ермекұлы", Sex.MALE),
        ("Каменова", "Ермековна", Sex.FEMALE),
        ("Каменов", "Ермекович", Sex.MALE),
        ("Каменова", "", Sex.FEMALE),
        ("Каменов", "", Sex.MALE),
        ("Серік", "", None),
        ("Каменов", "Асан қызы", Sex.FEMALE),
    ],
)
def test_endings_tell_the_sex_the_patronymic_before_the_surname(
    surname: str, patronymic: str, sex: Sex | None
) -> None:
    assert sex_in_name(surname, patronymic) is sex
