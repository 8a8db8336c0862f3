"""Seats that open to everyone at an instant, who presses for them, and who has one in the end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from benchmarks.families import BIRTH_YEAR
from bot.conversation.actions import action
from domain.seat_list import SeatList
from storage.ids import new_id
from storage.publishing import NewBulletin, add_seats, list_at, write_bulletin
from storage.tables import application, child_group, claim, contact, kindergarten, seat, territory
from storage.transaction import Transaction

GROUPS, SEATS_OF_GROUP = 20, 25
SEATS = GROUPS * SEATS_OF_GROUP
_OPENED = timedelta(days=3)
_FIRST_KINDERGARTEN = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the claims say: how many live ones, and on how many seats and of how many children."""

    claims: int
    seats: int
    children: int


def build_houses(tx: Transaction) -> None:
    """A kindergarten with groups, as many as there are bulletins."""
    city = tx.conn.execute(select(territory.c.id)).scalar_one()
    house = {"id": _FIRST_KINDERGARTEN, "code": "house", "territory_id": city, "name": "Күншуақ"}
    tx.conn.execute(insert(kindergarten), house | {"ownership": "state", "languages": ["kk"]})
    rules = {"kind": "day", "queue_kind": "general", "language": "kk", "birth_years": [BIRTH_YEAR]}
    groups = [
        {"id": new_id(), "code": str(number), "name": f"№ {number}", "capacity": 999, **rules}
        | {"kindergarten_id": _FIRST_KINDERGARTEN}
        for number in range(GROUPS)
    ]
    tx.conn.execute(insert(child_group), groups)


def open_seats(tx: Transaction, to_everyone_at: datetime) -> list[str]:
    """Let everybody go who holds a seat, and publish new ones. For each chat: the button that takes one."""
    tx.conn.execute(update(seat).values(claim_id=None, recalled_at=tx.now))
    tx.conn.execute(delete(claim))
    city = tx.conn.execute(select(territory.c.id)).scalar_one()
    opened = to_everyone_at - _OPENED
    planned = SeatList(
        publish_at=opened, opens_at=opened, priority_ends_at=to_everyone_at, access_made_at=opened
    )
    list_id = list_at(tx, city, planned)
    bulletins = [
        _bulletin(tx, list_id, group_id, opened)
        for group_id in tx.conn.execute(select(child_group.c.id)).scalars().all()
    ]
    pressing = (
        select(contact.c.address, application.c.id)
        .join_from(contact, application, application.c.parent_id == contact.c.parent_id)
        .order_by(contact.c.address)
    )
    return [
        f"{chat} {action('take', bulletins[number % GROUPS], application_id)}"
        for number, (chat, application_id) in enumerate(tx.conn.execute(pressing))
    ]


def _bulletin(tx: Transaction, list_id: int, group_id: int, reported_at: datetime) -> int:
    new = NewBulletin(
        list_id=list_id,
        group_id=group_id,
        seats=SEATS_OF_GROUP,
        language="kk",
        birth_years=[BIRTH_YEAR],
        seat_kind="vacant",
        released_on=date(2026, 1, 1),
        reported_at=reported_at,
    )
    bulletin_id = write_bulletin(tx, new)
    add_seats(tx, bulletin_id, range(1, SEATS_OF_GROUP + 1))
    return bulletin_id


def outcome(tx: Transaction) -> Outcome:
    """Who has what."""
    counted = select(
        func.count(),
        func.count(claim.c.seat_id.distinct()),
        func.count(claim.c.child_id.distinct()),
    ).join_from(claim, seat, seat.c.claim_id == claim.c.id)
    return Outcome(*tx.conn.execute(counted.where(claim.c.ended_at.is_(None))).one())
