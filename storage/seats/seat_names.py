"""Which seat it is, in the words that everybody may read: kindergarten and group."""

from sqlalchemy import bindparam, select

from storage.tables import bulletin, child_group, claim, kindergarten, seat
from storage.transaction import Transaction
from storage.types import Id

_OF_CLAIM = (
    select(kindergarten.c.name.label("kindergarten"), child_group.c.name.label("group"))
    .join_from(claim, seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(claim.c.id == bindparam("of_claim", type_=Id))
)


def of_claim(tx: Transaction, claim_id: int) -> dict[str, str]:
    """The names of `kindergarten` and `group` of a claim's seat."""
    row = tx.conn.execute(_OF_CLAIM, {"of_claim": claim_id}).one()
    return {"kindergarten": row.kindergarten, "group": row.group}
