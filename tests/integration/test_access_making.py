"""The access of a list: as the domain says, made once, in parts, whoever makes it and whatever happens."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy import select

from domain.admission import Candidate, admitted, queues_concerned
from domain.application import Happening, PauseCause, QueueClass, QueueKind, Status
from domain.errors import OnlyForTheFirst, OpeningNow
from domain.policy import Policy
from domain.policy_terms import DayUnit, PriorityPeriod
from domain.queue_order import QueueKey, merged
from domain.taking import Offer, Wish
from storage import applications
from storage.application_changes import pause, set_status
from storage.database import Database
from storage.seats import access_making, access_plans, holding, queue_walk
from storage.seats.access_making import Making, make
from storage.seats.reporting import recall
from storage.tables import access, access_plan, bulletin, seat, seat_list
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.seat_town import BY, Town

OPENS = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ENDS = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
EARLIER = START - timedelta(days=100)


@pytest.fixture
async def town(database: Database) -> Town:
    return await database.write(Town.found)


async def the_list(database: Database) -> int:
    return await database.read(lambda tx: tx.conn.execute(select(seat_list.c.id)).scalar_one())


async def who(database: Database) -> list[tuple[int, datetime]]:
    """Who has access, and until when."""
    found = select(access.c.application_id, access.c.ends_at)
    return await database.read(lambda tx: sorted(map(tuple, tx.conn.execute(found))))


async def the_row(database: Database) -> tuple[datetime | None, datetime, str | None]:
    """When the access of the list was made, when its priority ends, and why it was late."""
    found = select(seat_list.c.access_made_at, seat_list.c.priority_ends_at, seat_list.c.late_reason)
    return await database.read(lambda tx: tuple(tx.conn.execute(found).one()))


async def make_all(database: Database, list_id: int) -> int:
    """Make it to the end; in how many transactions."""
    for number in range(1, 99):
        if await database.write(lambda tx: make(tx, list_id)) is Making.MADE:
            return number
    raise AssertionError


def applying(town: Town, many: int, tx: Transaction) -> list[int]:
    return [
        town.applies(tx, submitted_at=EARLIER + n * timedelta(minutes=1)).application_id for n in range(many)
    ]


async def test_the_first_of_the_queue_get_as_many_accesses_as_there_are_seats(
    database: Database, town: Town, clock: SetClock
) -> None:
    first = await database.write(lambda tx: applying(town, 5, tx))
    await database.write(lambda tx: town.reports(tx, 3))
    clock.at = OPENS

    assert await make_all(database, await the_list(database)) == 1
    assert await who(database) == sorted((each, ENDS) for each in first[:3])
    assert await the_row(database) == (OPENS, ENDS, None)


async def test_nobody_has_access_a_second_before_the_list_opens(
    database: Database, town: Town, clock: SetClock
) -> None:
    await database.write(lambda tx: town.reports(tx, 3))
    list_id = await the_list(database)
    clock.at = OPENS - timedelta(seconds=1)

    with pytest.raises(ValueError, match="has no access yet"):
        await database.write(lambda tx: make(tx, list_id))


@pytest.mark.parametrize(
    ("late", "ends_at", "why"),
    [
        (timedelta(hours=1), ENDS, None),
        (timedelta(hours=1, seconds=1), ENDS + timedelta(hours=1, seconds=1), "nobody_came"),
        (timedelta(days=3), ENDS + timedelta(days=5), "nobody_came"),
    ],
)
async def test_made_over_an_hour_late_the_priority_counts_from_then(
    database: Database, town: Town, clock: SetClock, late: timedelta, ends_at: datetime, why: str | None
) -> None:
    first = await database.write(lambda tx: applying(town, 2, tx))
    await database.write(lambda tx: town.reports(tx, 1))
    clock.at = OPENS + late

    await make_all(database, await the_list(database))

    assert await who(database) == [(first[0], ends_at)]
    assert await the_row(database) == (OPENS + late, ends_at, why)


async def test_its_length_is_that_of_the_policy_at_the_report(
    database: Database, town: Town, clock: SetClock
) -> None:
    await database.write(lambda tx: town.reports(tx, 1))
    a_day = replace(Policy(), priority=PriorityPeriod(days=1, unit=DayUnit.CALENDAR_DAYS))
    await database.write(lambda tx: town.decide(tx, a_day, datetime(2026, 11, 20, 19, tzinfo=UTC)))
    clock.at = OPENS + timedelta(hours=3)

    await make_all(database, await the_list(database))

    assert (await the_row(database))[1] == ENDS + timedelta(hours=3)


async def test_a_long_list_is_made_in_parts_and_none_of_it_counts_before_the_last(
    database: Database, town: Town, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_making, "MOST", 4)
    first = await database.write(lambda tx: applying(town, 12, tx))
    await database.write(lambda tx: town.reports(tx, 10))
    list_id = await the_list(database)
    clock.at = OPENS

    await database.write(lambda tx: make(tx, list_id))
    assert ((await the_row(database))[0], len(await who(database))) == (None, 4)

    clock.at = OPENS + timedelta(seconds=2)
    assert await make_all(database, list_id) == 2
    assert await who(database) == sorted((each, ENDS) for each in first[:10])
    assert await the_row(database) == (OPENS, ENDS, None)
    assert await database.read(lambda tx: tx.conn.execute(select(access_plan)).all()) == []


async def test_a_crash_in_the_middle_loses_nothing_and_doubles_nothing(
    database: Database, town: Town, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_making, "MOST", 4)
    first = await database.write(lambda tx: applying(town, 12, tx))
    await database.write(lambda tx: town.reports(tx, 10))
    list_id = await the_list(database)
    clock.at = OPENS
    await database.write(lambda tx: make(tx, list_id))

    def break_off(tx: Transaction) -> None:
        make(tx, list_id)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await database.write(break_off)

    # Who leaves meanwhile leaves an access that nobody uses: it was thought out at one instant.
    await database.write(lambda tx: withdraw(tx, first[0]))
    await make_all(database, list_id)
    assert await who(database) == sorted((each, ENDS) for each in first[:10])


async def test_what_a_crash_left_for_over_an_hour_is_made_anew_in_full_length(
    database: Database, town: Town, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_making, "MOST", 4)
    first = await database.write(lambda tx: applying(town, 12, tx))
    await database.write(lambda tx: town.reports(tx, 10))
    list_id = await the_list(database)
    clock.at = OPENS
    for _ in range(2):
        await database.write(lambda tx: make(tx, list_id))
    await database.write(lambda tx: withdraw(tx, first[0]))
    clock.at = OPENS + timedelta(hours=2)

    await make_all(database, list_id)

    later = ENDS + timedelta(hours=2)
    assert await who(database) == sorted((each, later) for each in first[1:11])
    assert await the_row(database) == (clock.at, later, "broken_off")


@pytest.mark.parametrize("most", [3, 200])
async def test_two_who_make_it_at_once_make_it_once(
    database: Database, town: Town, clock: SetClock, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(access_making, "MOST", most)
    first = await database.write(lambda tx: applying(town, 12, tx))
    await database.write(lambda tx: town.reports(tx, 10))
    list_id = await the_list(database)
    clock.at = OPENS

    await asyncio.gather(*(make_all(database, list_id) for _ in range(4)))

    assert await who(database) == sorted((each, ENDS) for each in first[:10])


async def test_a_walk_too_long_for_a_turn_is_thought_out_apart(
    database: Database, town: Town, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_plans, "NEAR", 5)
    first = await database.write(lambda tx: applying(town, 12, tx))
    await database.write(lambda tx: town.reports(tx, 10))
    list_id = await the_list(database)
    clock.at = OPENS

    far = await database.write(lambda tx: make(tx, list_id))
    thought = await database.read(lambda tx: access_plans.think_apart(tx, list_id))
    made = await database.write(lambda tx: make(tx, list_id, thought))

    assert (far, made) == (Making.FAR, Making.MADE)
    assert await who(database) == sorted((each, ENDS) for each in first[:10])


async def test_a_thought_does_not_count_when_the_list_has_changed_since(
    database: Database, town: Town, clock: SetClock
) -> None:
    first = await database.write(lambda tx: applying(town, 12, tx))
    reported = await database.write(lambda tx: town.reports(tx, 10))
    list_id = await the_list(database)
    clock.at = OPENS
    thought = await database.read(lambda tx: access_plans.think_apart(tx, list_id))
    await database.write(lambda tx: recall(tx, reported.bulletin_id, "…", by=BY, seats=7))

    await database.write(lambda tx: make(tx, list_id, thought))

    assert await who(database) == sorted((each, ENDS) for each in first[:3])


async def test_who_is_off_the_stop_list_by_then_is_counted(
    database: Database, town: Town, clock: SetClock
) -> None:
    def suspend(tx: Transaction) -> int:
        first = town.applies(tx, submitted_at=EARLIER - timedelta(days=1)).application_id
        for happening, span in ((Happening.REFERRED, None), (Happening.EXPIRED, (START, OPENS))):
            whole = applications.find(tx, first)
            assert whole is not None
            set_status(tx, whole, happening, suspended=span)
        return first

    suspended = await database.write(suspend)
    await database.write(lambda tx: applying(town, 2, tx))
    await database.write(lambda tx: town.reports(tx, 1))
    clock.at = OPENS

    await make_all(database, await the_list(database))

    assert await who(database) == [(suspended, ENDS)]


def withdraw(tx: Transaction, application_id: int) -> None:
    whole = applications.find(tx, application_id)
    assert whole is not None
    set_status(tx, whole, Happening.WITHDRAWN)


@pytest.mark.parametrize("seed", range(6))
async def test_it_is_what_the_domain_says_of_the_whole_queue(
    database: Database, town: Town, clock: SetClock, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small city at random: two kinds, three birth years, three languages, pauses and stop-lists."""
    monkeypatch.setattr(queue_walk, "AT_ONCE", 7)
    random = Random(seed)
    rows = await database.write(lambda tx: a_city(tx, town, random))
    clock.at = OPENS

    await make_all(database, await the_list(database))

    offers = await database.read(offered)
    expected = admitted(offers, in_order(rows, offers))
    assert [each for each, _ in await who(database)] == sorted(expected)


City = dict[QueueClass, list[tuple[QueueKey, Candidate]]]


def in_order(rows: City, offers: dict[Offer, int]) -> list[Candidate]:
    """Everybody in a queue for which there is a seat, in the one order of all these queues."""
    concerned = queues_concerned(offers)
    ordered = {
        queue_class: sorted(
            (met for met in some if (met[1].wish.queue_kind, *in_wish(met[1].wish)) in concerned),
            key=lambda met: met[0],
        )
        for queue_class, some in rows.items()
    }
    return [candidate for _, candidate in merged([ordered], lambda met: met[0])]


def in_wish(wish: Wish) -> tuple[int, int]:
    return wish.territory_id, wish.birth_year


def a_city(tx: Transaction, town: Town, random: Random) -> City:
    rows: City = {each: [] for each in QueueClass}
    for _ in range(60):
        queue_class = QueueClass(random.choices(range(3), (1, 2, 7))[0])
        kind = random.choices(list(QueueKind), (5, 1))[0]
        languages = random.choice([("kk",), ("ru",), ("kk", "ru")])
        year = random.choice([2023, 2024, 2025])
        at = EARLIER + timedelta(minutes=random.randrange(50))
        new = town.applies(tx, queue_class, birth_year=year, languages=languages, kind=kind, submitted_at=at)
        whole = applications.find(tx, new.application_id)
        assert whole is not None
        paused, gone = random.random() < 0.15, random.random() < 0.1
        if paused:
            pause(tx, whole, PauseCause.BY_PARENT)
        elif gone:
            set_status(tx, whole, Happening.SENT)
        wish = Wish(
            queue_kind=kind, territory_id=town.territory_id, birth_year=year, languages=frozenset(languages)
        )
        status = Status.APPLIED if gone and not paused else Status.AWAITING_PLACE
        rows[queue_class].append((QueueKey(at, whole.number), Candidate(whole.id, wish, status, paused)))
    for _ in range(6):
        years = random.choice([[2023], [2024], [2025], [2024, 2025]])
        kind = random.choices(list(QueueKind), (5, 1))[0]
        language = random.choice(["kk", "ru"])
        town.reports(tx, random.randrange(1, 8), birth_years=years, queue_kind=kind.value, language=language)
    return rows


def offered(tx: Transaction) -> dict[Offer, int]:
    """The bulletins as the domain sees them, read without what is tested here."""
    offers = {}
    for row in tx.conn.execute(select(bulletin)).all():
        seats = tx.conn.execute(select(seat.c.id).where(seat.c.bulletin_id == row.id)).all()
        offers[
            Offer(
                bulletin_id=row.id,
                queue_kind=QueueKind(row.queue_kind),
                territory_id=row.territory_id,
                birth_years=frozenset(row.birth_years),
                language=row.language,
            )
        ] = len(seats)
    return offers


async def test_without_a_clockwork_the_parents_who_press_again_open_a_long_list(
    database: Database, town: Town, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_making, "MOST", 4)
    first = await database.write(lambda tx: applying(town, 12, tx))
    reported = await database.write(lambda tx: town.reports(tx, 10))
    clock.at = OPENS

    def press(tx: Transaction) -> bool:
        """As a turn does: what was done of the opening stays."""
        try:
            return holding.take(tx, first[0], reported.bulletin_id) is not None
        except OpeningNow:
            return False

    assert [await database.write(press) for _ in range(3)] == [False, False, True]


async def test_all_who_press_at_07_00_sharp_find_the_list_opened_once(
    database: Database, town: Town, clock: SetClock
) -> None:
    first = await database.write(lambda tx: applying(town, 12, tx))
    reported = await database.write(lambda tx: town.reports(tx, 8))
    clock.at = OPENS

    def press(tx: Transaction, own: int) -> str:
        try:
            holding.take(tx, own, reported.bulletin_id)
        except OnlyForTheFirst:
            return "not yet"
        return "held"

    said = await asyncio.gather(*(database.write(partial(press, own=each)) for each in first))

    assert said == ["held"] * 8 + ["not yet"] * 4
