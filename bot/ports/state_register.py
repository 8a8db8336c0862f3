"""The state register of people: who an IIN belongs to, which privileges it knows of [000, 004]."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol, Self

from bot.conversation.errand import ErrandFailed
from domain.iin import Iin, Sex

LONGEST_NAME, LONGEST_ADDRESS = 200, 500


class RegisterError(Exception):
    """The register gave no person."""


class RegisterDown(RegisterError):
    """No answer, or none that can be understood: it is asked again later."""


class PersonUnknown(RegisterError):
    """The register answered: there is no such person."""


@dataclass(frozen=True, slots=True)
class Person:
    """What the register knows of one person.

    `privileges` are codes of privileges as policies name them (`large_family`, …), of a child; `parents` and
    `children` are IINs. `patronymic` and `address` are empty where there is none.
    """

    iin: Iin
    surname: str = field(repr=False)
    name: str = field(repr=False)
    patronymic: str = field(repr=False)
    birth_date: date = field(repr=False)
    sex: Sex
    address: str = field(default="", repr=False)
    privileges: tuple[str, ...] = ()
    parents: tuple[Iin, ...] = ()
    children: tuple[Iin, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """The person as JSON can write it; `from_data` gives the same person."""
        return {
            "iin": self.iin.digits,
            "surname": self.surname,
            "name": self.name,
            "patronymic": self.patronymic,
            "birth_date": self.birth_date.isoformat(),
            "sex": self.sex.value,
            "address": self.address,
            "privileges": list(self.privileges),
            "parents": [parent.digits for parent in self.parents],
            "children": [child.digits for child in self.children],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The person in this data. Raises KeyError, TypeError, ValueError or IinRefused for any other.

        The privileges have to be there, be they none: a register that leaves them out does not take
        them from anybody.
        """
        person = cls(
            iin=Iin.parse(data["iin"]),
            surname=_words(data["surname"], LONGEST_NAME),
            name=_words(data["name"], LONGEST_NAME),
            patronymic=_words(data.get("patronymic") or "", LONGEST_NAME),
            birth_date=date.fromisoformat(data["birth_date"]),
            sex=Sex(data["sex"]),
            address=_words(data.get("address") or "", LONGEST_ADDRESS),
            privileges=tuple(_words(each, LONGEST_NAME) for each in _list(data["privileges"])),
            parents=tuple(Iin.parse(each) for each in _list(data.get("parents", []))),
            children=tuple(Iin.parse(each) for each in _list(data.get("children", []))),
        )
        if not (person.surname or person.name):
            raise ValueError("nameless")
        return person


class StateRegister(Protocol):
    """Where people are looked up."""

    async def lookup(self, iin: Iin) -> Person:
        """The person of this IIN. Raises PersonUnknown or RegisterDown."""


class NoRegister:
    """A service that was told of no register: as one that is down, forms are filled in by hand."""

    async def lookup(self, iin: Iin) -> Person:
        raise RegisterDown


class RegisterErrand:
    """Runs the errand of asking the register: `{"iin": "…"}` is answered by `{"known": true, …person}`."""

    patience = timedelta(seconds=10)

    def __init__(self, register: StateRegister) -> None:
        self._register = register

    async def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """The person, or `{"known": false}`. Raises ErrandFailed while the register is down."""
        try:
            person = await self._register.lookup(Iin.parse(request["iin"]))
        except PersonUnknown:
            return {"known": False}
        except RegisterDown as down:
            raise ErrandFailed from down
        return {"known": True, **person.to_data()}


def _words(value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    if len(value) > longest:
        raise ValueError(len(value))
    return value.strip()


def _list(value: object) -> list[Any]:
    """A text in its place would be taken for a list of letters."""
    if not isinstance(value, list):
        raise TypeError(type(value).__name__)
    return value
