"""How far somebody's rights reach: houses by name, or everything below some territories."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
    rights = _rights(tx, staff_id)
    if role == StaffRole.KINDERGARTEN.value:
        return Reach(frozenset(row.kindergarten_id for row in rights if row.kindergarten_id is not None))
    within, everywhere = _below(tx, rights, role)
    houses = tx.conn.execute(_IN, {"within": list(within)}).scalars()
    return Reach(frozenset(houses), within, everywhere)


def territories_of(tx: Transaction, staff_id: int, role: str) -> frozenset[int]:
    """The territories alone: houses are ten thousand in a country, and most pages ask for none."""
    if role == StaffRole.KINDERGARTEN.value:
        return frozenset()
    return _below(tx, _rights(tx, staff_id), role)[0]


def _rights(tx: Transaction, staff_id: int) -> Sequence[Any]:
    return tx.conn.execute(_RIGHTS, {"staff_id": staff_id}).all()


def _below(tx: Transaction, rights: Sequence[Any], role: str) -> tuple[frozenset[int], bool]:
    """The territories, and whether they are all there are, whatever there will be."""
    tree = territories.tree(tx)
    tops = [row.territory_id for row in rights if row.territory_id is not None]
    everywhere = not tops and role in _EVERYWHERE
    if everywhere:
        tops = [each.id for each in tree.roots()]
    return frozenset(each.id for top in tops for each in tree.subtree(top)), everywhere
