"""Which seat it is, in the words that everybody may read: kindergarten and group."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, select

from storage.tables import bulletin, child_group, claim, kindergarten, seat
from storage.transaction import Transaction
from storage.types import Id

_OF_CLAIMS = (
    select(
        claim.c.id,
        kindergarten.c.id.label("house"),
        kindergarten.c.name.label("kindergarten"),
        child_group.c.name.label("group"),
    )
    .join_from(claim, seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(claim.c.id.in_(bindparam("of_claims", type_=Id, expanding=True)))
)


def of_claims(tx: Transaction, claim_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The names of `kindergarten` and `group` of each claim's seat, and the id of the `house`; at once."""
    rows = tx.conn.execute(_OF_CLAIMS, {"of_claims": list(claim_ids)})
    return {
        row.id: {"kindergarten": row.kindergarten, "group": row.group, "house": row.house} for row in rows
    }
