"""The children a parent cares for, opened for that parent."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import RowMapping, bindparam, func, select

from domain.iin import Iin, Sex
from storage.prepared import Prepared
from storage.tables import child, guardian
from storage.tables.people import STAFF
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Child:
    """One child as its parent sees it; names are empty while they are not known.

    `how` is what made the asker its parent here (`applied`, `register`, `agreed`, …), `others` how many
    other parents it has here. `verified_at`: the state register said the names then, or staff saw the
    document (`by_staff`).
    """

    id: int
    iin: Iin
    surname: str = field(repr=False)
    name: str = field(repr=False)
    patronymic: str = field(repr=False)
    birth_date: date = field(repr=False)
    sex: Sex
    verified_at: datetime | None
    how: str
    since: datetime
    others: int
    by_staff: bool = False

    @property
    def named_in_short(self) -> bool:
        """The register has said the name, but has named nobody who asks as the parent.

        Whoever applies first for an IIN is not told by that whose it is (ours). Names that a parent has
        typed are no secret to the parents.
        """
        return self.how == _WORD_OF_MOUTH and self.verified_at is not None and not self.by_staff


_WORD_OF_MOUTH = "applied"
_other = guardian.alias("other")
_OTHERS = (
    select(func.count())
    .select_from(_other)
    .where(_other.c.child_id == child.c.id, _other.c.parent_id != guardian.c.parent_id)
    .scalar_subquery()
)
_OF_PARENT = (
    select(child, guardian.c.how, guardian.c.since, _OTHERS.label("others"))
    .join_from(guardian, child, child.c.id == guardian.c.child_id)
    .where(guardian.c.parent_id == bindparam("parent"))
)
_ONE = _OF_PARENT.where(child.c.id == bindparam("child"))
_BORN = Prepared(
    select(child.c.id, child.c.birth_date)
    .join_from(guardian, child, child.c.id == guardian.c.child_id)
    .where(guardian.c.parent_id == bindparam("parent"))
)


def of_parent(tx: Transaction, parent_id: int) -> list[Child]:
    """The children of a parent, the eldest first. Raises VaultError."""
    rows = tx.conn.execute(_OF_PARENT, {"parent": parent_id}).mappings()
    return sorted((_opened(tx, row) for row in rows), key=lambda each: (each.birth_date, each.id))


def birth_dates(tx: Transaction, parent_id: int) -> dict[int, date]:
    """When the children of a parent were born, the eldest first; no name is opened. Raises VaultError."""
    rows = _BORN.all(tx, {"parent": parent_id})
    born = {
        row.id: date.fromisoformat(tx.vault.open("child", row.id, "birth_date", row.birth_date))
        for row in rows
    }
    return dict(sorted(born.items(), key=lambda each: (each[1], each[0])))


def find(tx: Transaction, parent_id: int, child_id: int) -> Child | None:
    """One child, if this is a parent of it. Raises VaultError."""
    row = tx.conn.execute(_ONE, {"parent": parent_id, "child": child_id}).mappings().first()
    return None if row is None else _opened(tx, row)


def _opened(tx: Transaction, row: RowMapping) -> Child:
    def opened(name: str) -> str:
        return "" if row[name] is None else tx.vault.open("child", row["id"], name, row[name])

    return Child(
        id=row["id"],
        iin=Iin(opened("iin")),
        surname=opened("surname"),
        name=opened("name"),
        patronymic=opened("patronymic"),
        birth_date=date.fromisoformat(opened("birth_date")),
        sex=Sex(row["sex"]),
        verified_at=row["verified_at"],
        how=row["how"],
        since=row["since"],
        others=row["others"],
        by_staff=row["verified_by"] == STAFF,
    )
