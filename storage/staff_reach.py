"""How far somebody's rights reach: houses by name, or everything below some territories."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from domain.staff import StaffRole
from storage import territories
from storage.tables import kindergarten, staff_right
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Reach:
    """Kindergartens and territories, by id. What is not among them does not exist for that person.

    `everywhere`: no territory was named, so that those to come are among them, too.
    """

    kindergartens: frozenset[int] = frozenset()
    territories: frozenset[int] = frozenset()
    everywhere: bool = False


_EVERYWHERE = {StaffRole.OPERATOR.value, StaffRole.ADMIN.value}
_RIGHTS = select(staff_right.c.territory_id, staff_right.c.kindergarten_id).where(
    staff_right.c.staff_id == bindparam("staff_id")
)
_IN = select(kindergarten.c.id).where(kindergarten.c.territory_id.in_(bindparam("within", expanding=True)))


def of(tx: Transaction, staff_id: int, role: str) -> Reach:
    """A kindergarten's staff reach their own houses, all others their territories with all below them.

    Operators and admins for whom no territory was named reach all of them.
    """
    rows = tx.conn.execute(_RIGHTS, {"staff_id": staff_id}).all()
    if role == StaffRole.KINDERGARTEN.value:
        return Reach(frozenset(row.kindergarten_id for row in rows if row.kindergarten_id is not None))
    tree = territories.tree(tx)
    tops = [row.territory_id for row in rows if row.territory_id is not None]
    everywhere = not tops and role in _EVERYWHERE
    if everywhere:
        tops = [each.id for each in tree.roots()]
    within = frozenset(each.id for top in tops for each in tree.subtree(top))
    houses = tx.conn.execute(_IN, {"within": list(within)}).scalars()
    return Reach(frozenset(houses), within, everywhere)
