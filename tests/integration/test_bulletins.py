"""Bulletins as they are read: free seats, filters, pages that do not move, equal seats near by."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from domain.application import QueueKind
from domain.seat_list import BulletinState
from domain.taking import Wish
from storage.database import Database
from storage.ids import new_id
from storage.publishing import add_seats
from storage.seats import alike, bulletin_pages, bulletins
from storage.seats.bulletin_pages import Filters
from storage.submitting import submit
from storage.tables import access, bulletin, child_group, kindergarten, seat, seat_list
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.plans import asked_by, plans, steps
from tests.integration.queue_people import People
from tests.integration.rows import add, add_claim, add_territory

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class Town:
    """A territory with lists and kindergartens."""

    def __init__(self, tx: Transaction, territory_id: int) -> None:
        self.tx = tx
        self.territory_id = territory_id

    def list_at(self, days_ago: int, **values: Any) -> int:
        """A list published so many days ago, open to everyone a day later."""
        at = START - days_ago * DAY
        instants = {"publish_at": at, "opens_at": at, "priority_ends_at": at + DAY, "access_made_at": at}
        return add(self.tx, seat_list, territory_id=self.territory_id, **(instants | values))

    def bulletin(
        self,
        list_id: int,
        name: str = "A",
        *,
        seats: int = 1,
        years: Sequence[int] = (2024,),
        at: tuple[float, float] | None = None,
        **values: Any,
    ) -> int:
        """A bulletin of a kindergarten of its own."""
        place = {"latitude": at and at[0], "longitude": at and at[1]}
        house = add(
            self.tx, kindergarten, code=f"k-{new_id()}", territory_id=self.territory_id, name=name,
            ownership="state", languages=["kk"], **place,
        )  # fmt: skip
        what = {"queue_kind": "general", "language": "kk", "birth_years": list(years)} | values
        group = add(
            self.tx, child_group, code="g", kindergarten_id=house, name="G", kind="day", capacity=9, **what
        )
        bulletin_id = add(
            self.tx, bulletin, list_id=list_id, group_id=group, territory_id=self.territory_id,
            group_kind="day", total_seats=seats, seat_kind="vacant", released_on=date(2026, 11, 20),
            reported_at=START - 9 * DAY, published_by_role="kindergarten", **what,
        )  # fmt: skip
        add_seats(self.tx, bulletin_id, range(seats))
        return bulletin_id

    def takes(self, bulletin_id: int, state: str, **held: Any) -> None:
        """Somebody has a seat of it in hand."""
        child = People.arrive(self.tx).application(self.tx)
        submitted = submit(self.tx, child)
        free = seat.c.bulletin_id == bulletin_id, seat.c.claim_id.is_(None)
        seat_id = self.tx.conn.execute(seat.select().where(*free)).first()
        assert seat_id is not None
        claim_id = add_claim(
            self.tx, seat_id.id, submitted.application_id, child.child_id, state=state, **held
        )
        until = {"held_until": held.get("held_until")} if state == "held" else {}
        self.tx.conn.execute(seat.update().where(seat.c.id == seat_id.id).values(claim_id=claim_id, **until))

    def copies(self, bulletin_id: int, count: int) -> None:
        """So many more like it; of them, and of itself, no seat is left: taken, or the last one recalled."""
        its = select(bulletin).where(bulletin.c.id == bulletin_id)
        row = self.tx.conn.execute(its).one()._asdict()
        rows = [row | {"id": new_id()} for _ in range(count)]
        self.tx.conn.execute(insert(bulletin), rows)
        for each in rows:
            last = add_seats(self.tx, each["id"], range(2))[-1]
        theirs = seat.c.bulletin_id.in_([bulletin_id, *(each["id"] for each in rows)])
        self.tx.conn.execute(update(seat).where(theirs, seat.c.id != last).values(claim_id=seat.c.id))
        self.tx.conn.execute(update(seat).where(seat.c.id == last).values(recalled_at=START))


def town(tx: Transaction) -> Town:
    """One without anything."""
    return Town(tx, add_territory(tx, f"city-{new_id()}"))


def shown(tx: Transaction, there: Town, size: int = 9, **wanted: Any) -> list[int]:
    """The ids on the first page."""
    filters = Filters(territory_id=there.territory_id, **wanted)
    return [each.id for each in bulletin_pages.page(tx, filters, size).shown]


@pytest.mark.parametrize(
    ("after", "free"),
    [(timedelta(minutes=10) - SECOND, 1), (timedelta(minutes=10), 2)],
    ids=["a second before its end", "at its end"],
)
async def test_a_held_seat_is_free_again_at_the_very_instant_its_hold_ends(
    database: Database, clock: SetClock, after: timedelta, free: int
) -> None:
    def held(tx: Transaction) -> int:
        there = town(tx)
        bulletin_id = there.bulletin(there.list_at(3), seats=2)
        there.takes(bulletin_id, "held", taken_at=START, held_until=START + timedelta(minutes=10))
        return bulletin_id

    bulletin_id = await database.write(held)
    clock.advance(after)
    found = await database.write(lambda tx: bulletins.find(tx, bulletin_id))

    assert found is not None
    assert (found.free, found.total) == (free, 2)


async def test_a_bulletin_without_a_free_seat_is_not_listed_but_found_as_full(database: Database) -> None:
    def work(tx: Transaction) -> tuple[list[int], BulletinState]:
        there = town(tx)
        bulletin_id = there.bulletin(there.list_at(3))
        there.takes(bulletin_id, "referred", taken_at=START - DAY, held_until=START - DAY)
        found = bulletins.find(tx, bulletin_id)
        assert found is not None
        return shown(tx, there), found.state(tx.now)

    assert await database.write(work) == ([], BulletinState.FULL)


@pytest.mark.parametrize(("before", "seen"), [(SECOND, False), (timedelta(), True)])
async def test_nobody_sees_a_bulletin_before_it_is_published(
    database: Database, clock: SetClock, before: timedelta, seen: bool
) -> None:
    def reported(tx: Transaction) -> tuple[Town, int]:
        there = town(tx)
        return there, there.bulletin(there.list_at(-1, access_made_at=None))

    there, bulletin_id = await database.write(reported)
    clock.advance(DAY - before)

    def look(tx: Transaction) -> tuple[bool, bool, int]:
        alone = bulletins.find(tx, bulletin_id)
        return (
            alone is not None,
            shown(tx, there) == [bulletin_id],
            len(bulletin_pages.birth_years(tx, there.territory_id)),
        )

    assert await database.write(look) == (seen, seen, int(seen))


async def test_every_filter_leaves_what_it_names(database: Database) -> None:
    def work(tx: Transaction) -> dict[str, list[str]]:
        there, elsewhere = town(tx), town(tx)
        listed = there.list_at(3)
        names = {
            there.bulletin(listed, "A", years=(2023, 2024)): "both years",
            there.bulletin(listed, "B", years=(2022,), language="ru"): "Russian",
            there.bulletin(listed, "C", queue_kind="correctional"): "correctional",
            elsewhere.bulletin(elsewhere.list_at(3), "D"): "elsewhere",
        }
        russian = next(each for each, name in names.items() if name == "Russian")
        house = bulletins.find(tx, russian)
        assert house is not None
        asked: dict[str, dict[str, Any]] = {
            "all": {},
            "2023": {"birth_year": 2023},
            "ru": {"languages": frozenset({"ru"})},
            "either": {"languages": frozenset({"ru", "kk"})},
            "general": {"queue_kind": QueueKind.GENERAL},
            "house": {"kindergarten_id": house.kindergarten_id},
        }
        return {key: [names[each] for each in shown(tx, there, **wanted)] for key, wanted in asked.items()}

    assert await database.write(work) == {
        "all": ["both years", "Russian", "correctional"],
        "2023": ["both years"],
        "ru": ["Russian"],
        "either": ["both years", "Russian", "correctional"],
        "general": ["both years", "Russian"],
        "house": ["Russian"],
    }


async def test_open_to_me_is_what_is_open_to_everyone_and_what_i_have_access_to(
    database: Database, clock: SetClock
) -> None:
    def work(tx: Transaction) -> tuple[Town, int, dict[str, int]]:
        there = town(tx)
        mine = submit(tx, People.arrive(tx).application(tx)).application_id
        priority = {"priority_ends_at": START + DAY}
        first, other = there.list_at(2, **priority), there.list_at(3, **priority)
        late = there.list_at(5, access_made_at=None)
        row = {"application_id": mine, "made_at": START - DAY, "ends_at": START + DAY}
        for list_id in (first, late):  # the second is half written: of it nothing counts yet
            tx.conn.execute(access.insert().values(list_id=list_id, **row))
        assert list(bulletin_pages.access_of(tx, mine)) == [first]
        names = {"mine": first, "others": other, "not made": late, "everyone": there.list_at(4)}
        return there, mine, {name: there.bulletin(listed) for name, listed in names.items()}

    there, mine, ids = await database.write(work)

    def look(tx: Transaction) -> tuple[list[str], list[str]]:
        named = {each: name for name, each in ids.items()}
        to_me, to_all = shown(tx, there, open_to=mine), shown(tx, there, open_to_everyone=True)
        return [named[each] for each in to_me], [named[each] for each in to_all]

    assert await database.write(look) == (["mine", "everyone"], ["everyone"])
    clock.advance(DAY)
    assert await database.write(look) == (["mine", "others", "everyone"],) * 2


async def test_pages_follow_each_other_though_seats_come_and_go_between_them(database: Database) -> None:
    def first_page(tx: Transaction) -> tuple[Town, list[int], int | None]:
        there = town(tx)
        listed = there.list_at(3)
        made = [there.bulletin(listed, name) for name in "ABCDEF"]
        page = bulletin_pages.page(tx, Filters(territory_id=there.territory_id), 2)
        assert [each.id for each in page.shown] == made[:2]
        return there, made, page.next_id

    there, made, next_id = await database.write(first_page)

    def second_page(tx: Transaction) -> tuple[list[int], int | None]:
        moved = Town(tx, there.territory_id)
        # A newer list comes out, and the one that was to begin the page is taken.
        moved.bulletin(moved.list_at(2), "Z")
        moved.takes(made[2], "referred", taken_at=START, held_until=START)
        page = bulletin_pages.page(tx, Filters(territory_id=there.territory_id), 2, next_id)
        return [each.id for each in page.shown], page.next_id

    assert next_id == made[2]
    assert await database.write(second_page) == (made[3:5], made[5])


async def test_a_page_that_begins_nowhere_begins_at_the_beginning(database: Database) -> None:
    def work(tx: Transaction) -> bool:
        there = town(tx)
        made = there.bulletin(there.list_at(3))
        page = bulletin_pages.page(tx, Filters(territory_id=there.territory_id), 2, new_id())
        return [each.id for each in page.shown] == [made]

    assert await database.write(work)


async def test_neither_the_bulletins_of_years_nor_free_seats_elsewhere_are_read_for_the_few_that_are_free(
    postgres: Database,
) -> None:
    def work(tx: Transaction) -> dict[str, int]:
        there, free = _much_beside_one_free(tx)
        assert shown(tx, there) == [free]
        [asked] = asked_by(tx, lambda tx: shown(tx, there))
        read = dict.fromkeys(("bulletin", "seat"), 0)
        for step in steps(tx, *asked):
            if (name := step.get("Relation Name")) in read:
                read[name] += step["Actual Rows"] + step.get("Rows Removed by Filter", 0)
        return read

    # The one seat is found, and then counted.
    assert await postgres.write(work) == {"bulletin": 1, "seat": 2}


async def test_sqlite_goes_by_the_free_seats_of_the_place_too(sqlite: Database) -> None:
    def work(tx: Transaction) -> str:
        there, free = _much_beside_one_free(tx)
        assert shown(tx, there) == [free]
        [plan] = plans(tx, lambda tx: shown(tx, there))
        return plan

    plan = await sqlite.write(work)

    assert "INDEX ix_seat_unclaimed (territory_id=?)" in plan
    assert "INDEX ix_seat_held (territory_id=? AND held_until>?" in plan


def _much_beside_one_free(tx: Transaction) -> tuple[Town, int]:
    """A town with the bulletins of years and one seat free, among towns with many; that one bulletin."""
    there = town(tx)
    listed = there.list_at(3)
    free, full = there.bulletin(listed), there.bulletin(listed, seats=2)
    there.copies(full, 300)
    for _ in range(9):
        elsewhere = town(tx)
        listed = elsewhere.list_at(3)
        elsewhere.copies(elsewhere.bulletin(listed, seats=2), 300)
        elsewhere.bulletin(listed, seats=30)
    tx.conn.execute(text("ANALYZE"))
    return there, free


async def test_equal_seats_are_offered_by_kindergarten_and_then_by_distance(database: Database) -> None:
    def work(tx: Transaction) -> list[str]:
        there = town(tx)
        everyone, first = there.list_at(3), there.list_at(2, priority_ends_at=START + DAY)
        gone = there.bulletin(everyone, "gone", at=(43.30, 68.25))
        names = {
            there.bulletin(everyone, "unknown"): "no place on the map",
            there.bulletin(everyone, "far", at=(43.40, 68.40)): "far",
            there.bulletin(everyone, "near", at=(43.31, 68.25)): "near",
            there.bulletin(everyone, "russian", at=(43.30, 68.25), language="ru"): "another language",
            there.bulletin(everyone, "old", at=(43.30, 68.25), years=(2022,)): "another year",
            there.bulletin(first, "first", at=(43.30, 68.25)): "for the first",
        }
        at = bulletins.find(tx, gone)
        assert at is not None
        wish = Wish(
            queue_kind=QueueKind.GENERAL,
            territory_id=there.territory_id,
            birth_year=2024,
            languages=frozenset({"kk"}),
        )
        return [names[each.id] for each in alike.nearest_equal(tx, at, wish, new_id(), new_id())]

    assert await database.write(work) == ["near", "far", "no place on the map"]
