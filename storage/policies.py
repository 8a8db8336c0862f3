"""The dated policies of territories. A territory without its own follows the nearest above it."""

from datetime import datetime
from functools import lru_cache

import orjson
from sqlalchemy import Integer, Text, bindparam, literal_column, select, type_coerce

from domain.errors import NoPolicyInForce
from domain.local_time import local_date
from domain.policy import DatedPolicy, Policy, PolicyHistory
from domain.policy_data import from_data
from storage.prepared import Prepared
from storage.tables import policy, territory
from storage.transaction import Transaction

_start = (
    select(territory.c.id, territory.c.parent_id, literal_column("0", Integer).label("distance"))
    .where(territory.c.id == bindparam("territory_id"))
    .cte("above", recursive=True)
)
_above = _start.union_all(
    select(territory.c.id, territory.c.parent_id, _start.c.distance + literal_column("1")).where(
        territory.c.id == _start.c.parent_id
    )
)
_UPWARDS = Prepared(
    select(_above.c.id, policy.c.in_force_from, type_coerce(policy.c.data, Text).label("data"))
    .join_from(_above, policy, policy.c.territory_id == _above.c.id)
    .order_by(_above.c.distance, policy.c.in_force_from)
)
_KEPT_PARSED = 256


@lru_cache(_KEPT_PARSED)
def _parsed(data: str) -> Policy:
    """Reading and checking a policy takes longer than a turn, and the same few are read again."""
    return from_data(orjson.loads(data))


def history(tx: Transaction, territory_id: int) -> PolicyHistory:
    """The policies of a territory: its own, or else all those of the nearest above that has any."""
    return next(iter(_histories(tx, territory_id).values()), PolicyHistory(()))


def in_force(tx: Transaction, territory_id: int, at: datetime) -> Policy:
    """The rules that decide in a territory at that instant. Raises NoPolicyInForce.

    Never a mixture: the nearest territory upwards with a policy in force says all the rules.
    """
    return dated_in_force(tx, territory_id, at).policy


def dated_in_force(tx: Transaction, territory_id: int, at: datetime) -> DatedPolicy:
    """The same with the day since which they count. Raises NoPolicyInForce."""
    return nearest_in_force(tx, territory_id, at)[1]


def nearest_in_force(tx: Transaction, territory_id: int, at: datetime) -> tuple[int, DatedPolicy]:
    """The same with the territory whose rules they are. Raises NoPolicyInForce."""
    for nearest_id, own in _histories(tx, territory_id).items():
        try:
            return nearest_id, own.dated(at)
        except NoPolicyInForce:
            continue  # its own begin later: until then it follows the one above
    raise NoPolicyInForce(at)


def _histories(tx: Transaction, territory_id: int) -> dict[int, PolicyHistory]:
    """The policies of each territory upwards that has any, the nearest first; read once a transaction."""
    found: dict[int, PolicyHistory] | None = tx.rules_read.get(territory_id)
    if found is None:
        found = tx.rules_read[territory_id] = _read(tx, territory_id)
    return found


def _read(tx: Transaction, territory_id: int) -> dict[int, PolicyHistory]:
    by_place: dict[int, list[DatedPolicy]] = {}
    for row in _UPWARDS.all(tx, {"territory_id": territory_id}):
        dated = DatedPolicy(local_date(row.in_force_from), _parsed(row.data))
        by_place.setdefault(row.id, []).append(dated)
    return {place: PolicyHistory(tuple(own)) for place, own in by_place.items()}
