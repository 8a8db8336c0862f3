"""Rows that other rows need, with nothing in them that a test would look at."""

from datetime import date
from typing import Any

from sqlalchemy import Table, insert

from storage.ids import new_id
from storage.publishing import add_seats
from storage.tables import (
    application,
    bulletin,
    child,
    child_group,
    claim,
    contact,
    conversation,
    kindergarten,
    parent,
    queue,
    seat_list,
    territory,
)
from storage.transaction import Transaction
from tests.fakes.clock import START

TERMS = {"working_days": 5, "extension_days": 30, "extensions": 1, "suspension_working_days": 10}
"""What a referral is issued under."""


def add(tx: Transaction, table: Table, **values: Any) -> int:
    """One row; its id."""
    row_id: int = values.pop("id", None) or new_id()
    tx.conn.execute(insert(table).values(id=row_id, **values))
    return row_id


def add_territory(tx: Transaction, code: str = "city", parent_id: int | None = None) -> int:
    names = {f"name_{language}": f"{code} {language}" for language in ("kk", "ru", "en")}
    return add(tx, territory, code=code, kind="city", parent_id=parent_id, **names)


def add_parent(tx: Transaction, **values: Any) -> int:
    return add(tx, parent, language="kk", notice_way="messenger", created_at=START, **values)


def add_child(tx: Transaction) -> int:
    child_id = new_id()
    index = child_id.to_bytes(8, "big")
    return add(
        tx,
        child,
        id=child_id,
        iin_index=index,
        iin=b"sealed",
        birth_date=b"sealed",
        birth_year=2024,
        sex="female",
        created_at=START,
    )


def add_queue(tx: Transaction, territory_id: int, kind: str = "general") -> int:
    sizes = {f"size_{queue_class}": 0 for queue_class in range(3)}
    return add(
        tx,
        queue,
        territory_id=territory_id,
        kind=kind,
        birth_year=2024,
        phase=0,
        last_sequence=0,
        **sizes,
    )


def add_application(
    tx: Transaction,
    child_id: int,
    parent_id: int,
    queue_id: int,
    territory_id: int,
    **values: Any,
) -> int:
    row = {
        "number": new_id(),
        "kind": "general",
        "queue_class": 2,
        "submitted_at": START,
        "status": "awaiting_place",
        "unverified": False,
        "languages": ["kk"],
        "notice_way": "messenger",
        "language": "kk",
        "told_sequence": 0,
        "silent_periods": 0,
        "created_at": START,
    }
    places = {"child_id": child_id, "parent_id": parent_id, "queue_id": queue_id}
    return add(tx, application, territory_id=territory_id, **places, **(row | values))


def add_bulletin(tx: Transaction, territory_id: int) -> int:
    garden = add(
        tx,
        kindergarten,
        code=f"garden-{new_id()}",
        territory_id=territory_id,
        name="Garden",
        ownership="state",
        languages=["kk"],
    )
    group = add(
        tx,
        child_group,
        code="group",
        kindergarten_id=garden,
        name="Group",
        kind="day",
        queue_kind="general",
        language="kk",
        birth_years=[2024],
        capacity=20,
    )
    published = add(
        tx,
        seat_list,
        territory_id=territory_id,
        publish_at=START,
        opens_at=START,
        priority_ends_at=START,
    )
    return add_bulletin_of(tx, published, group, territory_id)


def add_bulletin_of(tx: Transaction, list_id: int, group_id: int, territory_id: int, **values: Any) -> int:
    row = {
        "queue_kind": "general",
        "group_kind": "day",
        "language": "kk",
        "birth_years": [2024],
        "total_seats": 2,
        "seat_kind": "vacant",
        "released_on": date(2026, 11, 20),
        "reported_at": START,
        "published_by_role": "kindergarten",
    }
    places = {"list_id": list_id, "group_id": group_id, "territory_id": territory_id}
    return add(tx, bulletin, **places, **(row | values))


def add_seat(tx: Transaction, bulletin_id: int, position: int) -> int:
    [seat_id] = add_seats(tx, bulletin_id, range(position, position + 1))
    return seat_id


def add_claim(tx: Transaction, seat_id: int, application_id: int, child_id: int, **values: Any) -> int:
    row = {"state": "held", "taken_at": START, "held_until": START}
    who = {"seat_id": seat_id, "application_id": application_id, "child_id": child_id}
    return add(tx, claim, **who, **(row | values))


def add_conversation(tx: Transaction, address: str = "1", channel: str = "telegram") -> int:
    contact_id = add(tx, contact, channel=channel, address=address, created_at=START)
    return add(tx, conversation, contact_id=contact_id, step_token=0)
