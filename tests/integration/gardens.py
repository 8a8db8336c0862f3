"""Kindergartens, their groups and seats, and parents whose children go there."""

from datetime import timedelta
from typing import Any

from storage import guardians, loading
from storage.tables import child_group, seat, seat_list
from storage.transaction import Transaction
from tests.integration import rows
from tests.integration.rows import add


def add_garden(tx: Transaction, territory_id: int, name: str, **values: Any) -> int:
    """A kindergarten as a file would have it; its id. Its code is its name."""
    row = {
        "code": name,
        "territory_id": territory_id,
        "name": name,
        "ownership": "state",
        "address": None,
        "phone": None,
        "hours": None,
        "website": None,
        "description": None,
        "languages": ["kk"],
        "latitude": None,
        "longitude": None,
    }
    loading.put_kindergartens(tx, [row | values])
    return loading.kindergarten_ids(tx)[values.get("code", name)]


def add_group(tx: Transaction, garden_id: int, name: str = "Күншуақ", **values: Any) -> int:
    """A group of it; its id."""
    row = {"code": name, "kindergarten_id": garden_id, "name": name, "kind": "day", "queue_kind": "general"}
    row |= {"language": "kk", "birth_years": [2023], "capacity": 25}
    return add(tx, child_group, **(row | values))


def add_seats(
    tx: Transaction, territory_id: int, group_id: int, number: int, *, hours: float = -1, **values: Any
) -> list[int]:
    """A bulletin of so many seats, published so many hours from now; the ids of the seats."""
    published = tx.now + timedelta(hours=hours)
    span = {"opens_at": published, "priority_ends_at": published, "access_made_at": published}
    list_id = add(tx, seat_list, territory_id=territory_id, publish_at=published, **span)
    bulletin_id = rows.add_bulletin_of(tx, list_id, group_id, territory_id, total_seats=number, **values)
    return [rows.add_seat(tx, bulletin_id, position) for position in range(1, number + 1)]


def is_taken(tx: Transaction, seat_id: int, claim_id: int, *, minutes: float | None = None) -> None:
    """A seat is in the hand of a claim; held for so many more minutes, or confirmed."""
    until = None if minutes is None else tx.now + timedelta(minutes=minutes)
    tx.conn.execute(seat.update().where(seat.c.id == seat_id).values(claim_id=claim_id, held_until=until))


class Family:
    """A parent with a child in the queue of a territory."""

    def __init__(self, tx: Transaction, territory_id: int) -> None:
        self.parent = rows.add_parent(tx)
        self.child = rows.add_child(tx)
        guardians.join(tx, self.parent, self.child, "applied", tx.now)
        queue_id = rows.add_queue(tx, territory_id, f"kind-{self.child % 10**9}")
        self.application = rows.add_application(tx, self.child, self.parent, queue_id, territory_id)

    def claims(self, tx: Transaction, seat_id: int, state: str, **values: Any) -> int:
        """The child has the seat; the id of the claim."""
        ended = {} if state in ("held", "applied", "referred") else {"ended_at": tx.now}
        claim_id = rows.add_claim(tx, seat_id, self.application, self.child, state=state, **(ended | values))
        is_taken(tx, seat_id, claim_id)
        return claim_id
