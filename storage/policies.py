"""The dated policies of territories. A territory without its own follows the nearest above it."""

from datetime import date, datetime

from sqlalchemy import Integer, bindparam, literal_column, select

from domain.errors import NoPolicyInForce
from domain.policy import DatedPolicy, Policy, PolicyHistory
from domain.policy_data import from_data, to_data
from storage.ids import new_id
from storage.tables import policy, territory
from storage.transaction import Transaction
from storage.upsert import upsert, upserts

_PUT = upserts(policy, ["territory_id", "in_force_from"])

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
_UPWARDS = (
    select(_above.c.id, policy.c.in_force_from, policy.c.data)
    .join_from(_above, policy, policy.c.territory_id == _above.c.id)
    .order_by(_above.c.distance, policy.c.in_force_from)
)


def history(tx: Transaction, territory_id: int) -> PolicyHistory:
    """The policies of a territory: its own, or else all those of the nearest above that has any.

    Never a mixture: whoever has rules of its own says all of them.
    """
    rows = tx.conn.execute(_UPWARDS, {"territory_id": territory_id}).all()
    return PolicyHistory(
        tuple(DatedPolicy(row.in_force_from, from_data(row.data)) for row in rows if row.id == rows[0].id)
    )


def in_force(tx: Transaction, territory_id: int, at: datetime) -> Policy:
    """The rules that decide in a territory at that instant. Raises NoPolicyInForce.

    The nearest territory upwards with a policy in force then; a day begins at local midnight.
    """
    rows = tx.conn.execute(_UPWARDS, {"territory_id": territory_id}).all()
    for place in dict.fromkeys(row.id for row in rows):
        own = [DatedPolicy(row.in_force_from, from_data(row.data)) for row in rows if row.id == place]
        try:
            return PolicyHistory(tuple(own)).in_force(at)
        except NoPolicyInForce:
            continue  # its own begin later: until then it follows the one above
    raise NoPolicyInForce(at)


def put(tx: Transaction, territory_id: int, since: date, rules: Policy) -> int:
    """Set the policy that counts in a territory from 00:00 of that day on; its id."""
    row = {"id": new_id(), "territory_id": territory_id, "in_force_from": since, "data": to_data(rules)}
    return upsert(tx, _PUT, row)
