"""What open data are read from the database: published, compared with now, page by page, nobody named."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from domain.referral import ReferralEnd
from domain.seat_list import BulletinState
from storage.database import Database
from storage.open_data import places, queues, referrals, seats
from storage.open_data.months import figures
from storage.open_data.named import named
from storage.open_data.wanted import Wanted
from storage.tables import seat
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.open_city import KINDERGARTEN, OpenCity
from tests.integration.rows import add_territory

ALL = Wanted(since=START - timedelta(days=200), until=START + timedelta(days=200))
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


async def released(database: Database, wanted: Wanted = ALL, limit: int = 100) -> list[seats.ReleasedSeats]:
    """All rows, page by page."""
    found: list[seats.ReleasedSeats] = []
    after = None
    while piece := await database.read(partial(seats.page, wanted=wanted, after=after, limit=limit)):
        found += piece
        after = piece[-1].mark
    return found


async def issued(
    database: Database, wanted: Wanted = ALL, limit: int = 100
) -> list[referrals.IssuedReferral]:
    """All rows, page by page."""
    found: list[referrals.IssuedReferral] = []
    after = None
    while piece := await database.read(partial(referrals.page, wanted=wanted, after=after, limit=limit)):
        found += piece
        after = piece[-1].mark
    return found


@pytest.mark.parametrize(("before", "rows"), [(SECOND, 0), (timedelta(0), 1)], ids=["17:59:59", "18:00"])
async def test_a_list_is_there_from_its_publication_on(
    database: Database, clock: SetClock, before: timedelta, rows: int
) -> None:
    publish_at = START + timedelta(hours=3)
    await database.write(lambda tx: OpenCity(tx).publish(publish_at))
    clock.at = publish_at - before

    assert len(await released(database)) == rows


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(hours=13) - SECOND, BulletinState.LOOK_ONLY),
        (timedelta(hours=13), BulletinState.FOR_THE_FIRST),
        (timedelta(days=3, hours=13) - SECOND, BulletinState.FOR_THE_FIRST),
        (timedelta(days=3, hours=13), BulletinState.OPEN_TO_EVERYONE),
    ],
)
async def test_a_bulletin_says_to_whom_it_is_open_now(
    database: Database, clock: SetClock, after: timedelta, state: BulletinState
) -> None:
    await database.write(lambda tx: OpenCity(tx).publish(START))
    clock.at = START + after

    [row] = await released(database)

    assert (row.state, row.seats, row.free, row.cause) == (state, 2, 2, None)
    assert row.seat_list.priority_ends_at == START + timedelta(days=3, hours=13)


async def test_a_seat_whose_hold_has_lapsed_is_free_and_one_that_is_held_is_not(
    database: Database, clock: SetClock
) -> None:
    def work(tx: Transaction) -> None:
        _, (first, _) = OpenCity(tx).publish(START - 5 * DAY)
        held = {"claim_id": 7, "held_until": START + timedelta(minutes=10)}
        tx.conn.execute(seat.update().where(seat.c.id == first).values(**held))

    await database.write(work)
    free = []
    for clock.at in (START, START + timedelta(minutes=10) - SECOND, START + timedelta(minutes=10)):
        free += [row.free for row in await released(database)]

    assert free == [1, 1, 2]


async def test_what_was_recalled_is_shown_as_such_and_what_came_back_with_its_cause(
    database: Database,
) -> None:
    def work(tx: Transaction) -> None:
        city = OpenCity(tx)
        city.publish(START - DAY, recalled_at=START, recall_reason="kindergarten")
        city.publish(START - 2 * DAY, cause="expired")

    await database.write(work)

    assert [(row.state, row.cause) for row in await released(database)] == [
        (BulletinState.RECALLED, None),
        (BulletinState.FOR_THE_FIRST, "expired"),
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
async def test_every_bulletin_comes_once_whatever_the_size_of_the_pages(
    database: Database, limit: int
) -> None:
    def work(tx: Transaction) -> set[int]:
        city = OpenCity(tx)
        days = (1, 1, 1, 2, 5, 5)
        return {city.publish(START - day * DAY, group_id=city.group(f"{n}"))[0] for n, day in enumerate(days)}

    ids = await database.write(work)
    rows = await released(database, limit=limit)

    assert {row.mark[1] for row in rows} == ids
    assert len(rows) == len(ids)
    assert [row.mark for row in rows] == sorted((row.mark for row in rows), reverse=True)


async def test_a_part_begins_with_its_first_instant_and_ends_before_its_last(database: Database) -> None:
    await database.write(lambda tx: OpenCity(tx).publish(START - DAY))
    since, until = START - DAY, START

    async def number(**span: Any) -> int:
        return len(await released(database, Wanted(**({"since": since, "until": until} | span))))

    assert await number() == 1
    assert await number(since=since + SECOND) == 0
    assert await number(until=since) == 0


async def test_only_the_territories_that_were_asked_for_are_there(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, int, int]:
        region = add_territory(tx, "region")
        here, there = OpenCity(tx, "here"), OpenCity(tx, "there")
        for city in (here, there):
            city.refer(START - DAY)
        return region, here.territory_id, there.territory_id

    _, here, _ = await database.write(work)
    only = Wanted(since=ALL.since, until=ALL.until, territories=(here,))

    assert {row.territory_id for row in await released(database, only)} == {here}
    assert {row.territory_id for row in await issued(database, only)} == {here}
    assert len(await issued(database)) == 2


@pytest.mark.parametrize("end", [None, *ReferralEnd])
async def test_a_referral_has_its_days_and_what_became_of_it(
    database: Database, end: ReferralEnd | None
) -> None:
    ended_at = None if end is None else START
    await database.write(lambda tx: OpenCity(tx).refer(START - DAY, end=end, ended_at=ended_at))

    [row] = await issued(database)

    assert (row.kindergarten, row.issued_on) == (KINDERGARTEN, date(2026, 11, 19))
    assert row.valid_through == date(2026, 11, 26)
    assert (row.end, row.ended_on) == (end, None if end is None else date(2026, 11, 20))


@pytest.mark.parametrize(
    ("after", "end"),
    [(-SECOND, None), (timedelta(0), ReferralEnd.EXPIRED)],
    ids=["23:59:59", "00:00"],
)
async def test_a_referral_is_expired_at_midnight_though_no_job_ran(
    database: Database, clock: SetClock, after: timedelta, end: ReferralEnd | None
) -> None:
    given = await database.write(lambda tx: OpenCity(tx).refer(START - DAY))
    clock.at = given.given.ends_at + after

    [row] = await issued(database)

    assert row.end is end


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
@pytest.mark.parametrize("here", [True, False])
async def test_every_referral_comes_once_its_day_in_an_order_that_means_nothing(
    database: Database, limit: int, here: bool
) -> None:
    hours = (0, 1, 2, 3, 30, 31, 300, 2000)

    def work(tx: Transaction) -> tuple[int, set[int]]:
        city = OpenCity(tx)
        return city.territory_id, {city.refer(START - timedelta(hours=each)).id for each in hours}

    territory_id, ids = await database.write(work)
    wanted = Wanted(since=ALL.since, until=ALL.until, territories=(territory_id,) if here else None)
    rows = await issued(database, wanted, limit)

    assert {row.mark[1] for row in rows} == ids
    assert len(rows) == len(ids)
    marks = [row.mark for row in rows]
    assert marks == sorted(marks, key=lambda mark: (-mark[0].toordinal(), mark[1]))


async def test_a_day_is_a_day_in_kazakhstan(database: Database) -> None:
    midnight = START.replace(hour=19, minute=0)  # 00:00 of the 21st

    def work(tx: Transaction) -> None:
        OpenCity(tx, "before").refer(midnight - SECOND)
        OpenCity(tx, "after").refer(midnight)

    await database.write(work)

    assert [row.issued_on for row in await issued(database)] == [date(2026, 11, 21), date(2026, 11, 20)]


async def test_where_only_a_few_wait_it_is_not_said_how_many(database: Database) -> None:
    def work(tx: Transaction) -> None:
        city = OpenCity(tx)
        for year, sizes in {2019: (0, 0, 0), 2020: (1, 0, 0), 2021: (0, 1, 3), 2022: (1, 2, 2)}.items():
            city.queue("general", year, sizes)
        city.queue("correctional", 2022, (0, 0, 1))

    await database.write(work)
    found = await database.read(queues.lengths)

    assert [(row.kind, row.birth_year, row.waiting) for row in found] == [
        ("general", 2022, 5),
        ("general", 2021, None),
        ("general", 2020, None),
        ("general", 2019, 0),
        ("correctional", 2022, None),
    ]


async def test_places_are_counted_without_what_is_closed_recalled_or_not_out_yet(
    database: Database,
) -> None:
    def work(tx: Transaction) -> None:
        city = OpenCity(tx)
        city.group("closed", closed_at=START)
        city.group("open", capacity=10)
        city.publish(START - DAY, seats=3)
        city.publish(START - 2 * DAY, seats=5, recalled_at=START)
        city.publish(START + DAY, seats=7)
        city.refer(START - DAY, seat_id=city.publish(START - 3 * DAY, seats=2)[1][0])

    await database.write(work)
    [row] = await database.read(places.places)

    assert (row.kindergartens, row.groups, row.capacity, row.free) == (3, 2, 35, 4)


async def test_a_month_tells_seats_referrals_and_the_median_wait(database: Database) -> None:
    november = Wanted(since=START - 19 * DAY - timedelta(hours=15), until=START + 11 * DAY)

    def work(tx: Transaction) -> None:
        city = OpenCity(tx)
        city.publish(START - DAY, seats=4, cause="declined")
        city.publish(START - 60 * DAY, seats=9)
        city.refer(START - DAY)
        city.refer(START - 2 * DAY, end=ReferralEnd.ENROLLED, ended_at=START)
        city.refer(START - 3 * DAY, end=ReferralEnd.ENROLLED, ended_at=START)
        city.refer(START - 15 * DAY)
        city.refer(START - 16 * DAY, end=ReferralEnd.DECLINED, ended_at=START)
        city.refer(START - 60 * DAY)

    await database.write(work)
    [found] = await database.read(lambda tx: figures(tx, november))

    # Each referral came from a seat of its own, published ten days ago.
    assert (found.seats, found.returned) == (4 + 6, 4)
    assert found.referrals == {"valid": 1, "enrolled": 2, "expired": 1, "declined": 1}
    assert found.waited == timedelta(days=97)


async def test_of_fewer_than_five_referrals_no_wait_is_told(database: Database) -> None:
    def work(tx: Transaction) -> None:
        city = OpenCity(tx)
        for n in range(4):
            city.refer(START - n * DAY)

    await database.write(work)
    [found] = await database.read(lambda tx: figures(tx, ALL))

    assert (sum(found.referrals.values()), found.waited) == (4, None)


async def test_territories_go_by_their_codes(database: Database) -> None:
    def work(tx: Transaction) -> None:
        region = add_territory(tx, "region")
        for code in ("a", "b"):
            add_territory(tx, code, region)

    await database.write(work)
    found = await database.read(named)

    assert {found.codes[each] for each in found.leaves("region")} == {"a", "b"}
    assert {found.codes[each] for each in found.leaves("a")} == {"a"}
    assert [(depth, code) for depth, code, _ in found.upper()] == [(0, "region"), (1, "a"), (1, "b")]
    with pytest.raises(KeyError):
        found.leaves("nowhere")
