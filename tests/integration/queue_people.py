"""A territory, a parent and as many made-up children as a test of queues needs."""

from sqlalchemy import insert

from domain.application import QueueKind
from storage.ids import new_id
from storage.submitting import NewApplication
from storage.tables import child, parent, territory
from storage.transaction import Transaction

BIRTH_YEAR = 2022


class People:
    """Hands out new applications, each of a child of its own."""

    def __init__(self, territory_id: int, parent_id: int) -> None:
        self.territory_id = territory_id
        self.parent_id = parent_id

    @classmethod
    def arrive(cls, tx: Transaction) -> "People":
        """Write the territory and the parent."""
        place = {"id": new_id(), "code": str(new_id()), "kind": "city"}
        names = {"name_kk": "Қала", "name_ru": "Город", "name_en": "City"}
        tx.conn.execute(insert(territory), place | names)
        whose = {"id": new_id(), "language": "kk", "notice_way": "messenger"}
        tx.conn.execute(insert(parent), whose | {"created_at": tx.now})
        return cls(place["id"], whose["id"])  # type: ignore[arg-type]

    def application(self, tx: Transaction, **given: object) -> NewApplication:
        """An application of a new child, with whatever is given."""
        return NewApplication(
            **{
                "child_id": self.child(tx),
                "parent_id": self.parent_id,
                "territory_id": self.territory_id,
                "kind": QueueKind.GENERAL,
                "birth_year": BIRTH_YEAR,
            }
            | given  # type: ignore[arg-type]
        )

    def child(self, tx: Transaction) -> int:
        """A new child."""
        child_id = new_id()
        tx.conn.execute(
            insert(child),
            {
                "id": child_id,
                "iin_index": tx.vault.blind("iin", str(child_id)),
                "iin": b"",
                "birth_date": b"",
                "birth_year": BIRTH_YEAR,
                "sex": "female",
                "created_at": tx.now,
            },
        )
        return child_id
