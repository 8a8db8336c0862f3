"""Kindergartens with free seats, and how people come to look at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.seat_list import SeatList
from storage.publishing import add_seats
from storage.tables import access, bulletin, child_group, kindergarten, seat_list
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import Child
from tests.conversation.world import START
from tests.integration.rows import add

YESTERDAY = SeatList(
    publish_at=datetime(2026, 11, 19, 13, tzinfo=UTC),
    opens_at=datetime(2026, 11, 20, 2, tzinfo=UTC),
    priority_ends_at=datetime(2026, 11, 25, 2, tzinfo=UTC),
    access_made_at=datetime(2026, 11, 20, 2, tzinfo=UTC),
)
"""Came out Thursday 18:00, open to the first since this morning."""
LAST_WEEK = SeatList(
    publish_at=datetime(2026, 11, 12, 13, tzinfo=UTC),
    opens_at=datetime(2026, 11, 13, 2, tzinfo=UTC),
    priority_ends_at=datetime(2026, 11, 18, 2, tzinfo=UTC),
    access_made_at=datetime(2026, 11, 13, 2, tzinfo=UTC),
)
"""Open to everyone."""
TODAY = SeatList(
    publish_at=datetime(2026, 11, 20, 13, tzinfo=UTC),
    opens_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
    priority_ends_at=datetime(2026, 11, 26, 2, tzinfo=UTC),
)
"""Comes out this Friday 18:00."""


@dataclass(frozen=True)
class Garden:
    """A kindergarten with one group, and its bulletin."""

    id: int
    group_id: int
    bulletin_id: int
    list_id: int


async def has_seats(
    house: House,
    name: str,
    seats: int = 2,
    *,
    of: SeatList = LAST_WEEK,
    group: str = "Күншуақ",
    language: str = "kk",
    birth_years: Sequence[int] = (2024,),
    queue_kind: str = "general",
    ownership: str = "state",
    at: tuple[float, float] | None = None,
    territory_id: int | None = None,
) -> Garden:
    """A kindergarten of the town has free seats on a list."""
    where = territory_id or house.world.town

    def work(tx: Transaction) -> Garden:
        garden_id = add(
            tx, kindergarten, code=f"garden-{name}", territory_id=where, name=name, ownership=ownership,
            address="Тәуке хан даңғылы, 5", languages=[language], latitude=at and at[0],
            longitude=at and at[1],
        )  # fmt: skip
        what = {"queue_kind": queue_kind, "language": language, "birth_years": list(birth_years)}
        group_id = add(
            tx, child_group, code="g", kindergarten_id=garden_id, name=group, kind="day", capacity=25, **what
        )
        list_id = _list(tx, where, of)
        bulletin_id = add(
            tx, bulletin, list_id=list_id, group_id=group_id, territory_id=where, group_kind="day",
            total_seats=seats, seat_kind="vacant", released_on=date(2026, 11, 20),
            reported_at=of.publish_at - timedelta(hours=3), published_by_role="kindergarten", **what,
        )  # fmt: skip
        add_seats(tx, bulletin_id, range(1, seats + 1))
        return Garden(garden_id, group_id, bulletin_id, list_id)

    made: Garden = await house.write(work)
    return made


def _list(tx: Transaction, territory_id: int, of: SeatList) -> int:
    there = seat_list.c.territory_id == territory_id, seat_list.c.publish_at == of.publish_at
    found = tx.conn.execute(seat_list.select().where(*there)).first()
    if found is not None:
        return int(found.id)
    return add(
        tx, seat_list, territory_id=territory_id, publish_at=of.publish_at, opens_at=of.opens_at,
        priority_ends_at=of.priority_ends_at, access_made_at=of.access_made_at,
    )  # fmt: skip


async def gets_access(house: House, child: Child, garden: Garden, until: datetime | None = None) -> None:
    """The child's application is among the first of the list."""
    row = {
        "list_id": garden.list_id,
        "application_id": house.world.application_of(child),
        "made_at": START,
        "ends_at": until or YESTERDAY.priority_ends_at,
    }
    await house.write(lambda tx: tx.conn.execute(access.insert().values(**row)))
