"""Families who applied while the register was down, and a register that a test can have say anything."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.ports.embedded_register import made_up_person
from bot.ports.state_register import Person, PersonUnknown, RegisterDown
from domain.application import QueueKind
from domain.iin import Iin, Sex, make_iin
from domain.policy import Policy
from domain.policy_data import to_data
from storage import applications, guardians, loading, people
from storage.applications import Application
from storage.people import RegisterWords
from storage.submitting import NewApplication, submit
from storage.transaction import Transaction
from tests.integration.rows import add_territory


def iin_of(born: date, sex: Sex, serial: int) -> Iin:
    """The IIN with this serial, or with the next that has a check digit."""
    return next(iin for each in range(serial, serial + 9) if (iin := make_iin(born, sex, each)) is not None)


@dataclass
class Register:
    """Knows everybody as made up, unless it is told otherwise. Remembers whom it was asked about.

    `people` says otherwise of some, `missing` are unknown, `down_for` meet an outage; `held` are answered
    when their event is set.
    """

    people: dict[Iin, Person] = field(default_factory=dict)
    missing: set[Iin] = field(default_factory=set)
    down_for: set[Iin] = field(default_factory=set)
    down: bool = False
    held: dict[Iin, asyncio.Event] = field(default_factory=dict)
    asked: list[Iin] = field(default_factory=list)

    async def lookup(self, iin: Iin) -> Person:
        """As StateRegister."""
        self.asked.append(iin)
        if iin in self.held:
            await self.held[iin].wait()
        if self.down or iin in self.down_for:
            raise RegisterDown
        if iin in self.missing:
            raise PersonUnknown
        return self.people.get(iin) or made_up_person(iin)


@dataclass(frozen=True)
class Family:
    """A parent, a child and the application, by their ids and IINs."""

    parent: Iin
    child: Iin
    parent_id: int
    child_id: int
    application_id: int

    def application(self, tx: Transaction) -> Application:
        """The application as it now is."""
        found = applications.find(tx, self.application_id)
        assert found is not None
        return found


class Town:
    """A territory with the usual policy, and the families who come."""

    def __init__(self, territory_id: int) -> None:
        self.territory_id = territory_id
        self._families = 0

    @classmethod
    def founded(cls, tx: Transaction, code: str = "town") -> "Town":
        """Write it."""
        territory_id = add_territory(tx, code)
        since = tx.now - timedelta(days=1000)
        row = {"territory_id": territory_id, "in_force_from": since, "data": to_data(Policy())}
        loading.put_policies(tx, [row])
        return cls(territory_id)

    @property
    def next_parent(self) -> Iin:
        """The parent's IIN in the family that comes next."""
        return iin_of(date(1991, 3, 14), Sex.FEMALE, 100 * (self._families + 1))

    def family(self, tx: Transaction, parent_typed: str = "", child_typed: str = "") -> Family:
        """The next family. They typed what the register says, or other surnames."""
        parent = self.next_parent
        self._families += 1
        child = iin_of(date(2023, 10, 9), Sex.MALE, 100 * self._families)
        parent_id = people.parent_for(tx, parent, at=tx.now, language="en", notice_way="messenger")
        people.name_parent(tx, parent_id, _typed(parent, parent_typed))
        child_id = people.child_for(tx, child, at=tx.now)
        people.name_child(tx, child_id, _typed(child, child_typed), None)
        guardians.join(tx, parent_id, child_id, "applied", tx.now)
        application_id = self.applies(tx, parent_id, child_id)
        return Family(parent, child, parent_id, child_id, application_id)

    def applies(self, tx: Transaction, parent_id: int, child_id: int, **given: object) -> int:
        """A child born in 2023 is put into the queue, unverified; each family a minute after the last."""
        new = NewApplication(
            **{
                "child_id": child_id,
                "parent_id": parent_id,
                "territory_id": self.territory_id,
                "kind": QueueKind.GENERAL,
                "birth_year": 2023,
                "unverified": True,
                "submitted_at": tx.now - timedelta(days=1) + timedelta(minutes=self._families),
            }
            | given  # type: ignore[arg-type]
        )
        return submit(tx, new).application_id


def _typed(iin: Iin, surname: str) -> RegisterWords:
    person = made_up_person(iin)
    return RegisterWords.from_data(replace(person, surname=surname or person.surname).to_data())
