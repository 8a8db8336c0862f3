"""The children a parent cares for, the requests to care for them, and what follows a child: the stop-list."""

from typing import Any

from sqlalchemy import bindparam, or_, select

from storage.children import of_parent
from storage.tables import child, guardian, joining, suspension, territory
from storage.transaction import Transaction
from storage.types import Id

Data = dict[str, Any]

_PARENT = bindparam("parent", type_=Id)
_MINE = select(guardian.c.child_id).where(guardian.c.parent_id == _PARENT)
_REGISTER = select(child.c.id, child.c.register_asked_at).where(child.c.id.in_(_MINE))
_JOININGS = (
    select(joining, child.c.iin)
    .join(child, child.c.id == joining.c.child_id)
    .where(or_(joining.c.parent_id == _PARENT, joining.c.child_id.in_(_MINE)))
    .order_by(joining.c.asked_at, joining.c.id)
)
_SUSPENSIONS = (
    select(suspension, territory.c.code.label("territory"))
    .join(territory, territory.c.id == suspension.c.territory_id)
    .where(suspension.c.child_id.in_(_MINE))
    .order_by(suspension.c.starts_at, suspension.c.id)
)


def children(tx: Transaction, parent_id: int) -> list[Data]:
    """The children, the eldest first; named in short where the cabinet names them so. Raises VaultError."""
    asked = {row.id: row.register_asked_at for row in tx.conn.execute(_REGISTER, {"parent": parent_id})}
    return [
        {
            "iin": each.iin.digits,
            "surname": (each.surname[:1] if each.named_in_short else each.surname) or None,
            "name": each.name or None,
            "patronymic": (None if each.named_in_short else each.patronymic) or None,
            "named_in_short": each.named_in_short,
            "birth_date": each.birth_date,
            "sex": each.sex.value,
            "confirmed_by_register_at": None if each.by_staff else each.verified_at,
            "document_seen_at": each.verified_at if each.by_staff else None,
            "register_asked_at": asked[each.id],
            "joined_how": each.how,
            "joined_at": each.since,
            "other_parents": each.others,
        }
        for each in of_parent(tx, parent_id)
    ]


def joinings(tx: Transaction, parent_id: int) -> list[Data]:
    """Who asked to care for a child: the parent, or for a child of the parent's somebody else.

    The child's IIN only where the parent cares for it. Raises VaultError.
    """
    iins = _iins(tx, parent_id)
    return [
        {
            "child": iins.get(row["child_id"]),
            "asked_by": "you" if row["parent_id"] == parent_id else "somebody_else",
            "state": row["state"],
            "asked_at": row["asked_at"],
            "ends_at": row["ends_at"],
            "decided_by": _who(row["decided_by"], parent_id),
            "decided_at": row["decided_at"],
        }
        for row in tx.conn.execute(_JOININGS, {"parent": parent_id}).mappings()
    ]


def suspensions(tx: Transaction, parent_id: int) -> list[Data]:
    """When which child was on the stop-list. Raises VaultError."""
    iins = _iins(tx, parent_id)
    return [
        {
            "child": iins[row["child_id"]],
            "territory": row["territory"],
            "queue_kind": row["kind"],
            "starts_at": row["starts_at"],
            "ends_at": row["ends_at"],
        }
        for row in tx.conn.execute(_SUSPENSIONS, {"parent": parent_id}).mappings()
    ]


def _iins(tx: Transaction, parent_id: int) -> dict[int, str]:
    return {each.id: each.iin.digits for each in of_parent(tx, parent_id)}


def _who(decided_by: int | None, parent_id: int) -> str | None:
    if decided_by is None:
        return None
    return "you" if decided_by == parent_id else "the_other_parent"
