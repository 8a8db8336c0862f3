"""What the demo's state register says of its families."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.demo.families import Family
from bot.demo.newcomers import Newcomers
from bot.ports.embedded_register import Listing, made_up_person
from bot.ports.state_register import Person
from domain.iin import Iin, Sex

OUTAGE = timedelta(days=1)
"""How long after the start the register does not answer about those it answers about later."""


def listing(
    families: tuple[Family, ...],
    newcomers: Mapping[str, Newcomers],
    privileged: Mapping[Iin, str],
    at: datetime,
) -> Listing:
    """What the register knows of them in a demo that starts at this instant.

    `privileged` are the other children for whom it proves a privilege: asked again after 90 days, it
    says the same.
    """
    people = {iin: replace(made_up_person(iin), privileges=(code,)) for iin, code in privileged.items()}
    for family in families:
        parents = tuple(parent.iin for parent in family.parents)
        privileges = (family.story.privilege,) if family.story.privilege else ()
        people |= _relatives(parents, family.children, privileges)
    for each in newcomers.values():
        people |= _relatives(each.parents, each.children, each.privileges)
    by_story = {family.story.key: family for family in families}
    missing = (*_parents(by_story["unknown_to_register"]), *_everybody(newcomers["not_in_register"]))
    later = (*_parents(by_story["register_down"]), *_everybody(newcomers["answered_later"]))
    return Listing(people, frozenset(missing), dict.fromkeys(later, at + OUTAGE))


def _parents(family: Family) -> Iterator[Iin]:
    return (each.iin for each in family.parents)


def _everybody(family: Newcomers) -> tuple[Iin, ...]:
    return (*family.parents, *family.children)


def _relatives(
    parents: tuple[Iin, ...], children: tuple[Iin, ...], privileges: tuple[str, ...]
) -> dict[Iin, Person]:
    """Parents and children who name each other and live together, the children named after the father."""
    home = made_up_person(parents[0]).address
    people = {iin: replace(made_up_person(iin), children=children, address=home) for iin in parents}
    named_after = max(people.values(), key=lambda each: each.sex is Sex.MALE)
    for iin in children:
        person = made_up_person(iin, named_after)
        people[iin] = replace(person, parents=parents, privileges=privileges)
    return people
