"""Who cares for a child: at most two parents, either of whom may act."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage import people
from storage.dialects import inserts
from storage.tables import guardian
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Guardian:
    """A parent of a child: how they were joined (`applied`, `register`, `agreed`, …), since when."""

    parent_id: int
    child_id: int
    how: str
    since: datetime


_COLUMNS = select(guardian.c.parent_id, guardian.c.child_id, guardian.c.how, guardian.c.since)
_OF_CHILDREN = _COLUMNS.where(guardian.c.child_id.in_(bindparam("children", expanding=True))).order_by(
    guardian.c.since, guardian.c.parent_id
)
_OF_PARENT = _COLUMNS.where(guardian.c.parent_id == bindparam("parent_id")).order_by(
    guardian.c.since, guardian.c.child_id
)
_JOIN = {dialect: insert.on_conflict_do_nothing() for dialect, insert in inserts(guardian).items()}
_NAMED = (
    update(guardian)
    .where(
        guardian.c.child_id == bindparam("child"),
        guardian.c.parent_id.in_(bindparam("parents", expanding=True)),
        guardian.c.how == "applied",
    )
    .values(how="register")
)


def join(tx: Transaction, parent_id: int, child_id: int, how: str, at: datetime) -> bool:
    """Make the parent a guardian of the child; False if that was so already.

    Whether a second one may be joined is the domain's to decide (`join_second_parent`).
    """
    row = {"parent_id": parent_id, "child_id": child_id, "how": how, "since": at}
    return tx.conn.execute(_JOIN[tx.dialect], row).rowcount == 1


def named_by_register(tx: Transaction, child_id: int, parent_ids: list[int]) -> None:
    """The register names these parents, who applied while that was not known."""
    tx.conn.execute(_NAMED, {"child": child_id, "parents": parent_ids})


def lock(tx: Transaction, child_id: int) -> list[Guardian]:
    """The parents of a child, to whom nobody else can be joined until this transaction ends.

    Whoever wants to join somebody looks here first: two at once would each find room for one more.
    """
    people.lock_child(tx, child_id)
    return guardians_of(tx, child_id)


def guardians_of(tx: Transaction, child_id: int) -> list[Guardian]:
    """The parents of a child, the first to be joined first."""
    return guardians_of_each(tx, [child_id])[child_id]


def guardians_of_each(tx: Transaction, child_ids: Collection[int]) -> dict[int, list[Guardian]]:
    """The same for each of several children, in one statement."""
    found: dict[int, list[Guardian]] = {each: [] for each in child_ids}
    for row in tx.conn.execute(_OF_CHILDREN, {"children": list(found)}):
        found[row.child_id].append(Guardian(*row))
    return found


def children_of(tx: Transaction, parent_id: int) -> list[Guardian]:
    """The children of a parent, the first to be joined first."""
    return [Guardian(*row) for row in tx.conn.execute(_OF_PARENT, {"parent_id": parent_id})]
