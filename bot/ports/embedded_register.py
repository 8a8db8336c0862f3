"""A state register without a server, for the demo and for tests: every valid IIN is somebody."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import real_now
from bot.ports.made_up_addresses import made_up_address
from bot.ports.made_up_names import FullName, made_up_name
from bot.ports.state_register import Person, PersonUnknown, RegisterDown
from domain.iin import Iin, Sex

_KEY = b"kezek made-up people"


@dataclass(frozen=True, slots=True)
class Listing:
    """Who is not made up on the spot: people with privileges or families, the missing, and those whose
    lookup meets an outage, with the instant at which that is over. Keys are IINs."""

    people: Mapping[Iin, Person] = field(default_factory=dict)
    missing: frozenset[Iin] = frozenset()
    outages: Mapping[Iin, datetime] = field(default_factory=dict)


def made_up_person(iin: Iin, parent: Person | None = None) -> Person:
    """The person of this IIN, the same every time; a child is named after its `parent`, if one is given,
    and lives there.
    """
    seed = hmac.digest(_KEY, iin.digits.encode(), hashlib.sha256)
    if parent is None:
        full_name = made_up_name(seed, iin.sex)
    else:
        father = parent.name if parent.sex is Sex.MALE else None
        named = FullName(parent.surname, parent.name, parent.patronymic)
        full_name = made_up_name(seed, iin.sex, named, father)
    return Person(
        iin=iin,
        surname=full_name.surname,
        name=full_name.name,
        patronymic=full_name.patronymic,
        birth_date=iin.birth_date,
        sex=iin.sex,
        address=made_up_address(seed) if parent is None else parent.address,
    )


class EmbeddedRegister:
    """Answers from the listing, else with a made-up person. `now` tells whether an outage is over."""

    def __init__(self, listing: Listing | None = None, now: Callable[[], datetime] = real_now) -> None:
        self._listing = listing or Listing()
        self._now = now

    async def lookup(self, iin: Iin) -> Person:
        """The person of this IIN. Raises PersonUnknown or RegisterDown, where the listing says so."""
        outage_ends = self._listing.outages.get(iin)
        if outage_ends is not None and self._now() < outage_ends:
            raise RegisterDown
        if iin in self._listing.missing:
            raise PersonUnknown
        return self._listing.people.get(iin) or made_up_person(iin)
