"""People who don't exist: their IINs are valid, their names are taken from nobody."""

from dataclasses import dataclass, replace
from datetime import date

from bot.ports.state_register import Person
from domain.iin import Iin, Sex, make_iin
from domain.phone import Phone


def iin_of(born: date, sex: Sex, serial: int) -> Iin:
    """The IIN with this serial, or with the next that has a check digit."""
    return next(iin for each in range(serial, serial + 9) if (iin := make_iin(born, sex, each)) is not None)


def somebody(surname: str, name: str, born: date, sex: Sex, serial: int) -> Person:
    """A person as the state register knows them."""
    return Person(
        iin=iin_of(born, sex, serial),
        surname=surname,
        name=name,
        patronymic="",
        birth_date=born,
        sex=sex,
        address="Тәуке хан даңғылы, 7-үй, 12-пәтер",
    )


@dataclass(frozen=True)
class Child:
    """A child in the queue: its application's number and where it stands when a test begins."""

    person: Person
    number: int
    place: int
    size: int


@dataclass(frozen=True)
class Family:
    """A parent with confirmed phones, and the children in the queue."""

    parent: Person
    phones: tuple[Phone, ...]
    children: tuple[Child, ...]

    @property
    def child(self) -> Child:
        """The first of the children."""
        return self.children[0]


# One child, two phones.
ALDABEKOVS = Family(
    somebody("Алдабеков", "Сәкен", date(1992, 5, 17), Sex.MALE, 1200),
    (Phone("+77015550101"), Phone("+77015550102")),
    (Child(somebody("Алдабекова", "Інжу", date(2024, 2, 11), Sex.FEMALE, 2200), 1200300401, 36, 46),),
)
# Two children in two queues, one phone.
TIKHONOVS = Family(
    somebody("Тихонова", "Вера", date(1994, 8, 3), Sex.FEMALE, 1300),
    (Phone("+77015550201"),),
    (
        Child(somebody("Тихонов", "Егор", date(2023, 6, 30), Sex.MALE, 2300), 1200300402, 1, 9),
        Child(
            somebody("Тихонова", "Александра-Виктория-Анна", date(2024, 7, 7), Sex.FEMALE, 2400),
            1200300403,
            46,
            46,
        ),
    ),
)
# Known, but nobody has confirmed a phone: cannot sign in.
OSPANOVS = Family(
    somebody("Оспанова", "Шолпан", date(1990, 1, 9), Sex.FEMALE, 1400),
    (),
    (Child(somebody("Оспанов", "Бекзат", date(2023, 3, 4), Sex.MALE, 2500), 1200300404, 9, 9),),
)


@dataclass(frozen=True)
class Newcomers:
    """Two parents and their daughter, whom the register names as such; nobody of them is known here."""

    father: Person
    mother: Person
    daughter: Person
    phones: tuple[Phone, Phone]


def _newcomers() -> Newcomers:
    father = somebody("Бекжанов", "Тимур", date(1991, 3, 14), Sex.MALE, 1500)
    mother = somebody("Бекжанова", "Лаура", date(1993, 9, 2), Sex.FEMALE, 1600)
    daughter = somebody("Бекжанова", "Айла", date(2024, 10, 9), Sex.FEMALE, 2600)
    parents, children = (father.iin, mother.iin), (daughter.iin,)
    return Newcomers(
        replace(father, children=children),
        replace(mother, children=children),
        replace(daughter, parents=parents),
        (Phone("+77015550301"), Phone("+77015550302")),
    )


NEWCOMERS = _newcomers()
FAMILIES = (ALDABEKOVS, TIKHONOVS, OSPANOVS)
NOBODY = iin_of(date(2023, 11, 5), Sex.MALE, 7000)
"""A valid IIN of nobody in the queue."""
UNUSED_NUMBER = 1200300499
