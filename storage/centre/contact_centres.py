"""Which contact centre a territory has: that of the nearest policy upwards, with all who share it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, exists, select

from domain.contact_line import Opening
from domain.errors import NoPolicyInForce
from domain.local_time import local_date, start_of
from domain.policy import Policy
from storage import policies
from storage.tables import policy, territory
from storage.transaction import Transaction
from storage.types import Id, Instant


@dataclass(frozen=True, slots=True)
class Centre:
    """A contact centre. `territory_id` is where its rules are written down; None: nobody has any."""

    territory_id: int | None
    opening: Opening


def centre_of(tx: Transaction, territory_id: int | None, at: datetime) -> Centre:
    """The contact centre of a territory; where no rules are in force, one that is always open."""
    found, rules = None, Policy()
    if territory_id is not None:
        try:
            found, dated = policies.nearest_in_force(tx, territory_id, at)
        except NoPolicyInForce:
            pass  # The usual rules name no hours.
        else:
            rules = dated.policy
    return Centre(found, Opening(rules.contact_centre.hours, rules.calendar()))


_top = (
    select(territory.c.id)
    .where(territory.c.id == bindparam("centre", type_=Id))
    .cte("shared", recursive=True)
)
_has_own = exists().where(
    policy.c.territory_id == territory.c.id,
    policy.c.in_force_from < bindparam("tomorrow", type_=Instant()),
)
_shared = _top.union_all(
    select(territory.c.id).join_from(territory, _top, territory.c.parent_id == _top.c.id).where(~_has_own)
)
SHARING: Select[tuple[int]] = select(_shared.c.id)
"""The territories of a `centre`: below it, but not below anybody with rules in force before `tomorrow`."""


def tomorrow(now: datetime) -> datetime:
    """Rules count from the day that they name: those of today all day."""
    return start_of(local_date(now) + timedelta(days=1))
