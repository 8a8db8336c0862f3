"""How a person is named, as the state register says it or a parent types it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from domain.iin import Sex
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """Names, birth date, sex and address of one person; empty where there is none."""

    surname: str = field(repr=False)
    name: str = field(repr=False)
    patronymic: str = field(repr=False)
    birth_date: date = field(repr=False)
    sex: Sex
    address: str = field(default="", repr=False)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """From a person as plain data. Raises KeyError or ValueError for anything else."""
        return cls(
            surname=data["surname"],
            name=data["name"],
            patronymic=data.get("patronymic") or "",
            birth_date=date.fromisoformat(data["birth_date"]),
            sex=Sex(data["sex"]),
            address=data.get("address") or "",
        )

    def sealed(self, tx: Transaction, table: str, row_id: int, *fields: str) -> dict[str, bytes | None]:
        """These fields, sealed for that row; None for what is empty."""
        plain = {
            "surname": self.surname,
            "name": self.name,
            "patronymic": self.patronymic,
            "birth_date": self.birth_date.isoformat(),
            "address": self.address,
        }
        return {
            name: tx.vault.seal(table, row_id, name, plain[name]) if plain[name] else None for name in fields
        }
