"""Seats that are to be published: the list they come out on, and their bulletin; who took them before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, insert, select, update

from domain.referral import Referral, ReferralEnd
from domain.seat_list import SeatList
from storage.dialects import inserts
from storage.ids import new_id
from storage.seats.referral_rows import terms_data
from storage.tables import (
    access_plan,
    bulletin,
    child_group,
    claim,
    kindergarten,
    referral,
    seat,
    seat_list,
    suspension,
)
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBulletin:
    """Seats of one group that are reported together."""

    list_id: int
    group_id: int
    seats: int
    language: str
    birth_years: Sequence[int]
    seat_kind: str
    released_on: date
    reported_at: datetime
    by_role: str = "kindergarten"
    by_staff: int | None = None
    cause: str | None = None
    """Why the seats came back, where they were given before."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A list that was found or made, and whether its access is made, or being made: then nothing joins it."""

    id: int
    is_closed: bool


_GROUP = (
    select(
        child_group.c.id,
        child_group.c.kind,
        child_group.c.queue_kind,
        kindergarten.c.territory_id,
    )
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .order_by(child_group.c.id)
)
_BY_NAMES = _GROUP.where(
    kindergarten.c.territory_id == bindparam("of_territory"),
    kindergarten.c.name == bindparam("kindergarten_name"),
    child_group.c.name == bindparam("group_name"),
)
_BY_ID = _GROUP.where(child_group.c.id == bindparam("group_id"))
_TERRITORY = (
    select(bulletin.c.territory_id)
    .join(seat, seat.c.bulletin_id == bulletin.c.id)
    .where(seat.c.id == bindparam("seat"))
)
_LIST = (
    select(
        seat_list.c.id,
        seat_list.c.access_made_at,
        exists().where(access_plan.c.list_id == seat_list.c.id).label("being_made"),
    )
    .where(
        seat_list.c.territory_id == bindparam("of_territory"),
        seat_list.c.publish_at == bindparam("published"),
    )
    # Whoever makes the access waits until the seats that are being written here are on the list.
    .with_for_update(key_share=True)
)


def find_group(tx: Transaction, territory_id: int, kindergarten_name: str, group_name: str) -> int | None:
    """The group of that name in the kindergarten of that name."""
    asked = {"of_territory": territory_id, "kindergarten_name": kindergarten_name, "group_name": group_name}
    row = tx.conn.execute(_BY_NAMES, asked).first()
    return None if row is None else row.id


def list_at(tx: Transaction, territory_id: int, planned: SeatList) -> int:
    """The list that a territory publishes at that instant, made when it is the first to be asked for."""
    return place_on(tx, territory_id, planned).id


def existing(tx: Transaction, territory_id: int, planned: SeatList) -> ListPlace | None:
    """The list of that instant where there is one, locked to the end of the transaction."""
    asked = {"of_territory": territory_id, "published": planned.publish_at}
    found = tx.conn.execute(_LIST, asked).one_or_none()
    if found is None:
        return None
    return ListPlace(found.id, found.being_made or found.access_made_at is not None)


_OF_ALL_SEATS = select(bulletin.c.id.label("bulletin_id"), bulletin.c.territory_id).where(
    bulletin.c.id == bindparam("bulletin_id")
)


def place_on(tx: Transaction, territory_id: int, planned: SeatList) -> ListPlace:
    """The same list, made where there is none, and locked to the end of the transaction."""
    row = {
        "id": new_id(),
        "territory_id": territory_id,
        "publish_at": planned.publish_at,
        "opens_at": planned.opens_at,
        "priority_ends_at": planned.priority_ends_at,
        "access_made_at": planned.access_made_at,
    }
    key = ("territory_id", "publish_at")
    tx.conn.execute(inserts(seat_list)[tx.dialect].on_conflict_do_nothing(index_elements=key), row)
    found = existing(tx, territory_id, planned)
    assert found is not None
    return found


def add_bulletin(tx: Transaction, new: NewBulletin) -> list[int]:
    """Write a bulletin with its seats; the seats' ids."""
    return add_seats(tx, write_bulletin(tx, new), range(1, new.seats + 1))


def write_bulletin(tx: Transaction, new: NewBulletin) -> int:
    """Write a bulletin without its seats; its id."""
    group = tx.conn.execute(_BY_ID, {"group_id": new.group_id}).one()
    bulletin_id = new_id()
    tx.conn.execute(insert(bulletin), _bulletin_row(bulletin_id, group, new))
    return bulletin_id


def add_seats(tx: Transaction, bulletin_id: int, positions: range) -> list[int]:
    """Write the seats of a bulletin at these positions; their ids."""
    ids = [new_id() for _ in positions]
    of_all = tx.conn.execute(_OF_ALL_SEATS, {"bulletin_id": bulletin_id}).one()._asdict()
    seats = [of_all | {"id": each, "position": at} for each, at in zip(ids, positions, strict=True)]
    tx.conn.execute(insert(seat), seats)
    return ids


def add_enrolled(
    tx: Transaction,
    seat_id: int,
    application_id: int,
    child_id: int,
    given: Referral,
    number: int,
    contract_at: datetime,
) -> None:
    """Write that a seat was taken, that the referral was used, and the contract signed."""
    claim_id = new_id()
    tx.conn.execute(
        insert(claim),
        {
            "id": claim_id,
            "seat_id": seat_id,
            "application_id": application_id,
            "child_id": child_id,
            "state": "enrolled",
            "taken_at": given.issued_at,
            "held_until": given.issued_at,
            "confirmed_at": given.issued_at,
            "ended_at": contract_at,
        },
    )
    tx.conn.execute(update(seat).where(seat.c.id == seat_id).values(claim_id=claim_id))
    tx.conn.execute(
        insert(referral),
        {
            "id": new_id(),
            "number": number,
            "claim_id": claim_id,
            "territory_id": tx.conn.execute(_TERRITORY, {"seat": seat_id}).scalar_one(),
            "issued_at": given.issued_at,
            "valid_through": given.last_day,
            "ends_at": given.ends_at,
            "terms": terms_data(given.terms),
            "state": ReferralEnd.ENROLLED.value,
            "ended_at": contract_at,
            "contract_at": contract_at,
        },
    )


def add_suspension(
    tx: Transaction, child_id: int, territory_id: int, kind: str, starts_at: datetime, ends_at: datetime
) -> None:
    """Write that a child is on the stop-list of a territory and queue kind."""
    row = {"id": new_id(), "child_id": child_id, "territory_id": territory_id, "kind": kind}
    tx.conn.execute(insert(suspension), row | {"starts_at": starts_at, "ends_at": ends_at})


def _bulletin_row(bulletin_id: int, group: Row[*tuple[Any, ...]], new: NewBulletin) -> dict[str, object]:
    return {
        "id": bulletin_id,
        "list_id": new.list_id,
        "group_id": group.id,
        "territory_id": group.territory_id,
        "queue_kind": group.queue_kind,
        "group_kind": group.kind,
        "language": new.language,
        "birth_years": list(new.birth_years),
        "total_seats": new.seats,
        "seat_kind": new.seat_kind,
        "released_on": new.released_on,
        "reported_at": new.reported_at,
        "published_by_role": new.by_role,
        "published_by": new.by_staff,
        "cause": new.cause,
    }
