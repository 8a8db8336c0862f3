"""A person's names and birth date, and where a parent's own words differ from the register's.

While the register is down a parent types them; the application counts, is marked unverified
and compared later. A difference goes to the department, nothing happens by itself (ours).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from unicodedata import normalize

from domain.iin import Iin, Sex


class PersonField(str, Enum):
    """What can differ."""

    SURNAME = "surname"
    GIVEN_NAME = "given_name"
    PATRONYMIC = "patronymic"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    """Never typed: the IIN says it, and the register may say another."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is, typed or from the register. Nothing of it is shown by `repr`."""

    surname: str = field(repr=False)
    given_name: str = field(repr=False)
    patronymic: str | None = field(repr=False)
    birth_date: date = field(repr=False)


TYPED = (PersonField.SURNAME, PersonField.GIVEN_NAME, PersonField.PATRONYMIC, PersonField.BIRTH_DATE)
"""What a parent types where the register does not say it."""


def differences(typed: Person, registered: Person) -> tuple[PersonField, ...]:
    """The fields in which the two contradict each other, in the order of PersonField (ours).

    Capitals, spaces and the way a letter is encoded make no difference, nor does a patronymic
    that only one side gives.
    """
    return tuple(each for each in TYPED if _differs(each, typed, registered))


def contradictions(
    iin: Iin, typed: Person | None, registered: Person, registered_sex: Sex
) -> tuple[PersonField, ...]:
    """Where the register contradicts what was typed (None: nothing was), or the IIN itself (ours).

    An IIN says birth date and sex: a register that answers for it with others cannot be right.
    """
    found = set(differences(typed, registered)) if typed is not None else set()
    if registered.birth_date != iin.birth_date:
        found.add(PersonField.BIRTH_DATE)
    if registered_sex is not iin.sex:
        found.add(PersonField.SEX)
    return tuple(each for each in PersonField if each in found)


def _differs(which: PersonField, typed: Person, registered: Person) -> bool:
    if which is PersonField.BIRTH_DATE:
        return typed.birth_date != registered.birth_date
    one, other = _key(getattr(typed, which)), _key(getattr(registered, which))
    if which is PersonField.PATRONYMIC and not (one and other):
        return False
    return one != other


def _key(name: str | None) -> str:
    return " ".join(normalize("NFC", name or "").casefold().split())
