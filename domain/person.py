"""A person's names and birth date, and where a parent's own words differ from the register's.

While the register is down a parent types them; the application counts, is marked unverified
and compared later. A difference goes to the department, nothing happens by itself (ours).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from unicodedata import normalize


class PersonField(str, Enum):
    """What can differ."""

    SURNAME = "surname"
    GIVEN_NAME = "given_name"
    PATRONYMIC = "patronymic"
    BIRTH_DATE = "birth_date"


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is, typed or from the register. Nothing of it is shown by `repr`."""

    surname: str = field(repr=False)
    given_name: str = field(repr=False)
    patronymic: str | None = field(repr=False)
    birth_date: date = field(repr=False)


def differences(typed: Person, registered: Person) -> tuple[PersonField, ...]:
    """The fields in which the two contradict each other, in the order of PersonField (ours).

    Capitals, spaces and the way a letter is encoded make no difference, nor does a patronymic
    that only one side gives.
    """
    return tuple(each for each in PersonField if _differs(each, typed, registered))


def _differs(which: PersonField, typed: Person, registered: Person) -> bool:
    if which is PersonField.BIRTH_DATE:
        return typed.birth_date != registered.birth_date
    one, other = _key(getattr(typed, which)), _key(getattr(registered, which))
    if which is PersonField.PATRONYMIC and not (one and other):
        return False
    return one != other


def _key(name: str | None) -> str:
    return " ".join(normalize("NFC", name or "").casefold().split())
