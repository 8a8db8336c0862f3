"""The rights of staff in words: territories and kindergartens by name."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select

from storage import territories
from storage.tables import kindergarten, staff_right
from storage.transaction import Transaction

_OF = (
    select(staff_right.c.staff_id, staff_right.c.territory_id, kindergarten.c.name)
    .outerjoin(kindergarten, kindergarten.c.id == staff_right.c.kindergarten_id)
    .where(staff_right.c.staff_id.in_(bindparam("these", expanding=True)))
    .order_by(staff_right.c.id)
)


def names(tx: Transaction, staff_ids: Sequence[int], language: str) -> Mapping[int, list[str]]:
    """For each its territories and houses; who is not among them has no rights by name."""
    found: dict[int, list[str]] = {}
    for staff_id, territory_id, house in tx.conn.execute(_OF, {"these": list(staff_ids)}):
        name = house if territory_id is None else territories.name(tx, territory_id, language)
        found.setdefault(staff_id, []).append(name)
    return found
