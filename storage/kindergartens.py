"""Kindergartens and their groups as files load them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from domain.application import QueueKind
from storage.ids import new_id
from storage.tables import child_group, kindergarten
from storage.transaction import Transaction
from storage.upsert import upsert, upserts

_PUT = upserts(kindergarten, ["code"])
_PUT_GROUP = upserts(child_group, ["kindergarten_id", "code"])
_BY_CODE = select(kindergarten.c.id).where(kindergarten.c.code == bindparam("code"))
_GROUP_BY_CODE = select(child_group.c.id).where(
    child_group.c.kindergarten_id == bindparam("kindergarten_id"),
    child_group.c.code == bindparam("code"),
)


def find_by_code(tx: Transaction, code: str) -> int | None:
    """The id of the kindergarten that files call by this code."""
    found: int | None = tx.conn.execute(_BY_CODE, {"code": code}).scalar()
    return found


def find_group_by_code(tx: Transaction, kindergarten_id: int, code: str) -> int | None:
    """The id of the group that files call by this code, within its kindergarten."""
    asked = {"kindergarten_id": kindergarten_id, "code": code}
    found: int | None = tx.conn.execute(_GROUP_BY_CODE, asked).scalar()
    return found


def put(
    tx: Transaction,
    code: str,
    territory_id: int,
    name: str,
    *,
    ownership: str,
    languages: Sequence[str],
    address: str | None = None,
    phone: str | None = None,
    hours: str | None = None,
    website: str | None = None,
    point: tuple[float, float] | None = None,
) -> int:
    """Add a kindergarten, or bring the one of this code up to date; its id."""
    latitude, longitude = point or (None, None)
    row = {
        "id": new_id(),
        "code": code,
        "territory_id": territory_id,
        "name": name,
        "ownership": ownership,
        "address": address,
        "phone": phone,
        "hours": hours,
        "website": website,
        "description": None,
        "languages": list(languages),
        "latitude": latitude,
        "longitude": longitude,
        "closed_at": None,
    }
    return upsert(tx, _PUT, row)


def put_group(
    tx: Transaction,
    kindergarten_id: int,
    code: str,
    name: str,
    *,
    kind: str,
    queue_kind: QueueKind,
    language: str,
    birth_years: Sequence[int],
    capacity: int,
) -> int:
    """Add a group, or bring the one of this code up to date; its id."""
    row = {
        "id": new_id(),
        "kindergarten_id": kindergarten_id,
        "code": code,
        "name": name,
        "kind": kind,
        "queue_kind": queue_kind.value,
        "language": language,
        "birth_years": sorted(birth_years),
        "capacity": capacity,
        "closed_at": None,
    }
    return upsert(tx, _PUT_GROUP, row)
