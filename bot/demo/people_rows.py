"""Writing the demo's people down, as the register names them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.demo.entries import Entry
from bot.demo.plan import DemoPlan
from bot.ports.embedded_register import made_up_person
from domain.iin import Iin
from storage import bulk_people, people
from storage.register_words import RegisterWords
from storage.transaction import Transaction

_AT_HAND = str.maketrans("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "АаГгКкНнОоУуУуХхИи")


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
    unverified = {each.iin for family in plan.families if family.unverified for each in family.parents}
    named = _named(plan, _parents(plan.entries))
    named |= {iin: _mistyped(named[iin]) for iin in _of_story(plan, "register_differs")}
    parents = bulk_people.add_parents(tx, named, at, unverified=unverified)
    children = bulk_people.add_children(tx, _named(plan, (each.child for each in plan.entries)), at)
    pairs = ((parents[parent], children[each.child]) for each in plan.entries for parent in each.parents)
    bulk_people.add_guardians(tx, pairs, "applied", at)
    for family in plan.families:
        for parent in family.parents:
            for position, phone in enumerate(parent.phones, 1):
                people.confirm_phone(tx, parents[parent.iin], position, phone, at)
    return PeopleIds(parents, children)


def _mistyped(words: RegisterWords) -> RegisterWords:
    """A surname as it is often typed, with the letters at hand, or with one missing."""
    typed = words.surname.translate(_AT_HAND)
    return replace(words, surname=typed if typed != words.surname else words.surname[:1] + words.surname[2:])


def _of_story(plan: DemoPlan, key: str) -> list[Iin]:
    return [each.iin for family in plan.families if family.story.key == key for each in family.parents]


def _parents(entries: Iterable[Entry]) -> Iterator[Iin]:
    for entry in entries:
        yield from entry.parents


def _named(plan: DemoPlan, iins: Iterable[Iin]) -> dict[Iin, RegisterWords]:
    listed = plan.register.people
    return {
        iin: RegisterWords.from_data((listed.get(iin) or made_up_person(iin)).to_data())
        for iin in dict.fromkeys(iins)
    }
