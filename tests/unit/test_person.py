"""What a parent typed against what the register says."""

from dataclasses import replace
from datetime import date

import pytest

from domain.person import Person, PersonField, differences

TYPED = Person("Әбенова", "Жұлдыз", "Қайратқызы", date(2021, 4, 5))


def test_the_same_person_differs_in_nothing() -> None:
    assert differences(TYPED, TYPED) == ()


@pytest.mark.parametrize(
    "registered",
    [
        replace(TYPED, surname="ӘБЕНОВА"),
        replace(TYPED, given_name="  Жұлдыз "),
        replace(TYPED, patronymic=None),
        replace(TYPED, patronymic=""),
    ],
)
def test_spelling_habits_are_no_difference(registered: Person) -> None:
    assert differences(TYPED, registered) == ()
    assert differences(registered, TYPED) == ()


def test_encodings_of_one_letter_are_no_difference() -> None:
    typed = replace(TYPED, surname="Й" + "ов")

    assert differences(typed, replace(TYPED, surname="И\u0306" + "ов")) == ()


@pytest.mark.parametrize(
    ("registered", "fields"),
    [
        (replace(TYPED, surname="Абенова"), (PersonField.SURNAME,)),
        (replace(TYPED, given_name=""), (PersonField.GIVEN_NAME,)),
        (replace(TYPED, patronymic="Болатқызы"), (PersonField.PATRONYMIC,)),
        (replace(TYPED, birth_date=date(2021, 5, 4)), (PersonField.BIRTH_DATE,)),
        (Person("Б", "В", "Г", date(2020, 1, 1)), tuple(PersonField)),
    ],
)
def test_what_contradicts_is_named(registered: Person, fields: tuple[PersonField, ...]) -> None:
    assert differences(TYPED, registered) == fields


def test_no_name_is_given_away_when_shown() -> None:
    assert repr(TYPED) == "Person()"
