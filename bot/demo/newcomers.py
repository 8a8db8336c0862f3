"""Families that have not applied yet: for whoever wants to join the queue in the demo."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.demo.making import Maker
from domain.iin import Iin, Sex
from domain.phone import Phone

FREE_PHONES = tuple(Phone(f"+7701555030{n}") for n in (1, 2, 3))
"""Numbers that nobody of the demo has."""


@dataclass(frozen=True, slots=True)
class Newcomers:
    """A family the register knows, or will know: `privileges` are its codes for the children."""

    parents: tuple[Iin, ...]
    children: tuple[Iin, ...]
    privileges: tuple[str, ...] = ()


def father_and_daughter(maker: Maker, main_year: int) -> Newcomers:
    """The parent and the child of the worked case: birth days as there, the people made up."""
    father = maker.iin(date(main_year - 26, 3, 14), Sex.MALE)
    return Newcomers((father,), (maker.iin(date(main_year, 10, 9), Sex.FEMALE),))


def make_newcomers(maker: Maker, main_year: int, first: Newcomers) -> Mapping[str, Newcomers]:
    """A family for every way to come into the queue; the first one gets its mother."""

    def mother(years: int) -> Iin:
        return maker.iin(date(main_year - years, 9, 2), Sex.FEMALE)

    def child(month: int, sex: Sex) -> Iin:
        return maker.iin(date(main_year, month, 20), sex)

    return {
        "worked_case": Newcomers((*first.parents, mother(24)), first.children),
        "large_family": Newcomers((mother(31),), (child(2, Sex.MALE),), ("large_family",)),
        "twins": Newcomers((mother(28),), (child(3, Sex.FEMALE), child(3, Sex.FEMALE))),
        "special_needs": Newcomers((mother(29),), (child(4, Sex.MALE),), ("special_needs",)),
        "not_in_register": Newcomers((mother(25),), (child(5, Sex.FEMALE),)),
        "answered_later": Newcomers((mother(27),), (child(6, Sex.MALE),)),
    }


def too_old(maker: Maker, main_year: int) -> Iin:
    """A child who goes to school already."""
    return maker.iin(date(main_year - 6, 4, 5), Sex.FEMALE)
