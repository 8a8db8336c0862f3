"""Kindergartens of the town, as if a file had been loaded, and children who go there."""

from dataclasses import dataclass
from typing import Any

from bot.flows.kindergartens.labels import own_name
from domain.application import Happening
from storage import applications, reviews
from storage.application_changes import set_status
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import Family
from tests.conversation.world import TOWN
from tests.integration.gardens import add_garden, add_group, add_seats, is_taken
from tests.integration.rows import add_claim

HOURS = "08:00–18:30"
STAFF = 77
# name, latitude, longitude, ownership, free seats
GARDENS = (
    ('"Әлия" бөбекжай-балабақшасы', 43.2935, 68.2702, "state", 0),
    ('"Амина" балабақшасы', 43.3012, 68.2611, "private", 3),
    ('"Ақжелек" балабақшасы', 43.3101, 68.2519, "state", 1),
    ('"Балапан" бөбекжай-балабақшасы', 43.299, 68.236, "state", 0),
    ('"Балапанай" балабақшасы', 43.28, 68.22, "private", 0),
    ('"Керемет" бастауыш мектеп-балабақша кешені', 43.2889, 68.2588, "private", 2),
    ("№ 12 бөбекжай", None, None, "state", 0),
)
AMINA = GARDENS[1][0]


@dataclass
class Gardens:
    """The ids of those above, by name; the ids of the seats, by the own part of it."""

    ids: dict[str, int]
    seats: dict[str, list[int]]

    def of(self, name: str) -> int:
        """The id of the one whose name has this in it."""
        [found] = [garden_id for each, garden_id in self.ids.items() if name in each]
        return found


async def opens_gardens(house: House, gardens: Any = GARDENS, territory: str = TOWN) -> Gardens:
    """They are loaded, each with a group of 25, and seats are published."""
    found: Gardens = await house.write(lambda tx: _fill(tx, house, gardens, territory))
    return found


def _fill(tx: Transaction, house: House, gardens: Any, territory: str) -> Gardens:
    where = house.world.territories[territory]
    ids, seats = {}, {}
    for number, (name, latitude, longitude, ownership, free) in enumerate(gardens, start=1):
        told = {
            "address": f"Тәуке хан даңғылы, {number}",
            "phone": f"+7 725 335 51 {number:02}",
            "hours": HOURS,
        }
        point = {"latitude": latitude, "longitude": longitude, "ownership": ownership}
        ids[name] = add_garden(tx, where, name, code=f"{territory}-{number}", **told, **point)
        group = add_group(tx, ids[name], "Күншуақ", birth_years=[2023])
        seats[own_name(name)] = add_seats(tx, where, group, free, hours=-number, birth_years=[2023])
    return Gardens(ids, seats)


async def goes_there(house: House, family: Family, garden_id: int) -> None:
    """The family's child has a contract with the kindergarten."""

    def work(tx: Transaction) -> None:
        found = applications.find_by_number(tx, family.child.number)
        assert found is not None
        set_status(tx, found, Happening.REFERRED)
        again = applications.find_by_number(tx, family.child.number)
        assert again is not None
        set_status(tx, again, Happening.ENROLLED)
        group = add_group(tx, garden_id, "Балбөбек", birth_years=[2024], capacity=20)
        [seat_id] = add_seats(tx, found.territory_id, group, 1, hours=-100)
        ended = {"state": "enrolled", "taken_at": tx.now, "held_until": tx.now, "ended_at": tx.now}
        is_taken(tx, seat_id, add_claim(tx, seat_id, found.id, found.child_id, **ended))

    await house.write(work)


async def is_looked_at(house: House, *, show: bool = True) -> None:
    """Staff decides about every review that waits."""

    def work(tx: Transaction) -> None:
        for each in reviews.waiting(tx, house.world.territories.values(), 99):
            reviews.decide(tx, each.review.id, each.review.written_at, show=show, staff_id=STAFF)

    await house.write(work)
