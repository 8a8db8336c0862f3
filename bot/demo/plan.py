"""The whole demo as data: the same for the same instant, made without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.bulletins import PlannedBulletin, planned_bulletins
from bot.demo.days import Days
from bot.demo.draft import Draft
from bot.demo.entries import Entry, Occurrence
from bot.demo.families import Family, make_families
from bot.demo.making import Maker
from bot.demo.movements import stir
from bot.demo.newcomers import Newcomers, father_and_daughter, make_newcomers, too_old
from bot.demo.register import listing
from bot.demo.seat_takers import SeatTaker, seat_takers
from bot.demo.stories import tell
from bot.ports.embedded_register import Listing
from domain.application import QueueKind
from domain.iin import Iin
from domain.policy import Policy
from domain.policy_terms import Proof
from domain.queue_order import Sizes

MAIN = Sizes(out_of_queue=23, first_priority=61, general=306)
"""The main queue at the start: whoever joins it next on a general basis gets place 391."""

OTHERS = {
    2: Sizes(2, 9, 46),
    1: Sizes(11, 38, 170),
    -1: Sizes(9, 41, 188),
    -2: Sizes(7, 30, 141),
    -3: Sizes(3, 14, 70),
}
"""By how many years a birth year lies after the main one: the sizes of its queue."""

CORRECTIONAL = Sizes(1, 3, 5)
LOOKS_BACK = timedelta(days=21)
"""How far the journal reaches back at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlan:
    """Everything the demo begins with.

    `entries` submitted before `loaded_at` are loaded at once then; every later step is an occurrence, by
    time. `of_family`: the applications by story. `newcomers`, by what is special about them, and `too_old`
    stand in no queue.
    """

    days: Days
    loaded_at: datetime
    entries: tuple[Entry, ...]
    occurrences: tuple[Occurrence, ...]
    bulletins: tuple[PlannedBulletin, ...]
    seat_takers: tuple[SeatTaker, ...]
    families: tuple[Family, ...]
    newcomers: Mapping[str, Newcomers]
    too_old: Iin
    register: Listing
    of_family: Mapping[str, tuple[Entry, ...]]


def make_plan(at: datetime, policy: Policy) -> DemoPlan:
    """The plan of a demo that starts at this instant, in a city with this policy."""
    days = Days(at, policy)
    bulletins = planned_bulletins(days)
    first_list = min(each.seat_list.publish_at for each in bulletins)
    draft = Draft(Maker("kezek"), days, min(at - LOOKS_BACK, first_list - timedelta(days=2)))
    families = make_families(draft.maker, days.main_year)
    first = father_and_daughter(draft.maker, days.main_year)
    of_family = tell(draft, families)
    stir(draft)
    takers = seat_takers(draft, bulletins)
    draft.fill_up(days.main_year, MAIN)
    draft.fill_up(days.main_year, CORRECTIONAL, QueueKind.CORRECTIONAL)
    for later_by, sizes in OTHERS.items():
        if _born_already(draft, days.main_year + later_by):
            draft.fill_up(days.main_year + later_by, sizes)
    newcomers = make_newcomers(draft.maker, days.main_year, first)
    return DemoPlan(
        days=days,
        loaded_at=draft.loaded_at,
        entries=tuple(draft.entries),
        occurrences=tuple(sorted(draft.occurrences, key=lambda each: each.at)),
        bulletins=bulletins,
        seat_takers=takers,
        families=families,
        newcomers=newcomers,
        too_old=too_old(draft.maker, days.main_year),
        register=listing(families, newcomers, _proved_by_register(draft, policy), at),
        of_family=of_family,
    )


def _proved_by_register(draft: Draft, policy: Policy) -> dict[Iin, str]:
    """The children with a privilege of which the register has said so."""
    codes = {each.child: each.privilege for each in draft.entries}
    codes |= {each.entry.child: each.privilege for each in draft.occurrences if each.privilege}
    of_register = {rule.code for rule in policy.privileges if rule.proof is Proof.REGISTER}
    return {child: code for child, code in codes.items() if code in of_register}


def _born_already(draft: Draft, birth_year: int) -> bool:
    """Whether there are children of that year who are old enough to have been put down."""
    return (draft.loaded_at - timedelta(days=60)).year >= birth_year
