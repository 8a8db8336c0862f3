"""What a parent typed against what the register says."""

from dataclasses import replace
from datetime import date

import pytest

from domain.iin import Iin, Sex, make_iin
from domain.person import TYPED as TYPED_FIELDS
from domain.person import Person, PersonField, contradictions, differences

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
        (Person("Б", "В", "Г", date(2020, 1, 1)), TYPED_FIELDS),
    ],
)
def test_what_contradicts_is_named(registered: Person, fields: tuple[PersonField, ...]) -> None:
    assert differences(TYPED, registered) == fields


def test_no_name_is_given_away_when_shown() -> None:
    assert repr(TYPED) == "Person()"


def iin_of(born: date, sex: Sex) -> Iin:
    """Somebody's IIN."""
    return next(iin for each in range(100, 109) if (iin := make_iin(born, sex, each)) is not None)


GIRL = iin_of(TYPED.birth_date, Sex.FEMALE)


def test_the_register_agrees_with_an_iin_and_with_what_was_typed() -> None:
    assert contradictions(GIRL, TYPED, TYPED, Sex.FEMALE) == ()


def test_where_nothing_was_typed_there_is_only_the_iin_to_contradict() -> None:
    assert contradictions(GIRL, None, replace(TYPED, surname="Болатова"), Sex.FEMALE) == ()


def test_a_register_with_another_sex_or_birth_date_than_the_iin_contradicts_it() -> None:
    other_day = replace(TYPED, birth_date=date(2021, 4, 6))

    assert contradictions(GIRL, None, TYPED, Sex.MALE) == (PersonField.SEX,)
    assert contradictions(GIRL, None, other_day, Sex.FEMALE) == (PersonField.BIRTH_DATE,)
    assert contradictions(GIRL, TYPED, replace(other_day, surname="Болатова"), Sex.MALE) == (
        PersonField.SURNAME,
        PersonField.BIRTH_DATE,
        PersonField.SEX,
    )
