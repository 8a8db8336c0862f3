"""Writing the demo's people down, as the register names them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.demo.entries import Entry
from bot.demo.plan import DemoPlan
from bot.ports.embedded_register import made_up_person
from domain.iin import Iin
from storage import bulk_people, people
from storage.register_words import RegisterWords
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class PeopleIds:
    """The rows of the demo's people, by IIN."""

    parents: Mapping[Iin, int]
    children: Mapping[Iin, int]

    def of(self, entry: Entry) -> tuple[int, int]:
        """The rows of an application's first parent and of its child."""
        return self.parents[entry.parents[0]], self.children[entry.child]


def write_people(tx: Transaction, plan: DemoPlan) -> PeopleIds:
    """Write everybody who stands or stood in a queue, and the families' confirmed phones."""
    at = plan.loaded_at
    named = _named(plan, _parents(plan.entries))
    parents = bulk_people.add_parents(tx, named, at, unverified=plan.register.missing)
    children = bulk_people.add_children(tx, _named(plan, (each.child for each in plan.entries)), at)
    pairs = ((parents[parent], children[each.child]) for each in plan.entries for parent in each.parents)
    bulk_people.add_guardians(tx, pairs, "applied", at)
    for family in plan.families:
        for parent in family.parents:
            for position, phone in enumerate(parent.phones, 1):
                people.confirm_phone(tx, parents[parent.iin], position, phone, at)
    return PeopleIds(parents, children)


def _parents(entries: Iterable[Entry]) -> Iterator[Iin]:
    for entry in entries:
        yield from entry.parents


def _named(plan: DemoPlan, iins: Iterable[Iin]) -> dict[Iin, RegisterWords]:
    listed = plan.register.people
    return {
        iin: RegisterWords.from_data((listed.get(iin) or made_up_person(iin)).to_data())
        for iin in dict.fromkeys(iins)
    }
